/** Templates: a revision in the project where a file's text is another one. */
import { isCoaiaError } from '#base';
import type { PipelineDetail, PipelinesApi } from '@coaia/client';
import { readTemplate } from '../templates/read-template.ts';
import { toFormat } from '../templates/reference.ts';
import type { Change, SourceFile } from './change.ts';
import { diffText } from './differences.ts';

export async function planTemplates(
  api: PipelinesApi,
  files: readonly SourceFile[],
): Promise<readonly Change[]> {
  const changes: Change[] = [];
  for (const { path, text } of files) {
    const format = toFormat(path) ?? 'json';
    const { name, version } = await readTemplate(text, format);
    const stored = await findStored(api, name);
    const head = { kind: 'template', name, file: path } as const;
    const apply = () => api.putPipeline(name, { text, format });
    if (stored === undefined)
      changes.push({ ...head, action: 'create', details: [`version ${version}`], apply });
    else if (stored.text === text && stored.format === format)
      changes.push({ ...head, action: 'same', details: [] });
    else {
      const details = await diffText(stored.text, text);
      changes.push({ ...head, action: 'update', details, apply });
    }
  }
  return changes;
}

/** What comes with the program is not in the project. */
async function findStored(api: PipelinesApi, name: string): Promise<PipelineDetail | undefined> {
  try {
    const found = await api.getPipeline(name);
    return found.source === 'server' ? found : undefined;
  } catch (error) {
    if (isCoaiaError(error) && error.definition.status === 404) return undefined;
    throw error;
  }
}

/** Templates of the project that no file describes, to be deleted. */
export async function pruneTemplates(
  api: PipelinesApi,
  kept: ReadonlySet<string>,
): Promise<readonly Change[]> {
  const { data } = await api.listPipelines();
  return data
    .filter(({ name, source }) => source === 'server' && !kept.has(name))
    .map(({ name, version }) => ({
      kind: 'template',
      name,
      file: null,
      action: 'delete',
      details: [`version ${version}`],
      apply: () => api.deletePipeline(name),
    }));
}
