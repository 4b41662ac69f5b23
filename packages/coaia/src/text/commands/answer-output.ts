/** How text commands show an answer: as it comes on a terminal, whole otherwise, or in a file. */
import { invalidRequest } from '#base';
import { writeFileBytes } from '#config';
import type { ChatTrace } from '#models';
import type { CommandContext } from '#surface';
import type { ChatAnswer } from '@coaia/client';
import type { TextApi } from '../api.ts';

type Context = CommandContext<TextApi>;

/** Options that all of them have. */
export const answerOptions = {
  model: { type: 'string', short: 'm', placeholder: 'MODEL', summary: 'Model to ask' },
  provider: {
    type: 'string',
    placeholder: 'NAME',
    summary: 'Connection of the project instead of the server in the settings',
  },
  temperature: { type: 'number', summary: 'From 0 to 2' },
  output: {
    type: 'string',
    short: 'O',
    placeholder: 'PATH',
    summary: 'Write the answer into a file',
    compat: true,
  },
} as const;

/** Writes parts on a terminal as they come; undefined where the answer is shown as a whole. */
export function openStream(
  { out, flags }: Context,
  output: string | undefined,
): { readonly onText: (text: string) => void; end(): void } | undefined {
  if (!out.isTerminal || flags.json || output !== undefined) return undefined;
  let last = '\n';
  return {
    onText(text) {
      out.raw(text);
      last = text.at(-1) ?? last;
    },
    end: () => {
      if (last !== '\n') out.raw('\n');
    },
  };
}

/** Shows an answer that has not been streamed. `extra` goes into the JSON. */
export async function showAnswer(
  { out, flags, cwd }: Context,
  answer: ChatAnswer,
  { output, isShown, extra }: ShowOptions,
): Promise<void> {
  if (output !== undefined) {
    await writeFileBytes(output, cwd, Buffer.from(answer.content, 'utf8'));
    out.notice(`Wrote the answer to ${output}.`);
  }
  if (flags.json) out.json({ ...extra, ...toJson(answer) });
  else if (output === undefined && !isShown) out.line(answer.content);
  if (answer.finishReason === 'length')
    out.notice('The answer reached the longest the model gives and was cut.');
  if (out.isTerminal) out.notice(`Trace: ${answer.traceId}`);
}

interface ShowOptions {
  readonly output: string | undefined;
  readonly isShown: boolean;
  readonly extra: Readonly<Record<string, unknown>>;
}

function toJson(answer: ChatAnswer) {
  const { content, model, provider, usage, finishReason, traceId, observationId } = answer;
  return { content, model, provider, usage, finishReason, traceId, observationId };
}

/** The trace that a command's calls stand in; sessions and users are those of the shell. */
export function toTrace(
  { env }: Pick<Context, 'env'>,
  name: string,
  metadata: Readonly<Record<string, unknown>>,
): ChatTrace {
  const sessionId = env['COAIA_SESSION_ID'] || undefined;
  const userId = env['COAIA_USER_ID'] || undefined;
  return {
    name,
    metadata,
    tags: ['coaia-text'],
    ...(sessionId === undefined ? {} : { sessionId }),
    ...(userId === undefined ? {} : { userId }),
  };
}

/** A number of at least 1. */
export function checkCount(name: string, value: number | undefined): number | undefined {
  if (value === undefined || (Number.isInteger(value) && value >= 1)) return value;
  throw invalidRequest(`--${name} takes a whole number from 1.`);
}
