/** Follows the event sequence of the store from where it was followed to, also after a restart. */
import { listChanges, readLastChange } from '#store';
import type { ChangeRow, Database, EvaluationRow, EvaluationRuleRow } from '#store';
import { readEnabledRules } from '../evaluation-rules/storage.ts';
import type { EvaluationPorts } from './ports.ts';
import { listWanted } from './schedule.ts';
import { addEvaluations } from './storage.ts';

/** Where the sequence has been followed to. */
const SETTING = 'evaluations-followed';
const PAGE = 500;
/** How much earlier than its change a row may be dated: clocks of several servers differ. */
const SKEW_MS = 60_000;

interface Followed {
  readonly seq: number;
  /** Time of that change. */
  readonly at: number;
}

/**
 * Notes what the rules want of everything that came since the last call, in one transaction with how far it
 * went; a crash in between loses nothing and repeats harmlessly. Returns how many evaluations were added.
 */
export async function followChanges(ports: Pick<EvaluationPorts, 'db' | 'clock'>): Promise<number> {
  const { db } = ports;
  // Before the rules: a rule that is made now sees whatever comes after this number.
  const last = await readLastChange(db);
  const rules = await readEnabledRules(db);
  const from = await readFollowed(db);
  if (rules.length === 0) {
    if (from !== undefined) await removeFollowed(db);
    return 0;
  }
  if (from?.seq === last) return 0;
  const start = from ?? (await findStart(db, rules));
  return (await isPruned(db, start))
    ? catchUp(ports, rules, start, last)
    : follow(ports, rules, start);
}

/** With the first rule: the newest change from before it was switched on, or the end of what is there. */
async function findStart(db: Database, rules: readonly EvaluationRuleRow[]): Promise<Followed> {
  const at = Math.min(...rules.map((rule) => rule.active_since ?? Infinity)) - SKEW_MS;
  const [row] = await db.read<{ readonly before: number | null; readonly first: number | null }>(
    `SELECT (SELECT max(seq) FROM changes WHERE at < ?) AS before, (SELECT min(seq) FROM changes) AS first`,
    [at],
  );
  return { seq: row?.before ?? (row?.first ?? 1) - 1, at };
}

async function follow(
  ports: Pick<EvaluationPorts, 'db' | 'clock'>,
  rules: readonly EvaluationRuleRow[],
  from: Followed,
): Promise<number> {
  let count = 0;
  for (let place = from; ;) {
    const changes = await listChanges(ports.db, place.seq, PAGE);
    const end = changes.at(-1);
    if (end === undefined) return count;
    place = { seq: end.seq, at: end.at };
    const oldest = Math.min(...changes.map(({ at }) => at));
    const traces = groupTraces(changes);
    count += await addWanted(ports, rules, { traces, since: oldest - SKEW_MS, place });
    if (changes.length < PAGE) return count;
  }
}

/** Trace ids by project; of a trace only that it was written counts here. */
function groupTraces(changes: readonly ChangeRow[]): ReadonlyMap<string, readonly string[]> {
  const written = changes.filter(({ kind }) => kind === 'trace');
  const groups = Map.groupBy(written, ({ project_id: id }) => id);
  return new Map(
    [...groups].map(([id, rows]) => [id, [...new Set(rows.map((row) => row.subject_id))]]),
  );
}

/** The sequence is short; after a long time away the traces themselves say what changed. */
async function catchUp(
  ports: Pick<EvaluationPorts, 'db' | 'clock'>,
  rules: readonly EvaluationRuleRow[],
  from: Followed,
  last: number,
): Promise<number> {
  const since = from.at - SKEW_MS;
  let count = 0;
  for (const projectId of new Set(rules.map((rule) => rule.project_id))) {
    const rows = await ports.db.scan<{ readonly id: string }>(
      'SELECT id FROM traces WHERE project_id = ? AND updated_at >= ? ORDER BY id',
      [projectId, since],
      { timeoutMs: 60_000 },
    );
    for (let start = 0; start < rows.length; start += PAGE) {
      const ids = rows.slice(start, start + PAGE).map(({ id }) => id);
      count += await addWanted(ports, rules, { traces: new Map([[projectId, ids]]), since });
    }
  }
  await writeFollowed(ports.db, { seq: last, at: ports.clock() });
  return count;
}

interface Step {
  readonly traces: ReadonlyMap<string, readonly string[]>;
  readonly since: number;
  /** How far this step goes; absent when it is noted elsewhere. */
  readonly place?: Followed;
}

async function addWanted(
  { db, clock }: Pick<EvaluationPorts, 'db' | 'clock'>,
  rules: readonly EvaluationRuleRow[],
  { traces, since, place }: Step,
): Promise<number> {
  const now = clock();
  const wanted: EvaluationRow[] = [];
  for (const [projectId, traceIds] of traces) {
    const own = rules.filter((rule) => rule.project_id === projectId);
    if (own.length === 0) continue;
    wanted.push(...(await listWanted(db, own, { projectId, traceIds, since, now })));
  }
  if (wanted.length === 0 && place === undefined) return 0;
  return db.write(async (tx) => {
    const count = await addEvaluations(tx, wanted);
    if (place !== undefined) await tx.upsert('store_settings', [toSetting(place)]);
    return count;
  });
}

async function isPruned(db: Database, from: Followed): Promise<boolean> {
  const [row] = await db.read<{ readonly seq: number | null }>(
    'SELECT min(seq) AS seq FROM changes',
  );
  return (row?.seq ?? 0) > from.seq + 1;
}

async function readFollowed(db: Database): Promise<Followed | undefined> {
  const [row] = await db.read<{ readonly value: string }>(
    'SELECT value FROM store_settings WHERE name = ?',
    [SETTING],
  );
  return row === undefined ? undefined : (JSON.parse(row.value) as Followed);
}

/** Nobody wants to know any more. */
async function removeFollowed(db: Database): Promise<void> {
  await db.write((tx) => tx.run('DELETE FROM store_settings WHERE name = ?', [SETTING]));
}

async function writeFollowed(db: Database, place: Followed): Promise<void> {
  await db.write((tx) => tx.upsert('store_settings', [toSetting(place)]));
}

function toSetting(place: Followed) {
  return { name: SETTING, value: JSON.stringify(place) };
}
