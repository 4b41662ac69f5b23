/** Prompts: a name with all its versions, and where each label stands. */
import type { PromptRow } from '#store';
import { findInclusions } from '#curation';
import type { PromptContent } from '@coaia/client';
import { readNumbered } from '../sources/pages.ts';
import {
  readId,
  readNumber,
  readRecords,
  readText,
  readTexts,
  readTime,
  toFields,
  toWire,
} from '../sources/wire.ts';
import type { Wire } from '../sources/wire.ts';
import type { Source } from '../sources/source.ts';
import type { Gap, Kind, WriteTarget } from './kind.ts';

const LIST = { segments: ['v2', 'prompts'], limit: 10 };

const FIELDS = ['version', 'type', 'prompt', 'config', 'commitMessage', 'createdAt'] as const;

export const prompts: Kind = {
  name: 'prompts',
  async readPage(source, position) {
    const page = await readNumbered(source.api, LIST, position);
    const items: Wire[] = [];
    for (const item of page.items) items.push(await readVersions(source, item));
    return { ...page, items };
  },
  toId: (item) => readId(item, 'name'),
  toContent: (item) => ({
    tags: readTexts(item, 'tags'),
    ...Object.fromEntries(
      readRecords(item, 'versions').map((version) => [
        `version ${String(version['version'])}`,
        { ...toFields(version, FIELDS), labels: readTexts(version, 'labels') },
      ]),
    ),
  }),
  async write(target, items) {
    const gaps: Gap[] = [];
    for (const item of items) gaps.push(...(await writePrompt(target, item)));
    return gaps;
  },
};

/** The name with its versions as objects, texts as they were written (inclusions not resolved). */
async function readVersions({ api }: Source, item: Wire): Promise<Wire> {
  const name = readId(item, 'name');
  const numbers = Array.isArray(item['versions']) ? (item['versions'] as readonly unknown[]) : [];
  const versions: Wire[] = [];
  for (const version of numbers.map(Number).toSorted((a, b) => a - b))
    versions.push(toWire(await api.get(['v2', 'prompts', name], { version, resolve: false })));
  return { ...item, versions };
}

async function writePrompt(target: WriteTarget, item: Wire): Promise<readonly Gap[]> {
  const { tx, scope, now } = target;
  const name = readId(item, 'name');
  const versions = readRecords(item, 'versions');
  const rows = versions.map((version) => toRow(version, item, scope.projectId, now));
  const taken = await findTakenIds(target, name, rows);
  const kept = rows.filter(({ id }) => !taken.has(id));
  const [first] = kept;
  if (first === undefined) return [...taken].map((id) => toTaken(name, id));
  await tx.upsert('prompt_names', [
    {
      project_id: scope.projectId,
      name,
      type: first.type,
      tags: first.tags,
      created_at: Math.min(...kept.map((row) => row.created_at)),
      updated_at: Math.max(...kept.map((row) => row.updated_at)),
    },
  ]);
  await tx.run('DELETE FROM prompt_labels WHERE project_id = ? AND name = ?', [
    scope.projectId,
    name,
  ]);
  await tx.run('DELETE FROM prompt_includes WHERE project_id = ? AND name = ?', [
    scope.projectId,
    name,
  ]);
  await tx.upsert('prompts', kept);
  for (const row of kept) await writeLinks(target, row);
  return [...taken].map((id) => toTaken(name, id));
}

/** Labels and inclusions of a version. */
async function writeLinks({ tx }: WriteTarget, row: PromptRow): Promise<void> {
  const { project_id, name, version } = row;
  const labels = JSON.parse(row.labels) as readonly string[];
  await tx.upsert(
    'prompt_labels',
    labels.map((label) => ({ project_id, name, label, version })),
  );
  const inclusions = findInclusions(JSON.parse(row.prompt) as PromptContent);
  await tx.upsert(
    'prompt_includes',
    inclusions.map((inclusion, position) => ({
      project_id,
      name,
      version,
      position,
      child_name: inclusion.name,
      child_version: inclusion.version ?? null,
      child_label: inclusion.label ?? null,
    })),
  );
}

/** Ids that another prompt of this store has. */
async function findTakenIds(
  { tx, db, scope }: WriteTarget,
  name: string,
  rows: readonly PromptRow[],
) {
  const found = await tx.read<{
    readonly id: string;
    readonly name: string;
    readonly version: number;
  }>(`SELECT id, name, version FROM prompts WHERE project_id = ? AND ${db.dialect.inList('id')}`, [
    scope.projectId,
    JSON.stringify(rows.map(({ id }) => id)),
  ]);
  const isOther = (one: { readonly id: string; readonly name: string; readonly version: number }) =>
    one.name !== name || !rows.some((row) => row.id === one.id && row.version === one.version);
  return new Set(found.filter(isOther).map(({ id }) => id));
}

function toTaken(name: string, id: string): Gap {
  return { id: `${name} ${id}`, reason: 'another prompt of this store has the id of the version' };
}

function toRow(version: Wire, item: Wire, projectId: string, now: number): PromptRow {
  const name = readId(item, 'name');
  const number = readNumber(version, 'version') ?? 1;
  const content = (version['prompt'] ?? '') as PromptContent;
  const created = readTime(version, 'createdAt') ?? readTime(item, 'lastUpdatedAt') ?? now;
  return {
    project_id: projectId,
    name,
    version: number,
    id: readText(version, 'id') ?? `${name}:${number}`,
    type: readText(version, 'type') ?? (typeof content === 'string' ? 'text' : 'chat'),
    labels: JSON.stringify(readTexts(version, 'labels')),
    tags: JSON.stringify(readTexts(item, 'tags')),
    includes: findInclusions(content).length > 0 ? 1 : 0,
    commit_message: readText(version, 'commitMessage'),
    created_by: readText(version, 'createdBy') ?? 'API',
    created_at: created,
    updated_at: readTime(version, 'updatedAt') ?? created,
    config: JSON.stringify(version['config'] ?? {}),
    prompt: JSON.stringify(content),
  };
}
