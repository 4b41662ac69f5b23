/** Puts in what a prompt includes, down to five levels, and says what came from where. */
import type { Transaction } from '#store';
import type { PromptContent, PromptGraph, PromptReference } from '@coaia/client';
import { promptErrors } from './errors.ts';
import type { StoredPrompt } from './prompt.ts';
import { readLabelled, readVersion } from './storage.ts';
import { findInclusions, mapTexts, replaceInclusions } from './template.ts';
import type { Inclusion } from './template.ts';

const MAX_DEPTH = 5;

/** Characters that may be put in altogether: a few prompts that include each other often could grow without end. */
const MAX_ADDED = 4_000_000;

/** 400 while a version is being made, 409 when one that was made no longer fits together. */
export type ResolveCode = 'COAIA-2002' | 'COAIA-2003';

interface Walk {
  readonly db: Pick<Transaction, 'read'>;
  readonly code: ResolveCode;
  readonly dependencies: Map<string, readonly PromptReference[]>;
  /** Finished parts by id. */
  readonly done: Map<string, PromptContent>;
  added: number;
}

export interface ResolvedPrompt {
  readonly content: PromptContent;
  /** Null when nothing is included. */
  readonly graph: PromptGraph | null;
}

/** The content with everything put in. Fails with the given code when a part is missing, wrong or circular. */
export async function resolvePrompt(
  db: Pick<Transaction, 'read'>,
  row: StoredPrompt,
  code: ResolveCode,
): Promise<ResolvedPrompt> {
  const walk: Walk = { db, code, dependencies: new Map(), done: new Map(), added: 0 };
  const content = await expand(walk, row, []);
  if (walk.dependencies.size === 0) return { content, graph: null };
  const graph = { root: toReference(row), dependencies: Object.fromEntries(walk.dependencies) };
  return { content, graph };
}

async function expand(
  walk: Walk,
  row: StoredPrompt,
  above: readonly StoredPrompt[],
): Promise<PromptContent> {
  if (above.some(({ id }) => id === row.id)) {
    throw fail(walk, `${toWords(above[0] ?? row)} includes itself by way of ${toWords(row)}.`);
  }
  const finished = walk.done.get(row.id);
  if (finished !== undefined) return finished;
  const content = JSON.parse(row.prompt) as PromptContent;
  const inclusions = row.includes === 1 ? findInclusions(content) : [];
  if (inclusions.length === 0) return content;
  if (above.length >= MAX_DEPTH) {
    throw fail(walk, `${toWords(above[0] ?? row)} includes more than ${MAX_DEPTH} levels.`);
  }
  const parts = new Map<string, string>();
  const references = new Map<string, PromptReference>();
  for (const inclusion of inclusions) {
    const child = await readPart(walk, row, inclusion);
    references.set(child.id, toReference(child));
    parts.set(inclusion.tag, (await expand(walk, child, [...above, row])) as string);
  }
  walk.dependencies.set(row.id, [...references.values()]);
  const whole = mapTexts(content, (text) =>
    replaceInclusions(text, (tag) => take(walk, row, parts.get(tag))),
  );
  walk.done.set(row.id, whole);
  return whole;
}

function take(walk: Walk, row: StoredPrompt, part: string | undefined): string | undefined {
  walk.added += part?.length ?? 0;
  if (walk.added <= MAX_ADDED) return part;
  throw fail(walk, `${toWords(row)} grows beyond ${MAX_ADDED} characters by what it includes.`);
}

async function readPart(
  walk: Walk,
  row: StoredPrompt,
  { name, version, label = '' }: Inclusion,
): Promise<StoredPrompt> {
  const part =
    version === undefined
      ? await readLabelled(walk.db, row.project_id, name, label)
      : await readVersion(walk.db, row.project_id, name, version);
  const which = version === undefined ? `label ${label}` : `version ${version}`;
  if (part === undefined) {
    throw fail(
      walk,
      `${toWords(row)} includes the prompt ${name} with ${which}, which is missing.`,
    );
  }
  if (part.type === 'text') return part;
  throw fail(
    walk,
    `${toWords(row)} includes ${toWords(part)}, but only text prompts can be included.`,
  );
}

function toReference({ name, version, id }: StoredPrompt): PromptReference {
  return { name, version, id };
}

function toWords({ name, version }: StoredPrompt): string {
  return `the prompt ${name} v${version}`;
}

function fail(walk: Walk, sentence: string) {
  return promptErrors.create(walk.code, sentence.charAt(0).toUpperCase() + sentence.slice(1));
}
