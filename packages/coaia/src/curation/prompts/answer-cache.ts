/**
 * Answers of recent reads, kept until anybody, also another process, commits anything. Programs ask for the same
 * few prompts all the time; while nothing is written they cost no read of rows.
 */
import type { Database } from '#store';
import type { Prompt } from '@coaia/client';

export interface TaggedPrompt {
  readonly prompt: Prompt;
  readonly tag: string;
}

interface Kept {
  token: string;
  readonly answers: Map<string, TaggedPrompt>;
}

const MAX_ANSWERS = 200;

/** Larger ones are read each time, so that the cache stays small. */
const MAX_LENGTH = 50_000;

const kept = new WeakMap<Database, Kept>();

/**
 * The answer under the key, or what `read` gives. On Postgres asking whether anything changed costs as much as
 * the read itself, so there nothing is kept. Failures are not kept.
 */
export async function readThrough(
  db: Database,
  key: string,
  read: () => Promise<TaggedPrompt>,
): Promise<TaggedPrompt> {
  if (db.dialect.name !== 'sqlite') return read();
  // Asked before reading: an answer that is newer than its token is dropped with it and never served stale.
  const token = await db.changeToken();
  const state = kept.get(db) ?? { token, answers: new Map<string, TaggedPrompt>() };
  kept.set(db, state);
  if (state.token !== token) {
    state.answers.clear();
    state.token = token;
  }
  const known = state.answers.get(key);
  if (known !== undefined) return known;
  const answer = await read();
  const isCurrent = state.token === token && state.answers.size < MAX_ANSWERS;
  if (isCurrent && isSmall(answer.prompt)) state.answers.set(key, answer);
  return answer;
}

function isSmall({ prompt, config }: Prompt): boolean {
  if (typeof prompt === 'string' && prompt.length > MAX_LENGTH) return false;
  return JSON.stringify([prompt, config]).length <= MAX_LENGTH;
}
