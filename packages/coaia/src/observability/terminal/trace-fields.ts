/** The fields of a trace as options, shared by `create` and `update`. */
import { readJsonOption, readValue } from './json-argument.ts';
import type { ValueSource } from './json-argument.ts';

const valueOptions = {
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
} as const;

/** Everything but input and output. */
export const traceLabelOptions = {
  session: {
    type: 'string',
    short: 's',
    aliases: ['session-id'],
    summary: 'Session id',
    compat: true,
  },
  user: { type: 'string', short: 'u', aliases: ['user-id'], summary: 'User id', compat: true },
  name: { type: 'string', short: 'n', summary: 'Name', compat: true },
  metadata: { type: 'string', short: 'm', placeholder: 'JSON', summary: 'Metadata', compat: true },
  tags: { type: 'list', aliases: ['tag'], summary: 'Tags: a b or a,b' },
  release: { type: 'string', summary: 'Release of the program' },
  version: { type: 'string', summary: 'Version of the code that ran' },
  environment: { type: 'string', summary: 'Environment, for example production' },
  public: { type: 'boolean', summary: 'Readable by everybody who has its address' },
} as const;

export const traceFieldOptions = { ...traceLabelOptions, ...valueOptions } as const;

type Texts =
  | 'session'
  | 'user'
  | 'name'
  | 'input'
  | 'output'
  | 'metadata'
  | 'release'
  | 'version'
  | 'environment';

export type TraceFieldValues = { readonly [K in Texts]: string | undefined } & {
  readonly tags: readonly string[] | undefined;
  readonly public: boolean | undefined;
};

/** The body fields that were given. */
export async function readTraceFields(
  options: TraceFieldValues,
  source: ValueSource,
): Promise<Record<string, unknown>> {
  return {
    name: options.name,
    sessionId: options.session,
    userId: options.user,
    input: options.input === undefined ? undefined : await readValue(options.input, source),
    output: options.output === undefined ? undefined : await readValue(options.output, source),
    metadata: await readJsonOption('--metadata', options.metadata, source),
    tags: options.tags === undefined ? undefined : toTags(options.tags),
    release: options.release,
    version: options.version,
    environment: options.environment,
    public: options.public,
  };
}

/** `--tags a,b c` is three tags. */
export function toTags(values: readonly string[]): readonly string[] {
  return values
    .flatMap((value) => value.split(','))
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '');
}
