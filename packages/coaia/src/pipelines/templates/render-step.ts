/** One step with its texts rendered. What speaks of the run is left for the run. */
import { isObject } from '#base';
import { toMilliseconds } from './duration.ts';
import { templateFailures } from './errors.ts';
import { speaksOf } from './names-in.ts';
import { renderAny, renderText } from './render-texts.ts';
import type { Renderer } from './render-texts.ts';
import type { RenderedStep } from './rendered.ts';
import { LEVELS } from './template.ts';
import type { Duration, Level, TemplateStep, Values } from './template.ts';

/** The texts of a step as they are stored. */
export type StepTexts = Pick<
  RenderedStep,
  'name' | 'description' | 'input' | 'output' | 'metadata' | 'model' | 'modelParameters' | 'usage'
>;

export interface StepRenderer extends Renderer {
  /** Names that only a run knows; texts that speak of them are left out. None in a run. */
  readonly later: ReadonlySet<string>;
  /** Example outputs are taken over. */
  readonly isSample?: boolean;
}

/** Renders what is stored of a step. Throws COAIA-5005 naming the step and the field. */
export function renderTexts(step: TemplateStep, renderer: StepRenderer): StepTexts {
  const where = `step "${step.name}"`;
  const field = (name: string, value: unknown): unknown =>
    value === undefined
      ? undefined
      : renderAny(withoutLater(value, renderer.later), renderer, `${where}, ${name}`);
  const { input, output, ...others } = step.variables ?? {};
  const { sample_output: sample, ...metadata } = step.metadata ?? {};
  const description = field('description', step.description);
  const shownOutput = field('output', renderer.isSample === true ? (output ?? sample) : output);
  return {
    name: speaksOf(step.name, renderer.later)
      ? step.name
      : renderText(step.name, renderer, `${where}, name`),
    ...(description === undefined || description === ''
      ? {}
      : { description: toText(description) }),
    ...toField('input', field('input', input)),
    ...toField('output', shownOutput),
    metadata: {
      ...(field('variables', others) as Values),
      ...(field('metadata', metadata) as Values),
    },
    ...toField('model', field('model', step.model)),
    ...toField('modelParameters', field('model_parameters', step.model_parameters)),
    ...toField('usage', toNumbers(field('usage', step.usage), where)),
  } as StepTexts;
}

/** What does not depend on others: type, level, times, retry. */
export function renderRules(step: TemplateStep, renderer: Renderer) {
  const where = `step "${step.name}"`;
  const { retry } = step;
  const time = (name: string, duration: Duration | undefined): number | undefined =>
    toTime(duration, renderer, `${where}, ${name}`);
  return {
    type: step.observation_type,
    ...toField('level', toLevel(step.level, renderer, `${where}, level`)),
    ...toField('startOffsetMs', time('start_offset', step.start_offset)),
    ...toField('durationMs', time('duration', step.duration)),
    ...toField('timeoutMs', time('timeout', step.timeout)),
    ...(retry === undefined
      ? {}
      : {
          retry: {
            attempts: retry.attempts,
            ...toField('backoffMs', time('retry.backoff', retry.backoff)),
            ...toField('maxMs', time('retry.max', retry.max)),
          },
        }),
    ...toField('action', step.action),
    ...toField('with', step.with),
    ...toField('exportAs', step.export_as),
  };
}

function toField<K extends string, T>(key: K, value: T | undefined): { readonly [P in K]?: T } {
  return (value === undefined ? {} : { [key]: value }) as { readonly [P in K]?: T };
}

function toText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** The value without the texts that only a run can render; an object loses just those fields. */
function withoutLater(value: unknown, later: ReadonlySet<string>): unknown {
  if (later.size === 0 || !speaksOf(value, later)) return value;
  if (!isObject(value)) return undefined;
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, item]) => [key, withoutLater(item, later)] as const)
      .filter(([, item]) => item !== undefined),
  );
}

function toNumbers(usage: unknown, where: string): Readonly<Record<string, number>> | undefined {
  if (!isObject(usage)) return undefined;
  const entries = Object.entries(usage).map(([key, value]) => {
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
    if (typeof number === 'number' && Number.isFinite(number)) return [key, number] as const;
    throw templateFailures.create('COAIA-5005', `${where}, usage.${key}: this is no number.`);
  });
  return Object.fromEntries(entries);
}

function toTime(
  duration: Duration | undefined,
  renderer: Renderer,
  where: string,
): number | undefined {
  if (duration === undefined) return undefined;
  const rendered = typeof duration === 'string' ? renderText(duration, renderer, where) : duration;
  const milliseconds = toMilliseconds(rendered);
  if (milliseconds !== undefined) return milliseconds;
  throw templateFailures.create(
    'COAIA-5005',
    `${where}: ${JSON.stringify(rendered)} is no length of time such as 30s or 5m.`,
  );
}

function toLevel(level: string | undefined, renderer: Renderer, where: string): Level | undefined {
  if (level === undefined) return undefined;
  const rendered = renderText(level, renderer, where).trim().toUpperCase();
  if (rendered === '') return undefined;
  if ((LEVELS as readonly string[]).includes(rendered)) return rendered as Level;
  throw templateFailures.create(
    'COAIA-5005',
    `${where}: ${rendered} is none of ${LEVELS.join(', ')}.`,
  );
}
