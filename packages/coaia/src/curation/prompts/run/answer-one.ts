/** One answer: shown as it arrives, whole, as JSON, as lines for a shell, or written into a file. */
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { EXIT, renderExports } from '#base';
import type { ExportFormat } from '#base';
import type { CommandContext } from '#surface';
import type { PlaygroundAnswer, PlaygroundRun } from '@coaia/client';
import { promptErrors } from '../errors.ts';
import type { RunPromptApi } from './ports.ts';
import { findProblem } from './run-dataset.ts';

export interface AnswerOptions {
  readonly stream: boolean | undefined;
  readonly 'no-stream': boolean | undefined;
  readonly 'no-trace': boolean | undefined;
  readonly format: string | undefined;
  readonly 'export-env': boolean | undefined;
  readonly 'export-format': string | undefined;
  readonly output: string | undefined;
}

type Context = CommandContext<RunPromptApi>;

/** Asks and prints. Throws COAIA-2013 for an answer that is of no use, and what a call of a model throws. */
export async function answerOne(
  context: Context,
  api: RunPromptApi,
  run: PlaygroundRun,
  options: AnswerOptions,
): Promise<number> {
  const { out, signal } = context;
  const follow = isStreamed(context, options) ? api.followPrompt : undefined;
  const answer =
    follow === undefined
      ? await api.runPrompt(run)
      : await follow(run, (text) => out.raw(text), signal);
  const problem = findProblem(answer) ?? findJsonProblem(options, answer);
  if (follow !== undefined) out.raw('\n');
  else print(context, options, answer, problem === null);
  if (options['no-trace'] !== true) out.notice(`Trace: ${answer.traceId}`);
  if (problem === null) return EXIT.done;
  const message = `${answer.model} gave no answer that can be used: ${problem}.`;
  throw promptErrors.create('COAIA-2013', message);
}

/** The form of lines that were asked for. */
function toExportFormat(options: AnswerOptions): ExportFormat | undefined {
  const named = options['export-format'] as ExportFormat | undefined;
  return named ?? (options['export-env'] === true ? 'sh' : undefined);
}

function isStreamed({ out, flags }: Context, options: AnswerOptions): boolean {
  const isPlain = !flags.json && options.output === undefined;
  const isWanted = options.stream ?? (out.isTerminal && options['no-stream'] !== true);
  return isPlain && isWanted && toExportFormat(options) === undefined;
}

function print(
  { out, cwd, flags }: Context,
  options: AnswerOptions,
  answer: PlaygroundAnswer,
  isUsable: boolean,
): void {
  const format = toExportFormat(options);
  out.exported(toIds(answer));
  if (flags.json) out.json(answer);
  else if (format !== undefined) out.line(renderExports(format, toIds(answer)));
  else if (isUsable && options.output === undefined) out.line(toText(answer));
  else if (isUsable && options.output !== undefined)
    writeFileSync(resolve(cwd, options.output), toText(answer));
}

function toIds({ traceId, observationId }: PlaygroundAnswer) {
  return [
    ['COAIA_TRACE_ID', traceId],
    ['COAIA_LAST_OBSERVATION_ID', observationId],
  ] as const;
}

function toText({ content, toolCalls }: PlaygroundAnswer): string {
  const calls = toolCalls.map(({ function: call }) => `${call.name} ${call.arguments}`);
  return [...(content === '' ? [] : [content]), ...calls].join('\n');
}

function findJsonProblem({ format }: AnswerOptions, { content }: PlaygroundAnswer): string | null {
  if (format !== 'json') return null;
  try {
    JSON.parse(content);
    return null;
  } catch {
    return 'it is no JSON';
  }
}
