/** A prompt version: its rules, and its form in the Langfuse API. */
import { toIso } from '#base';
import type { PromptRow } from '#store';
import type { Prompt, PromptContent, PromptGraph, PromptType } from '@coaia/client';
import { promptErrors } from './errors.ts';
import { findPlaceholders, findVariables } from './template.ts';

/** Sits on the newest version by itself. */
export const LATEST = 'latest';

/** What a read without version and label asks for. */
export const PRODUCTION = 'production';

/** A version as it is stored. */
export type StoredPrompt = PromptRow;

/** The answer of the API. `content` and `graph` are given when parts were put in. */
export function toPrompt(
  row: StoredPrompt,
  resolved?: { readonly content: PromptContent; readonly graph: PromptGraph | null },
): Prompt {
  const labels = JSON.parse(row.labels) as readonly string[];
  return {
    id: row.id,
    createdAt: toIso(row.created_at),
    updatedAt: toIso(row.updated_at),
    projectId: row.project_id,
    createdBy: row.created_by,
    prompt: resolved?.content ?? (JSON.parse(row.prompt) as PromptContent),
    name: row.name,
    version: row.version,
    type: row.type as PromptType,
    isActive: labels.includes(PRODUCTION),
    config: JSON.parse(row.config) as unknown,
    tags: JSON.parse(row.tags) as readonly string[],
    labels,
    commitMessage: row.commit_message,
    resolutionGraph: resolved?.graph ?? null,
  };
}

const MAX_NAME = 255;
const MAX_COMMIT_MESSAGE = 500;
const LABEL = /^[a-z0-9_.-]{1,36}$/;
const RESERVED: ReadonlySet<string> = new Set(['new', 'metrics', 'prompt-detail']);

/** Refuses names that addresses, folders and inclusion could not express. Throws COAIA-2001. */
export function checkName(name: string): void {
  const problem = findNameProblem(name);
  if (problem === undefined) return;
  throw promptErrors.create('COAIA-2001', `The prompt name ${quote(name)} ${problem}.`);
}

function findNameProblem(name: string): string | undefined {
  if (name === '') return 'is empty';
  if (name.length > MAX_NAME) return `has more than ${MAX_NAME} characters`;
  if (name.includes('|')) return 'contains "|", which separates the parts of an inclusion';
  if (name.split('/').some((part) => part === '')) return 'has an empty part beside a slash';
  if (/\p{Cc}/u.test(name)) return 'contains a control character';
  return RESERVED.has(name) ? 'is a reserved word' : undefined;
}

/** Sorted, each once. Throws COAIA-2001 for a label that is not allowed. */
export function toLabels(labels: readonly string[]): readonly string[] {
  const wrong = labels.find((label) => !LABEL.test(label));
  if (wrong !== undefined) {
    throw promptErrors.create(
      'COAIA-2001',
      `The label ${quote(wrong)} is not allowed: 1 to 36 characters of a-z, 0-9, "_", "-" and ".".`,
    );
  }
  return toSet(labels);
}

/** Sorted, each once, without empty ones. */
export function toTags(tags: readonly string[]): readonly string[] {
  return toSet(tags.filter((tag) => tag !== ''));
}

function toSet(values: readonly string[]): readonly string[] {
  return [...new Set(values)].toSorted();
}

/** Refuses what contradicts itself: type against content, names used twice. Throws COAIA-2001. */
export function checkContent(
  type: PromptType,
  content: PromptContent,
  commitMessage: string | undefined,
): void {
  if ((type === 'text') !== (typeof content === 'string')) {
    const wanted = type === 'text' ? 'a text' : 'a list of messages';
    throw promptErrors.create('COAIA-2001', `A ${type} prompt is ${wanted}.`);
  }
  if (commitMessage !== undefined && commitMessage.length > MAX_COMMIT_MESSAGE) {
    throw promptErrors.create(
      'COAIA-2001',
      `The commit message has more than ${MAX_COMMIT_MESSAGE} characters.`,
    );
  }
  const variables = new Set(findVariables(content));
  const both = findPlaceholders(content).filter((name) => variables.has(name));
  if (both.length === 0) return;
  throw promptErrors.create(
    'COAIA-2001',
    `Variables and placeholders must have different names; both: ${both.join(', ')}.`,
  );
}

function quote(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 57)}...` : text);
}
