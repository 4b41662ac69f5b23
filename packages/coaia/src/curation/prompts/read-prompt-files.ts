/** Versions from prompt files: for `coaia prompts sync` and for the page's import. */
import { EXIT, isCoaiaError } from '#base';
import type { PromptsApi } from '@coaia/client';
import { createIfChanged, findPrompt } from './commands/make-version.ts';
import { LATEST } from './prompt.ts';
import { parsePromptFile } from './prompt-file.ts';

/** What became of one file. */
export interface PromptFileLine {
  readonly file: string;
  readonly name: string;
  readonly result: 'created' | 'labelled' | 'same' | 'failed';
  readonly version?: number;
  readonly reason?: string;
}

interface NamedText {
  /** How the file is called in what is said about it. */
  readonly path: string;
  readonly text: string;
}

/** Makes a version of each file where something differs; with `isDry` only says what would be done. */
export async function readPromptFiles(
  api: PromptsApi,
  files: readonly NamedText[],
  isDry: boolean,
): Promise<readonly PromptFileLine[]> {
  const done = new Map<string, PromptFileLine>();
  // What includes another prompt may come before it, so what failed is tried again while others succeed.
  for (let left = files; left.length > 0;) {
    const failed: NamedText[] = [];
    for (const file of left) {
      const line = await tryOne(api, file, isDry);
      done.set(file.path, line);
      if (line.result === 'failed') failed.push(file);
    }
    if (failed.length === left.length || isDry) break;
    left = failed;
  }
  return [...done.values()];
}

async function tryOne(api: PromptsApi, file: NamedText, isDry: boolean): Promise<PromptFileLine> {
  try {
    return await readOne(api, file, isDry);
  } catch (error) {
    if (!isCoaiaError(error) || error.definition.exit === EXIT.unreachable) throw error;
    return { file: file.path, name: file.path, result: 'failed', reason: error.message };
  }
}

async function readOne(
  api: PromptsApi,
  { path, text }: NamedText,
  isDry: boolean,
): Promise<PromptFileLine> {
  const body = await parsePromptFile(path, text);
  const before = await findPrompt(api, body.name, { label: LATEST, resolve: false });
  const { prompt, isNew } = await createIfChanged(isDry ? toDryApi(api) : api, body);
  if (isNew) {
    const version = isDry ? (before?.version ?? 0) + 1 : prompt.version;
    return { file: path, name: body.name, version, result: 'created' };
  }
  const isLabelled = prompt.labels.length !== before?.labels.length;
  const result = isLabelled ? 'labelled' : 'same';
  return { file: path, name: body.name, version: prompt.version, result };
}

/** Reads as always, and answers changes as if they had been made. */
function toDryApi(api: PromptsApi): PromptsApi {
  return {
    ...api,
    createPrompt: async (body) => ({ ...body }) as never,
    addPromptLabels: async (name, version, labels) => {
      const prompt = await api.getPrompt(name, { version, resolve: false });
      return { ...prompt, labels: [...new Set([...prompt.labels, ...labels])] };
    },
  };
}
