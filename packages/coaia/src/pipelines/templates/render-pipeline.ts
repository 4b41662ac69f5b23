/** From a template and values to one trace and its steps. Does nothing else: no file, no network. */
import { version as programVersion } from '#base';
import type { RenderOptions } from '#jinja';
import { templateFailures } from './errors.ts';
import { linkSteps } from './link-steps.ts';
import type { LinkedSource } from './link-steps.ts';
import { isExpression, listLater, listUndeclared, speaksOf, toConditionText } from './names-in.ts';
import { renderRules, renderTexts } from './render-step.ts';
import type { StepRenderer, StepTexts } from './render-step.ts';
import { isKept, renderAny, renderText } from './render-texts.ts';
import type { RenderedPipeline, RenderedStep } from './rendered.ts';
import type { FoundTemplate, Template, TemplateStep, Values } from './template.ts';
import { mask, resolveVariables, toShownValues } from './variables.ts';

export interface RenderPipelineOptions {
  /** Unknown variables and undefined names are errors. */
  readonly isStrict?: boolean;
  /** Take precedence over the variables `user_id` and `session_id`. */
  readonly userId?: string;
  readonly sessionId?: string;
  /** What `env(NAME)` reads; only COAIA_* is ever seen. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly now?: Date;
  /** In place of the random functions, for tests. */
  readonly functions?: RenderOptions['functions'];
  /** Take example outputs over. */
  readonly isSample?: boolean;
}

/** Most steps that `foreach` may make of one template. */
const MAX_STEPS = 2000;

/**
 * Renders everything that is known before a run. Throws COAIA-5003 (values) and COAIA-5005 (expressions, parents,
 * needs). Values of secret variables are masked in all that is stored; `variables` holds them.
 */
export function renderPipeline(
  found: FoundTemplate,
  given: Values,
  options: RenderPipelineOptions = {},
): RenderedPipeline {
  const { template } = found;
  const warnings = new Set<string>();
  const declared = template.variables.map(({ name }) => `\`${name}\` has no value`);
  // A declared variable may be without a value: that is what being optional means.
  const jinja = toJinja(options, (text) => {
    if (!declared.some((start) => text.startsWith(start))) warnings.add(text);
  });
  const resolved = resolveVariables(template, given, {
    isStrict: options.isStrict === true,
    jinja,
  });
  for (const warning of [...resolved.warnings, ...listUndeclared(template)]) warnings.add(warning);
  const later = listLater(template);
  const renderer: StepRenderer = {
    variables: resolved.values,
    jinja,
    later,
    isSample: options.isSample === true,
  };
  const sources = template.steps.flatMap((step) => expand(step, renderer));
  if (sources.length > MAX_STEPS) throw tooManySteps(template, sources.length);
  const { kept, left } = linkSteps(sources);
  const steps = kept.map((source) => toStep(source, renderer, later));
  if (options.isStrict === true) refuseWarnings(template, [...warnings]);
  return {
    trace: toTrace(found, resolved.values, options),
    steps: mask(steps, resolved.secrets).map((step, index) => ({
      ...step,
      ...rest(steps[index]),
    })),
    left,
    variables: resolved.values,
    secrets: resolved.secrets,
    warnings: [...warnings],
  };
}

/** What is rendered in the run keeps its text as the template has it: masking would change it. */
function rest(step: RenderedStep | undefined): Partial<RenderedStep> {
  if (step === undefined) return {};
  const { with: input, foreach, condition, later } = step;
  return Object.fromEntries(
    Object.entries({ with: input, foreach, condition, later }).filter(
      ([, value]) => value !== undefined,
    ),
  );
}

/**
 * Fills in what only the run knows: `runtime` holds `steps`, exported names, `item` and `index`. Returns the step
 * as it is stored; secrets are masked.
 */
export function renderAgain(
  step: RenderedStep,
  pipeline: Pick<RenderedPipeline, 'variables' | 'secrets'>,
  runtime: Values,
  options: RenderPipelineOptions = {},
): RenderedStep {
  if (step.later === undefined) return step;
  const texts = renderTexts(step.later, {
    variables: { ...pipeline.variables, ...runtime },
    jinja: toJinja(options, () => undefined),
    later: new Set(),
  });
  const metadata = { ...step.metadata, ...toMetadata(texts), step_name: texts.name };
  return { ...step, ...mask({ ...texts, metadata }, pipeline.secrets) };
}

function toMetadata({ metadata, description }: StepTexts): Values {
  return { ...metadata, ...(description === undefined ? {} : { description }) };
}

/** How expressions of templates are rendered, here and in a run. */
export function toJinja(
  { env, now = new Date(), functions }: RenderPipelineOptions,
  onWarning: (text: string) => void,
): RenderOptions {
  return {
    undefined: 'empty',
    now,
    onWarning,
    ...(env === undefined ? {} : { env }),
    ...(functions === undefined ? {} : { functions }),
  };
}

interface Source extends LinkedSource {
  readonly renderer: StepRenderer;
}

/** A step that is only recorded becomes one per item of `foreach`; one with an action does so in the run. */
function expand(step: TemplateStep, renderer: StepRenderer): readonly Source[] {
  const items = listItems(step, renderer);
  if (items === undefined) return [toSource(step, withoutItems(step, renderer), '')];
  return items.map((item, index) =>
    toSource(
      step,
      { ...renderer, variables: { ...renderer.variables, item, index } },
      `_${index + 1}`,
    ),
  );
}

function withoutItems(step: TemplateStep, renderer: StepRenderer): StepRenderer {
  return step.foreach === undefined
    ? renderer
    : { ...renderer, later: new Set([...renderer.later, 'item', 'index']) };
}

function listItems(step: TemplateStep, renderer: StepRenderer): readonly unknown[] | undefined {
  const { foreach } = step;
  if (foreach === undefined || step.action !== undefined) return undefined;
  if (speaksOf(foreach, renderer.later)) return undefined;
  const where = `step "${step.name}", foreach`;
  const text = typeof foreach === 'string' ? toConditionText(foreach) : foreach;
  const items = renderAny(text, renderer, where);
  if (Array.isArray(items)) return items as readonly unknown[];
  throw templateFailures.create('COAIA-5005', `${where}: this is no list.`);
}

function toSource(step: TemplateStep, renderer: StepRenderer, suffix: string): Source {
  const where = `step "${step.name}"`;
  const { conditional } = step;
  const isOpen =
    conditional !== undefined && speaksOf(toConditionText(conditional), renderer.later);
  const render = (text: string): string =>
    speaksOf(text, renderer.later) ? text : renderText(text, renderer, where);
  return {
    step,
    renderer,
    name: render(step.name),
    ...(step.id === undefined ? {} : { id: `${render(step.id)}${suffix}` }),
    ...(step.parent === undefined ? {} : { parent: render(step.parent) }),
    needs: (step.needs ?? []).map((name) => render(name)),
    isKept: conditional === undefined || isOpen || isKept(conditional, renderer, where),
    ...(isOpen ? { condition: conditional } : {}),
  };
}

function toStep(
  {
    source,
    id,
    parent,
    needs,
    onFailure,
    index,
  }: ReturnType<typeof linkSteps<Source>>['kept'][number],
  shared: StepRenderer,
  later: ReadonlySet<string>,
): RenderedStep {
  const { step, renderer, condition } = source;
  const texts = renderTexts(step, renderer);
  const { variables, metadata, name, description, model } = step;
  const isLater = speaksOf(
    { variables, metadata, name, description, model },
    renderer === shared ? later : renderer.later,
  );
  return {
    id,
    ...toObservationId(step, id, texts),
    ...texts,
    ...renderRules(step, renderer),
    metadata: {
      ...toMetadata(texts),
      step_index: index,
      step_name: texts.name,
    },
    ...(parent === undefined ? {} : { parent }),
    needs,
    ...(onFailure === undefined ? {} : { onFailure }),
    ...(condition === undefined ? {} : { condition }),
    ...(step.foreach !== undefined && !('item' in renderer.variables)
      ? { foreach: step.foreach }
      : {}),
    ...(isLater ? { later: withoutSample(step) } : {}),
  };
}

/** `id: "{{uuid4()}}"`, at the step or in its metadata, is the id of the observation as well. */
function toObservationId(
  { id: own, metadata }: TemplateStep,
  id: string,
  texts: StepTexts,
): { readonly observationId?: string } {
  if (isExpression(own)) return { observationId: id };
  const named = texts.metadata['id'];
  return isExpression(metadata?.['id']) && typeof named === 'string' && named !== ''
    ? { observationId: named }
    : {};
}

/** An example is never an output of a run. */
function withoutSample(step: TemplateStep): TemplateStep {
  if (step.metadata === undefined || !('sample_output' in step.metadata)) return step;
  const { sample_output: _sample, ...metadata } = step.metadata;
  return { ...step, metadata };
}

function toTrace(
  { template, source, digest, bases }: FoundTemplate,
  values: Values,
  { userId, sessionId }: RenderPipelineOptions,
): RenderedPipeline['trace'] {
  const user = userId ?? toId(values['user_id']);
  const session = sessionId ?? toId(values['session_id']);
  return {
    name: `Pipeline: ${template.name}`,
    ...(user === undefined ? {} : { userId: user }),
    ...(session === undefined ? {} : { sessionId: session }),
    metadata: {
      template_name: template.name,
      template_version: template.version,
      template_source: source,
      template_digest: digest,
      ...(bases.length === 0 ? {} : { template_bases: bases }),
      variables: toShownValues(template, values),
      coaia_version: programVersion,
    },
  };
}

function toId(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Under --strict whatever would be a notice is an error. */
function refuseWarnings({ name }: Template, warnings: readonly string[]): void {
  if (warnings.length === 0) return;
  throw templateFailures.create(
    'COAIA-5005',
    `The template ${name} is not clean: ${warnings.map((text) => text.replace(/\.$/, '')).join('; ')}.`,
    { hint: `coaia pipeline validate ${name}` },
  );
}

function tooManySteps({ name }: Template, count: number) {
  return templateFailures.create(
    'COAIA-5005',
    `The template ${name} makes ${count} steps; at most ${MAX_STEPS} are allowed.`,
  );
}
