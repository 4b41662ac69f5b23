/** Score configs: created or changed as files in the form of `coaia fuse score-configs export` say. */
import { loadScoreConfigFiles } from '#observability';
import type { ScoreConfig, ScoreConfigInput, ScoresApi } from '@coaia/client';
import type { Change, SourceFile } from './change.ts';
import { diffFields } from './differences.ts';

export async function planScoreConfigs(
  api: ScoresApi,
  files: readonly SourceFile[],
): Promise<readonly Change[]> {
  const { installConfigs, listAllConfigs, parseTransfer } = await loadScoreConfigFiles();
  const existing = await listAllConfigs(api);
  return files.flatMap(({ path, text }) =>
    parseTransfer(text, path).map((input): Change => {
      const before = findConfig(existing, input.name);
      const head = { kind: 'score-config', name: input.name, file: path } as const;
      const apply = async () => {
        const report = await installConfigs(api, before ? [before] : [], [input], 'replace');
        const [failed] = report.failed;
        if (failed !== undefined) throw new Error(failed.error);
      };
      if (before === undefined)
        return { ...head, action: 'create', details: [input.dataType], apply };
      const details = diffFields({ ...before }, toFields(input));
      return details.length === 0
        ? { ...head, action: 'same', details }
        : { ...head, action: 'update', details, apply };
    }),
  );
}

/** One in use before one that is archived. */
function findConfig(existing: readonly ScoreConfig[], name: string): ScoreConfig | undefined {
  const named = existing.filter((config) => config.name.toLowerCase() === name.toLowerCase());
  return named.find(({ isArchived }) => !isArchived) ?? named[0];
}

function toFields(input: ScoreConfigInput): Readonly<Record<string, unknown>> {
  const { name, dataType, description, minValue, maxValue, categories } = input;
  return {
    name,
    dataType,
    description,
    isArchived: false,
    ...(dataType === 'NUMERIC' ? { minValue, maxValue } : {}),
    ...(dataType === 'CATEGORICAL' ? { categories } : {}),
  };
}

/** Score configs in use that no file describes, to be archived: they are never deleted. */
export async function pruneScoreConfigs(
  api: ScoresApi,
  kept: ReadonlySet<string>,
): Promise<readonly Change[]> {
  const { listAllConfigs } = await loadScoreConfigFiles();
  const names = new Set([...kept].map((name) => name.toLowerCase()));
  const all = await listAllConfigs(api);
  return all
    .filter(({ name, isArchived }) => !isArchived && !names.has(name.toLowerCase()))
    .map(({ id, name }) => ({
      kind: 'score-config',
      name,
      file: null,
      action: 'delete',
      details: ['archive'],
      apply: () => api.updateScoreConfig(id, { isArchived: true }),
    }));
}
