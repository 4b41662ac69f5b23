/** What `prompts create` and `fuse prompts create` share: from the line to a stored version. */
import { isDeepStrictEqual } from 'node:util';
import { isCoaiaError } from '#base';
import type { CommandContext } from '#surface';
import type { CreatePromptBody, Prompt, PromptGetOptions, PromptsApi } from '@coaia/client';
import { promptErrors } from '../errors.ts';
import type { PromptCommandsApi } from '../ports.ts';
import { LATEST } from '../prompt.ts';
import { compatOptions, toGivenLabels, versionOptions } from './options.ts';
import { parseContent, readContent, readJsonOption } from './read-content.ts';
import { writeDraft } from './write-draft.ts';
import type { Draft } from './write-draft.ts';

export const createPositionals = [
  { name: 'name', summary: 'Name of the prompt; slashes make folders' },
  { name: 'content', summary: 'The text, or the messages of a chat as JSON; - for stdin' },
] as const;

export const createOptions = {
  ...compatOptions,
  ...versionOptions,
  type: {
    type: 'string',
    choices: ['text', 'chat'],
    default: 'text',
    summary: 'Kind of prompt; the first version fixes it',
    compat: true,
  },
  file: {
    type: 'string',
    short: 'f',
    placeholder: 'PATH',
    summary: 'Read the content from a file; - for stdin',
    compat: true,
  },
  text: {
    type: 'string',
    aliases: ['prompt'],
    placeholder: 'TEXT',
    summary: 'The same as the second argument',
  },
  name: { type: 'string', placeholder: 'NAME', summary: 'The same as the first argument' },
  'if-changed': { type: 'boolean', summary: 'No new version when the newest one is the same' },
  interactive: { type: 'boolean', summary: 'Write all of it in your editor (VISUAL or EDITOR)' },
} as const;

export interface CreateValues {
  readonly type: string;
  readonly name: string | undefined;
  readonly file: string | undefined;
  readonly text: string | undefined;
  readonly labels: readonly string[] | undefined;
  readonly label: readonly string[] | undefined;
  readonly tags: readonly string[] | undefined;
  readonly config: string | undefined;
  readonly 'commit-message': string | undefined;
  readonly 'if-changed': boolean | undefined;
  readonly interactive: boolean | undefined;
}

export interface MadeVersion {
  readonly prompt: Prompt;
  /** False: the newest version was the same already. */
  readonly isNew: boolean;
}

/** Reads what the line gives and stores it. */
export async function createVersion(
  context: CommandContext<PromptCommandsApi>,
  options: CreateValues,
  args: { readonly name: string | undefined; readonly content: string | undefined },
): Promise<MadeVersion> {
  const body = await readBody(context, options, args);
  const api = await context.open();
  return options['if-changed'] === true
    ? createIfChanged(api, body)
    : { prompt: await api.createPrompt(body), isNew: true };
}

async function readBody(
  context: CommandContext<PromptCommandsApi>,
  options: CreateValues,
  args: { readonly name: string | undefined; readonly content: string | undefined },
): Promise<CreatePromptBody> {
  const type = options.type === 'chat' ? 'chat' : 'text';
  const labels = toGivenLabels(options);
  const config = readJsonOption('--config', options.config, context.cwd);
  const message = options['commit-message'];
  const commit = message === undefined ? {} : { commitMessage: message };
  if (options.interactive === true) {
    const named = options.name ?? args.name;
    const draft: Draft = { name: named, type, labels, tags: options.tags, config };
    return { ...(await writeDraft(draft, context.env)), ...commit };
  }
  const { name, content } = toNamed(options.name, args);
  const text = await readContent({ text: options.text ?? content, file: options.file }, context);
  return {
    type,
    name,
    prompt: parseContent(type, text),
    ...commit,
    ...(labels === undefined ? {} : { labels }),
    ...(options.tags === undefined ? {} : { tags: options.tags }),
    ...(config === undefined ? {} : { config }),
  };
}

/** With --name the first argument is the content. Throws COAIA-2010 without a name. */
function toNamed(
  named: string | undefined,
  args: { readonly name: string | undefined; readonly content: string | undefined },
): { readonly name: string; readonly content: string | undefined } {
  if (named !== undefined) return { name: named, content: args.content ?? args.name };
  if (args.name !== undefined) return { name: args.name, content: args.content };
  throw promptErrors.create('COAIA-2010', 'The prompt has no name.', {
    hint: "coaia prompts create NAME 'Hello {{name}}'",
  });
}

/** Makes a version unless the newest one says the same; labels that are asked for are put on it either way. */
export async function createIfChanged(
  api: PromptsApi,
  body: CreatePromptBody,
): Promise<MadeVersion> {
  const newest = await findPrompt(api, body.name, { label: LATEST, resolve: false });
  if (newest === undefined || !isSameAsFile(newest, body))
    return { prompt: await api.createPrompt(body), isNew: true };
  const missing = (body.labels ?? []).filter((label) => !newest.labels.includes(label));
  return missing.length === 0
    ? { prompt: newest, isNew: false }
    : { prompt: await api.addPromptLabels(newest.name, newest.version, missing), isNew: false };
}

/** True when a new version would say what this one says; labels do not count. */
export function isSameAsFile(newest: Prompt, body: CreatePromptBody): boolean {
  return (
    newest.type === (body.type ?? 'text') &&
    isDeepStrictEqual(newest.prompt, body.prompt) &&
    (body.config === undefined || isDeepStrictEqual(newest.config, body.config)) &&
    (body.tags === undefined || isDeepStrictEqual(newest.tags, [...body.tags].toSorted()))
  );
}

/** A version, or undefined when there is none. */
export async function findPrompt(
  api: Pick<PromptsApi, 'getPrompt'>,
  name: string,
  options: PromptGetOptions,
): Promise<Prompt | undefined> {
  try {
    return await api.getPrompt(name, options);
  } catch (error) {
    if (isCoaiaError(error) && error.definition.status === 404) return undefined;
    throw error;
  }
}
