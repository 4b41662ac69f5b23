/** Prompts: a version where a file says something else than the newest one. */
import { isCoaiaError } from '#base';
import { loadPromptFiles } from '#curation';
import type { Prompt, PromptsApi } from '@coaia/client';
import type { Change, SourceFile } from './change.ts';
import { diffFields, diffText } from './differences.ts';

export async function planPrompts(
  api: PromptsApi,
  files: readonly SourceFile[],
  labels: readonly string[],
): Promise<readonly Change[]> {
  const { createIfChanged, isSameAsFile, parsePromptFile } = await loadPromptFiles();
  const changes: Change[] = [];
  for (const { path, text } of files) {
    const file = await parsePromptFile(path, text);
    const body = { ...file, labels: [...new Set([...(file.labels ?? []), ...labels])] };
    const newest = await findNewest(api, body.name);
    const head = { kind: 'prompt', name: body.name, file: path } as const;
    const apply = () => createIfChanged(api, body);
    if (newest === undefined)
      changes.push({
        ...head,
        action: 'create',
        details: [`${body.type ?? 'text'} prompt`],
        apply,
      });
    else if (isSameAsFile(newest, body))
      changes.push({ ...head, ...toLabelling(newest, body.labels, apply) });
    else {
      const details = [
        ...diffFields({ ...newest }, { type: body.type, tags: body.tags, config: body.config }),
        ...(await diffText(toText(newest.prompt), toText(body.prompt))),
      ];
      changes.push({ ...head, action: 'update', details, apply });
    }
  }
  return changes;
}

/** The newest version as it is; labels that are missing on it are a change too. */
function toLabelling(
  newest: Prompt,
  labels: readonly string[],
  apply: () => Promise<unknown>,
): Pick<Change, 'action' | 'details' | 'apply'> {
  const missing = labels.filter((label) => !newest.labels.includes(label));
  if (missing.length === 0) return { action: 'same', details: [] };
  return {
    action: 'update',
    details: [`label ${missing.join(', ')} -> v${newest.version}`],
    apply,
  };
}

function toText(prompt: Prompt['prompt']): string {
  return typeof prompt === 'string' ? prompt : JSON.stringify(prompt, undefined, 2);
}

async function findNewest(api: PromptsApi, name: string): Promise<Prompt | undefined> {
  try {
    return await api.getPrompt(name, { label: 'latest', resolve: false });
  } catch (error) {
    if (isCoaiaError(error) && error.definition.status === 404) return undefined;
    throw error;
  }
}

/** Prompts that no file describes, to be deleted. */
export async function prunePrompts(
  api: PromptsApi,
  kept: ReadonlySet<string>,
): Promise<readonly Change[]> {
  const { listAllPrompts } = await loadPromptFiles();
  const all = await listAllPrompts(api);
  return all
    .filter(({ name }) => !kept.has(name))
    .map(({ name, versions }) => ({
      kind: 'prompt',
      name,
      file: null,
      action: 'delete',
      details: [`${versions.length} version${versions.length === 1 ? '' : 's'}`],
      apply: () => api.deletePrompt(name),
    }));
}
