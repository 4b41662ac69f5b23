/** Prompts as files that people and version control can read: one YAML file per name. */
import { isObject } from '#base';
import type { CreatePromptBody, Prompt, PromptContent } from '@coaia/client';
import { isPart } from './commands/read-content.ts';
import { promptErrors } from './errors.ts';

/** What a file says: the next version, and the labels it should have. */
export type PromptFile = CreatePromptBody & { readonly name: string };

const EXTENSION = '.prompt.yaml';

/** True for paths that hold a prompt. */
export function isPromptPath(path: string): boolean {
  return /\.prompt\.ya?ml$/.test(path);
}

/**
 * Where a name lies below the folder: slashes are folders. What file systems refuse is percent-encoded; a part
 * that would leave the folder (`..`) or hide (`.git`) is encoded too.
 */
export function toPromptPath(name: string): string {
  const parts = name
    .split('/')
    .map((part) =>
      encodeURIComponent(part).replaceAll('*', '%2A').replaceAll("'", '%27').replace(/^\./, '%2E'),
    );
  return `${parts.join('/')}${EXTENSION}`;
}

/** The newest version as a file. `latest` is left out, since it is always on the newest. */
export async function toPromptFile(prompt: Prompt): Promise<string> {
  const { stringify } = await import('yaml');
  const labels = prompt.labels.filter((label) => label !== 'latest');
  const hasConfig = isObject(prompt.config) ? Object.keys(prompt.config).length > 0 : true;
  return stringify(
    {
      name: prompt.name,
      type: prompt.type,
      ...(labels.length === 0 ? {} : { labels }),
      ...(prompt.tags.length === 0 ? {} : { tags: prompt.tags }),
      ...(hasConfig ? { config: prompt.config } : {}),
      prompt: prompt.prompt,
    },
    { lineWidth: 0 },
  );
}

/** Reads a file. Throws COAIA-2011, naming the path, when it is none of ours. */
export async function parsePromptFile(path: string, text: string): Promise<PromptFile> {
  const { parse } = await import('yaml');
  let value: unknown;
  try {
    value = parse(text, { maxAliasCount: 0 });
  } catch (error) {
    throw promptErrors.create('COAIA-2011', `${path} is not YAML.`, { cause: error });
  }
  const problem = findProblem(value);
  if (problem === undefined) return toFile(value as Fields);
  throw promptErrors.create('COAIA-2011', `${path} is no prompt file: ${problem}.`);
}

interface Fields {
  readonly name: string;
  readonly type?: 'text' | 'chat';
  readonly prompt: PromptContent;
  readonly labels?: readonly string[];
  readonly tags?: readonly string[];
  readonly config?: unknown;
  readonly commitMessage?: string;
}

function findProblem(value: unknown): string | undefined {
  if (!isObject(value)) return 'it holds no fields';
  const { name, type = 'text', prompt, labels, tags } = value;
  if (typeof name !== 'string') return 'it has no name';
  if (type !== 'text' && type !== 'chat') return 'its type is neither text nor chat';
  const isContent = type === 'text' ? typeof prompt === 'string' : isList(prompt, isPart);
  if (!isContent) return `its prompt is no ${type === 'text' ? 'text' : 'list of messages'}`;
  const areTexts = [labels, tags].every((list) => list === undefined || isList(list, isText));
  return areTexts ? undefined : 'its labels and tags must be lists of texts';
}

function isList(value: unknown, isItem: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(isItem);
}

function isText(value: unknown): boolean {
  return typeof value === 'string';
}

function toFile(fields: Fields): PromptFile {
  const { name, type = 'text', prompt, labels, tags, config = {}, commitMessage } = fields;
  return {
    name,
    type,
    prompt,
    config,
    tags: tags ?? [],
    ...(labels === undefined ? {} : { labels: labels.filter((label) => label !== 'latest') }),
    ...(commitMessage === undefined ? {} : { commitMessage }),
  };
}
