/** The value of a score on the command line, with or without a config. */
import type { ScoreConfig, ScoreInput, ScoresApi } from '@coaia/client';
import type { CommandContext } from '#surface';
import { createConfigFinder } from '../score-configs/config-finder.ts';
import { parseConfigValue, parseDecimal, parseFlagWord } from '../score-configs/parse-value.ts';
import { unknownConfig } from '../score-configs/unknown-config.ts';
import { readObjectOption } from '../terminal/json-argument.ts';
import { scoreFailures } from './errors.ts';

export const valueOptions = {
  value: { type: 'string', short: 'v', summary: 'Value (default 1)', compat: true },
  'string-value': { type: 'string', summary: 'Value as a text: a category or free text' },
  'data-type': {
    type: 'string',
    choices: ['NUMERIC', 'BOOLEAN', 'CATEGORICAL', 'TEXT', 'CORRECTION'],
    placeholder: 'TYPE',
    summary: 'Data type (default NUMERIC, with --string-value CATEGORICAL)',
  },
  config: {
    type: 'string',
    aliases: ['config-id'],
    placeholder: 'NAME|ID',
    summary: 'Score config that names and checks the score',
  },
  comment: { type: 'string', short: 'c', summary: 'Comment', compat: true },
  metadata: { type: 'string', placeholder: 'JSON', summary: 'Metadata, a JSON object' },
  environment: { type: 'string', summary: 'Environment, for example production' },
  'no-cache': { type: 'boolean', summary: 'Ask the server for the config, not the local cache' },
} as const;

type Texts = Exclude<keyof typeof valueOptions, 'no-cache'>;

export type ValueValues = { readonly [K in Texts]: string | undefined } & {
  readonly 'no-cache': boolean | undefined;
};

type Content = Pick<
  ScoreInput,
  'value' | 'dataType' | 'configId' | 'comment' | 'metadata' | 'environment'
>;

/** The score's content, and the name that its config gives it. */
export async function readScoreContent(
  context: CommandContext<ScoresApi>,
  api: ScoresApi,
  options: ValueValues,
): Promise<Content & { readonly name?: string }> {
  const metadata = await readObjectOption('--metadata', options.metadata, context);
  const rest = {
    ...(options.comment === undefined ? {} : { comment: options.comment }),
    ...(metadata === undefined ? {} : { metadata }),
    ...(options.environment === undefined ? {} : { environment: options.environment }),
  };
  if (options.config === undefined) return { ...toPlainValue(options), ...rest };
  const finder = createConfigFinder(context, api, { skipCache: options['no-cache'] === true });
  const config = await finder.find(options.config);
  if (config === undefined) throw await unknownConfig(finder, options.config);
  return { ...toConfigured(config, options['string-value'] ?? options.value ?? '1'), ...rest };
}

/** What a score by its config consists of. Throws COAIA-1081 with what is accepted. */
export function toConfigured(config: ScoreConfig, text: string) {
  if (config.isArchived) {
    throw scoreFailures.create(
      'COAIA-1081',
      `The score config "${config.name}" is archived; restore it before new scores use it.`,
      { hint: `coaia fuse score-configs restore ${JSON.stringify(config.name)}` },
    );
  }
  return {
    name: config.name,
    dataType: config.dataType,
    configId: config.id,
    value: parseConfigValue(config, text),
  };
}

function toPlainValue(options: ValueValues): Pick<ScoreInput, 'value' | 'dataType'> {
  const type = options['data-type'] as ScoreInput['dataType'];
  const text = options['string-value'] ?? options.value ?? '1';
  if (type === 'BOOLEAN')
    return { dataType: type, value: toNumber(parseFlagWord(text), text, 'true or false') };
  const isText =
    options['string-value'] !== undefined || (type !== undefined && type !== 'NUMERIC');
  if (isText && type !== 'NUMERIC') return { dataType: type ?? 'CATEGORICAL', value: text };
  const value = toNumber(parseDecimal(text), text, 'a number');
  return type === undefined ? { value } : { dataType: type, value };
}

function toNumber(value: number | undefined, text: string, expected: string): number {
  if (value !== undefined) return value;
  throw scoreFailures.create('COAIA-1086', `--value takes ${expected}, not "${text}".`, {
    hint: `--string-value ${JSON.stringify(text)} for a category or a text`,
  });
}
