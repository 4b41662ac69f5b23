/** Training files of `datasets get` and `datasets export`: options, and the writing itself. */
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { invalidRequest } from '#base';
import type { CommandContext } from '#surface';
import type { DatasetItem } from '@coaia/client';
import { datasetFailures } from '../errors.ts';
import { toCount } from '../text.ts';
import { findExampleProblems, toExamples, toSplit } from './examples.ts';
import { FORMATS, toFormat, type Format } from './formats.ts';
import type { Example } from './messages.ts';

export const trainingOptions = {
  'openai-ft': {
    type: 'boolean',
    shorthands: { oft: 'true' },
    summary: 'As JSON lines for fine-tuning at OpenAI',
    compat: true,
  },
  'gemini-ft': {
    type: 'boolean',
    shorthands: { gft: 'true' },
    summary: 'As JSON lines for fine-tuning at Gemini',
    compat: true,
  },
  'system-instruction': {
    type: 'string',
    placeholder: 'TEXT',
    summary: "System instruction of every example, in place of a chat's own",
    compat: true,
  },
  format: {
    type: 'string',
    choices: [...FORMATS],
    summary: 'Format of the training file',
  },
  'input-field': { type: 'string', placeholder: 'PATH', summary: 'Part of the input, a.b.0' },
  'output-field': {
    type: 'string',
    placeholder: 'PATH',
    summary: 'Part of the expected output, a.b.0',
  },
  dedupe: { type: 'boolean', summary: 'Leave out examples that are there already' },
  validate: { type: 'boolean', summary: 'Write nothing when an example would be refused' },
  split: {
    type: 'number',
    placeholder: 'SHARE',
    summary: 'Part that goes into OUT.train.jsonl, the rest into OUT.validation.jsonl; needs -o',
  },
  output: { type: 'string', short: 'o', placeholder: 'OUT', summary: 'File to write, not stdout' },
} as const;

export interface TrainingValues {
  readonly 'openai-ft': boolean | undefined;
  readonly 'gemini-ft': boolean | undefined;
  readonly 'system-instruction': string | undefined;
  readonly format: string | undefined;
  readonly 'input-field': string | undefined;
  readonly 'output-field': string | undefined;
  readonly dedupe: boolean | undefined;
  readonly validate: boolean | undefined;
  readonly split: number | undefined;
  readonly output: string | undefined;
}

/** The format that was asked for; `-oft` wins over `-gft` as it always did. */
export function findFormat(options: TrainingValues): Format | undefined {
  if (options['openai-ft'] === true) return 'openai';
  if (options['gemini-ft'] === true) return 'gemini';
  return FORMATS.find((format) => format === options.format);
}

/** Fails with COAIA-0002 before anything is read when the options contradict each other. */
export function checkTraining({ split, output }: TrainingValues): void {
  if (split === undefined) return;
  if (!(split > 0 && split < 1)) throw invalidRequest('--split takes a share between 0 and 1.');
  if (output === undefined)
    throw invalidRequest('--split writes two files.', undefined, '--split 0.9 -o NAME');
}

type Context = Pick<CommandContext<never>, 'out' | 'cwd'>;

/** Writes the examples; counts go to stderr. Fails with COAIA-2110 when there is nothing to write. */
export function writeTraining(
  { out, cwd }: Context,
  items: readonly DatasetItem[],
  format: Format,
  options: TrainingValues,
): void {
  const { examples, skipped } = toExamples(items, {
    system: options['system-instruction'],
    inputField: options['input-field'],
    outputField: options['output-field'],
    dedupe: options.dedupe === true,
  });
  const reasons = [...skipped].map(([reason, count]) => `${count} with ${reason}`).join(', ');
  const left = skipped.size === 0 ? '' : `; left out ${reasons}`;
  if (examples.length === 0) {
    throw datasetFailures.create(
      'COAIA-2110',
      `Nothing to export of ${toCount(items.length, 'item')}${left}.`,
    );
  }
  checkExamples(examples, options.validate === true);
  for (const { path, part } of toFiles(examples, options)) {
    const lines = part.map((example) => JSON.stringify(toFormat(example, format)));
    if (path === undefined) for (const line of lines) out.line(line);
    else writeFileSync(resolve(cwd, path), lines.map((line) => `${line}\n`).join(''));
  }
  out.notice(`Wrote ${toCount(examples.length, 'example')}${left}.`);
}

function checkExamples(examples: readonly Example[], isAsked: boolean): void {
  const problems = isAsked ? findExampleProblems(examples) : [];
  if (problems.length === 0) return;
  throw datasetFailures.create(
    'COAIA-2110',
    `${toCount(problems.length, 'example')} would be refused, so nothing was written: ${problems[0]}.`,
    { details: problems },
  );
}

function toFiles(examples: readonly Example[], { split, output }: TrainingValues) {
  if (split === undefined || output === undefined) return [{ path: output, part: examples }];
  const [train, validation] = toSplit(examples, split);
  return [
    { path: `${output}.train.jsonl`, part: train },
    { path: `${output}.validation.jsonl`, part: validation },
  ];
}
