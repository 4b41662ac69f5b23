/** Exports the windows of a project that are complete, each of them once. */
import { fromStored, notFound } from '#base';
import type { BlobExportRow } from '#store';
import type { BlobExportRun } from '@coaia/client';
import { openClaim } from '../jobs/claims.ts';
import type { Claim } from '../jobs/claims.ts';
import { exportFailures } from './errors.ts';
import type { ExportSource, Frequency } from './export.ts';
import { toExportRun, toRunRow } from './export-run.ts';
import type { ExportedFile } from './export-run.ts';
import { exportWindow } from './export-window.ts';
import { toTables } from './export-columns.ts';
import type { ExportTable } from './export-columns.ts';
import type { ExportPorts } from './ports.ts';
import { findFirstTime } from './read-rows.ts';
import type { Window } from './read-rows.ts';
import { readExport, writeFailure, writeProgress } from './storage.ts';
import { LAG_MS, toBoundary, toHorizon, toNextBoundary } from './windows.ts';

/** After a failure the same window is tried again this much later. */
const RETRY_MS = 300_000;

export interface RunOptions {
  /** At most so many windows. */
  readonly windows?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Runs the export until nothing is complete any more; returns what was exported. Fails with COAIA-0003, 1165, and
 * with what the target says, which is noted with the export. A window that was cut off is exported again under the
 * same names, so that nobody sees it twice.
 */
export async function runExport(
  ports: ExportPorts,
  projectId: string,
  { windows = Infinity, signal }: RunOptions = {},
): Promise<readonly BlobExportRun[]> {
  if ((await readExport(ports.db, projectId)) === undefined)
    throw notFound('Blob storage integration', projectId, 'coaia export set NAME --folder');
  const claim = await openClaim(ports, { projectId, job: 'export' });
  if (claim === undefined)
    throw exportFailures.create('COAIA-1165', 'The export of this project runs already.');
  try {
    const done: BlobExportRun[] = [];
    while (done.length < windows) {
      const run = await runNext(ports, { projectId, claim, signal });
      if (run === undefined) break;
      done.push(run);
    }
    return done;
  } finally {
    await claim.close();
  }
}

interface Running {
  readonly projectId: string;
  readonly claim: Claim;
  readonly signal: AbortSignal | undefined;
}

/** One window, or undefined when there is none. */
async function runNext(ports: ExportPorts, running: Running): Promise<BlobExportRun | undefined> {
  running.signal?.throwIfAborted();
  const row = await readExport(ports.db, running.projectId);
  if (row === undefined) return undefined;
  const tables = toTables(
    row.source as ExportSource,
    fromStored(row.field_groups) as readonly string[] | null,
  );
  const startedAt = ports.clock();
  const window = await findWindow(ports, row, tables);
  if (window === undefined) return undefined;
  try {
    const files = await exportWindow(ports, row, { window, tables, signal: running.signal });
    return await commit(ports, running, { row, window, startedAt, files });
  } catch (error) {
    if (running.signal?.aborted !== true) await fail(ports, row, { window, startedAt, error });
    throw error;
  }
}

/** The next window with records in it. Stretches without any are passed over and noted. */
async function findWindow(
  ports: ExportPorts,
  row: BlobExportRow,
  tables: readonly ExportTable[],
): Promise<Window | undefined> {
  const { db, clock } = ports;
  const frequency = row.frequency as Frequency;
  const horizon = toHorizon(clock(), frequency);
  const start = row.synced_until ?? row.start_at ?? 0;
  const first = await findFirstTime(db, row.project_id, tables, start);
  if (first === undefined || first >= horizon) {
    const until = Math.max(horizon, row.start_at ?? 0, row.synced_until ?? 0);
    await pass(ports, row, until);
    return undefined;
  }
  const from = Math.max(toBoundary(first, frequency), start);
  return { from, to: toNextBoundary(from, frequency) };
}

async function pass(ports: ExportPorts, row: BlobExportRow, until: number): Promise<void> {
  const next = toNext(until, row.frequency as Frequency);
  if (row.synced_until === until && row.next_at === next) return;
  const now = ports.clock();
  await ports.db.write((tx) => writeProgress(tx, row, { until, next, now }));
}

/** When the window that begins there is complete. */
function toNext(until: number, frequency: Frequency): number {
  return toNextBoundary(until, frequency) + LAG_MS;
}

interface Done {
  readonly row: BlobExportRow;
  readonly window: Window;
  readonly startedAt: number;
  readonly files: readonly ExportedFile[];
}

/** The files are there; now they count, unless another process took the export over. */
async function commit(
  { db, clock }: ExportPorts,
  { claim, projectId }: Running,
  { row, window, startedAt, files }: Done,
): Promise<BlobExportRun | undefined> {
  const now = clock();
  const run = toRunRow(projectId, { window, startedAt, endedAt: now, files, error: null });
  const next = toNext(window.to, row.frequency as Frequency);
  const isCounted = await db.write(async (tx) => {
    if (!(await claim.isHeld(tx))) return false;
    if (!(await writeProgress(tx, row, { until: window.to, next, now }))) return false;
    await tx.upsert('blob_export_runs', [run]);
    return true;
  });
  return isCounted ? toExportRun(run) : undefined;
}

async function fail(
  { db, clock }: ExportPorts,
  row: BlobExportRow,
  facts: { readonly window: Window; readonly startedAt: number; readonly error: unknown },
): Promise<void> {
  const now = clock();
  const error = facts.error instanceof Error ? facts.error.message : String(facts.error);
  const run = toRunRow(row.project_id, { ...facts, endedAt: now, files: [], error });
  await db.write(async (tx) => {
    await writeFailure(tx, row.project_id, { error, next: now + RETRY_MS, now });
    await tx.upsert('blob_export_runs', [run]);
  });
}
