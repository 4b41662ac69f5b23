/** Training files as services take them: JSON lines of conversations. Checked before anything is uploaded. */
import { createHash } from 'node:crypto';
import { isObject } from '#base';
import { fineTuningFailures } from './errors.ts';

/** Fewest examples of a job (https://platform.openai.com/docs/guides/supervised-fine-tuning, read 2026-11). */
export const FEWEST_EXAMPLES = 10;
/** Largest file in bytes, from the same page. */
const LARGEST_FILE = 512 * 1024 * 1024;
const ROLES = new Set(['system', 'developer', 'user', 'assistant', 'tool']);
/** How many wrong lines a sentence names. */
const NAMED = 5;

export interface TrainingFile {
  readonly text: string;
  readonly exampleCount: number;
  /** SHA-256 in hex. */
  readonly digest: string;
}

/** Checks a whole file. Throws COAIA-2300 naming the lines, and COAIA-2301. */
export function readTrainingFile(text: string, options: { readonly fewest: number }): TrainingFile {
  if (Buffer.byteLength(text) > LARGEST_FILE)
    throw fineTuningFailures.create('COAIA-2301', 'The file has more than 512 MB.');
  const lines = text.split(/\r?\n/);
  const problems: string[] = [];
  let exampleCount = 0;
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') continue;
    exampleCount++;
    const problem = findProblem(line);
    if (problem !== undefined) problems.push(`line ${index + 1} ${problem}`);
  }
  if (problems.length > 0) throw toRefusal(problems);
  if (exampleCount < options.fewest)
    throw fineTuningFailures.create(
      'COAIA-2301',
      `There are ${exampleCount} examples; services take ${options.fewest} or more.`,
    );
  return { text, exampleCount, digest: createHash('sha256').update(text).digest('hex') };
}

function toRefusal(problems: readonly string[]) {
  const more = problems.length > NAMED ? `, and ${problems.length - NAMED} more` : '';
  const named = problems.slice(0, NAMED).join('; ');
  return fineTuningFailures.create(
    'COAIA-2300',
    `The training file cannot be used: ${named}${more}.`,
  );
}

function findProblem(line: string): string | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return 'is no JSON';
  }
  const messages = isObject(value) ? value['messages'] : undefined;
  if (!Array.isArray(messages) || messages.length === 0) return 'has no list "messages"';
  const wrong = messages.map(findMessageProblem).find((problem) => problem !== undefined);
  if (wrong !== undefined) return wrong;
  const roles = messages.map((message: { readonly role: string }) => message.role);
  if (!roles.includes('user')) return 'has no user message';
  return roles.at(-1) === 'assistant' ? undefined : 'does not end with the assistant';
}

function findMessageProblem(message: unknown): string | undefined {
  if (!isObject(message)) return 'has a message that is no object';
  const { role, content, tool_calls: calls } = message;
  if (typeof role !== 'string' || !ROLES.has(role))
    return `has the unknown role ${JSON.stringify(role)}`;
  if (role === 'assistant' && Array.isArray(calls) && calls.length > 0) return undefined;
  if (Array.isArray(content))
    return content.length > 0 ? undefined : `has an empty ${role} message`;
  if (typeof content !== 'string') return `has a ${role} message whose content is no text`;
  return content.trim() === '' ? `has an empty ${role} message` : undefined;
}
