/** Scores of traces, observations, sessions and dataset runs, as they are: nothing is checked again. */
import { toStored } from '#base';
import type { ScoreRow } from '#store';
import { readFollowing } from '../sources/pages.ts';
import { readId, readNumber, readText, readTime, toFields } from '../sources/wire.ts';
import type { Wire } from '../sources/wire.ts';
import { readNewestFirst } from '../sources/windows.ts';
import { findExisting } from './find-existing.ts';
import type { Kind, WriteTarget } from './kind.ts';
import { toScoreForm } from './scores-v3.ts';

const FIELDS = [
  'traceId',
  'observationId',
  'sessionId',
  'datasetRunId',
  'name',
  'stringValue',
  'dataType',
  'source',
  'comment',
  'configId',
  'queueId',
  'authorUserId',
  'timestamp',
  'createdAt',
] as const;

export const scores: Kind = {
  name: 'scores',
  note: ({ modes }) =>
    modes.scores === 'v2'
      ? undefined
      : 'the server has no v2 scores (404); categories are copied without the number behind the label',
  async readPage({ api, modes, since }, position) {
    if (modes.scores === 'v2') {
      return readNewestFirst(
        api,
        { segments: ['v2', 'scores'], query: { fromTimestamp: since }, limit: 100 },
        { time: 'timestamp', until: 'toTimestamp' },
        position,
      );
    }
    const query = { fields: 'details,subject,annotation', fromTimestamp: since };
    const page = await readFollowing(
      api,
      { segments: ['v3', 'scores'], query, limit: 100 },
      position,
    );
    return { ...page, items: page.items.map(toScoreForm) };
  },
  toId: readId,
  toContent: (item) => ({
    ...toFields(item, FIELDS),
    value: item['value'] ?? null,
    environment: readText(item, 'environment') ?? 'default',
    metadata: item['metadata'] ?? {},
  }),
  async write(target, items) {
    const { tx, scope, now } = target;
    const known = await findExisting(
      target,
      'scores',
      items.map((item) => readId(item)),
    );
    const parents = await findParents(target, items);
    const rows = items.map((item) => toRow(item, parents, { projectId: scope.projectId, now }));
    await tx.upsert('scores', rows);
    await tx.addToCounter(scope.projectId, 'scores', rows.length - known.size);
    const subjects = new Set(rows.map((row) => row.trace_id ?? row.session_id ?? row.id));
    await tx.addChanges(
      scope.projectId,
      [...subjects].map((id) => ({ kind: 'score' as const, id })),
    );
    return [];
  },
};

/** Traces of observations whose scores do not name them. */
async function findParents({ tx, db, scope }: WriteTarget, items: readonly Wire[]) {
  const ids = items.flatMap((item) =>
    readText(item, 'traceId') === null ? (readText(item, 'observationId') ?? []) : [],
  );
  if (ids.length === 0) return new Map<string, string>();
  const rows = await tx.read<{ readonly id: string; readonly trace_id: string }>(
    `SELECT id, trace_id FROM observations WHERE project_id = ? AND ${db.dialect.inList('id')}`,
    [scope.projectId, JSON.stringify(ids)],
  );
  return new Map(rows.map((row) => [row.id, row.trace_id]));
}

function toRow(
  item: Wire,
  parents: ReadonlyMap<string, string>,
  { projectId, now }: { readonly projectId: string; readonly now: number },
): ScoreRow {
  const timestamp = readTime(item, 'timestamp') ?? now;
  const created = readTime(item, 'createdAt') ?? timestamp;
  const dataType = readText(item, 'dataType') ?? 'NUMERIC';
  return {
    project_id: projectId,
    id: readId(item),
    trace_id: toTraceId(item, parents),
    observation_id: readText(item, 'observationId'),
    session_id: readText(item, 'sessionId'),
    dataset_run_id: readText(item, 'datasetRunId'),
    name: readText(item, 'name') ?? '',
    value: WORDS.has(dataType) ? null : readNumber(item, 'value'),
    string_value: readText(item, 'stringValue'),
    data_type: dataType,
    source: readText(item, 'source') ?? 'API',
    comment: readText(item, 'comment'),
    metadata: toStored(item['metadata']),
    config_id: readText(item, 'configId'),
    queue_id: readText(item, 'queueId'),
    author_user_id: readText(item, 'authorUserId'),
    environment: readText(item, 'environment') ?? 'default',
    timestamp,
    writers: null,
    created_at: created,
    updated_at: readTime(item, 'updatedAt') ?? created,
  };
}

/** Types without a number. */
const WORDS: ReadonlySet<string> = new Set(['TEXT', 'CORRECTION']);

function toTraceId(item: Wire, parents: ReadonlyMap<string, string>): string | null {
  return readText(item, 'traceId') ?? parents.get(readId(item, 'observationId')) ?? null;
}
