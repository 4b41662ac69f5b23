/** The fields of one observation as options, and the event made from them. */
import { systemClock, toIso } from '#base';
import type { IngestionEvent } from '#base';
import { parseTimeArgument } from '../traces/time-argument.ts';
import { readJsonOption, readObjectOption, readValue } from './json-argument.ts';
import type { ValueSource } from './json-argument.ts';
import { OBSERVATION_LEVELS } from './observation-types.ts';
import { createObservationEvent } from './observation-event.ts';

/** Shared by `add-observation` and `end`. */
export const observationOptions = {
  name: { type: 'string', short: 'n', summary: 'Name', compat: true },
  input: {
    type: 'string',
    short: 'i',
    summary: 'Input: JSON or text, @file, or - for stdin',
    compat: true,
  },
  output: {
    type: 'string',
    short: 'o',
    summary: 'Output: JSON or text, @file, or - for stdin',
    compat: true,
  },
  metadata: { type: 'string', short: 'm', placeholder: 'JSON', summary: 'Metadata', compat: true },
  'end-time': { type: 'string', placeholder: 'TIME', summary: 'End', compat: true },
  level: {
    type: 'string',
    choices: OBSERVATION_LEVELS,
    placeholder: 'LEVEL',
    summary: 'DEBUG, DEFAULT, WARNING or ERROR',
    compat: true,
  },
  model: { type: 'string', summary: 'Name of the model', compat: true },
  usage: {
    type: 'string',
    placeholder: 'JSON',
    summary: 'Tokens, for example {"input":9,"output":4}',
    compat: true,
  },
  'status-message': { type: 'string', placeholder: 'TEXT', summary: 'Why it ended so' },
  'model-parameters': {
    type: 'string',
    placeholder: 'JSON',
    summary: 'Parameters of the model call',
  },
  'usage-details': { type: 'string', placeholder: 'JSON', summary: 'Tokens by kind' },
  'cost-details': { type: 'string', placeholder: 'JSON', summary: 'USD by kind' },
  prompt: {
    type: 'string',
    placeholder: 'NAME:VERSION',
    summary: 'The prompt version that was used',
  },
  'completion-start-time': {
    type: 'string',
    placeholder: 'TIME',
    summary: 'When the first token came',
  },
  'tool-calls': {
    type: 'string',
    placeholder: 'JSON',
    summary: 'Tool calls, kept as metadata tool_calls',
  },
  version: { type: 'string', summary: 'Version of the code that ran' },
  environment: { type: 'string', summary: 'Environment, for example production' },
  tz: {
    type: 'string',
    placeholder: 'ZONE',
    summary: 'Zone of times that name none (default UTC)',
  },
} as const;

/** Values of these options, as a handler gets them. */
export type ObservationValues = {
  readonly [K in keyof typeof observationOptions]: string | undefined;
};

/** The body fields that were given; times are checked before anything else is read. */
export async function readObservationFields(
  options: ObservationValues,
  source: ValueSource,
): Promise<Record<string, unknown>> {
  const context = { now: systemClock(), zone: options.tz };
  const time = (text: string | undefined) =>
    text === undefined ? undefined : parseTimeArgument(text, context);
  return {
    endTime: time(options['end-time']),
    completionStartTime: time(options['completion-start-time']),
    name: options.name,
    input: options.input === undefined ? undefined : await readValue(options.input, source),
    output: options.output === undefined ? undefined : await readValue(options.output, source),
    metadata: await readMetadata(options, source),
    level: options.level,
    statusMessage: options['status-message'],
    model: options.model,
    modelParameters: await readObjectOption(
      '--model-parameters',
      options['model-parameters'],
      source,
    ),
    usage: await readObjectOption('--usage', options.usage, source),
    usageDetails: await readObjectOption('--usage-details', options['usage-details'], source),
    costDetails: await readObjectOption('--cost-details', options['cost-details'], source),
    version: options.version,
    environment: options.environment,
    ...toPrompt(options.prompt),
  };
}

async function readMetadata(options: ObservationValues, source: ValueSource): Promise<unknown> {
  const metadata = await readJsonOption('--metadata', options.metadata, source);
  const calls = await readJsonOption('--tool-calls', options['tool-calls'], source);
  if (calls === undefined) return metadata;
  const others = typeof metadata === 'object' && metadata !== null ? metadata : {};
  return { ...others, tool_calls: calls };
}

/** `greet:2` is version 2 of greet; names may hold colons, so only a trailing number counts. */
function toPrompt(text: string | undefined): Record<string, unknown> {
  if (text === undefined) return {};
  const [, name, version] = /^(.+):(\d+)$/s.exec(text) ?? [undefined, text, undefined];
  return { promptName: name, ...(version === undefined ? {} : { promptVersion: Number(version) }) };
}

export interface NewObservation {
  readonly id: string;
  readonly traceId: string;
  readonly type: string;
  readonly startTime: string | undefined;
  readonly parentObservationId: string | undefined;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** The event that creates it; it starts now unless it says otherwise. */
export function toCreateEvent(observation: NewObservation): IngestionEvent {
  const { fields, startTime, ...rest } = observation;
  const now = systemClock();
  const level = fields['level'] ?? 'DEFAULT';
  return createObservationEvent(
    { ...rest, startTime: startTime ?? toIso(now), ...fields, level },
    now,
  );
}
