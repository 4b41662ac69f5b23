import { openTestDatabases } from '#store/testing';
import type { Database, MediaRow } from '#store';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openRemovalJob } from './removal-job.ts';
import { listUnfinished, removeProjectData } from './remove-data.ts';
import type { RemovalPorts } from './remove-data.ts';

const TIME = 1_790_000_000_000;

describe.each(openTestDatabases())('removal of projects on $name', ({ open }) => {
  let db: Database;
  let files: string[];
  beforeEach(async () => {
    db = await open();
    files = [];
    for (const id of ['doomed', 'kept']) await fill(db, id);
    await db.write((tx) =>
      tx.upsert('project_deletions', [
        {
          project_id: 'doomed',
          organization_id: 'o',
          name: 'Doomed',
          requested_by: 'owner',
          requested_at: TIME,
          step: null,
          row_count: 0,
          finished_at: null,
        },
      ]),
    );
  });
  afterEach(() => db.close());

  const toPorts = (change: Partial<RemovalPorts> = {}): RemovalPorts => ({
    db,
    clock: () => TIME,
    graceMs: 0,
    batchRows: 7,
    removeMedia: async (projectId, sha256) => {
      files.push(`${projectId}/${sha256}`);
    },
    ...change,
  });
  const count = async (projectId: string) => {
    const [row] = await db.read<{ n: number }>(
      `SELECT (SELECT COUNT(*) FROM media WHERE project_id = ?) +
        (SELECT COUNT(*) FROM feedback WHERE project_id = ?) AS n`,
      [projectId, projectId],
    );
    return row?.n;
  };
  const readState = async () =>
    (
      await db.read<{ step: string | null; row_count: number; finished_at: number | null }>(
        'SELECT step, row_count, finished_at FROM project_deletions',
      )
    )[0];

  it('goes on where it was cut off, with files before their rows', async () => {
    const [row] = await listUnfinished(db);
    const abort = new AbortController();
    let writes = 0;
    const cut: Database = {
      ...db,
      write: (work) => {
        writes += 1;
        if (writes === 3) abort.abort();
        return db.write(work);
      },
    };
    expect(
      await removeProjectData(toPorts({ db: cut, signal: abort.signal }), row!),
    ).toBeUndefined();
    const half = await readState();
    expect(half).toMatchObject({ finished_at: null });
    expect(half?.row_count).toBeLessThan(60);

    const [again] = await listUnfinished(db);
    expect(await removeProjectData(toPorts(), again!)).toBe(60);
    expect(await readState()).toEqual({ step: null, row_count: 60, finished_at: TIME });
    expect(await listUnfinished(db)).toEqual([]);
    expect([await count('doomed'), await count('kept')]).toEqual([0, 60]);
    expect(new Set(files)).toEqual(new Set(range(30).map((n) => `doomed/sum-${n}`)));
  });

  it('removes what was written while other processes still knew the key', async () => {
    const [row] = await listUnfinished(db);
    let filled: Promise<void> | undefined;
    // The clock is asked once everything was removed for the first time.
    const clock = () => {
      filled ??= fill(db, 'doomed');
      return TIME;
    };
    const removal = removeProjectData(toPorts({ graceMs: 500, clock }), row!);
    await removal;
    expect(await filled).toBeUndefined();
    expect(await count('doomed')).toBe(0);
  });

  it('tries again later when a file cannot be removed, and ends when it is closed', async () => {
    const failures: unknown[] = [];
    const job = openRemovalJob({
      ...toPorts({ removeMedia: () => Promise.reject(new Error('the bucket is away')) }),
      onDone: () => undefined,
      onFailed: (id, error) => failures.push([id, String(error)]),
    });
    await job.idle();
    expect(failures).toEqual([['doomed', 'Error: the bucket is away']]);
    expect(await readState()).toMatchObject({ finished_at: null });
    await job.close();
    const done: unknown[] = [];
    const second = openRemovalJob({
      ...toPorts(),
      onDone: (id, rows) => done.push([id, rows]),
      onFailed: (_id, error) => failures.push(error),
    });
    await second.idle();
    await second.close();
    expect(done).toEqual([['doomed', 60]]);
  });
});

const range = (length: number) => Array.from({ length }, (_, n) => n);

/** Thirty media records and thirty pieces of feedback. */
async function fill(db: Database, projectId: string): Promise<void> {
  const media: MediaRow[] = range(30).map((n) => ({
    project_id: projectId,
    id: `m${n}`,
    sha256: `sum-${n}`,
    content_type: 'text/plain',
    content_length: 1,
    stored_at: null,
    uploaded_at: null,
    upload_status: null,
    upload_error: null,
    upload_ms: null,
    created_at: 1,
    updated_at: 1,
  }));
  await db.write(async (tx) => {
    await tx.upsert('media', media);
    await tx.upsert(
      'feedback',
      range(30).map((n) => ({
        project_id: projectId,
        id: `f${n}`,
        target_type: 'x',
        target: 'x',
        feedback: 'x',
        goal: null,
        reference_url: null,
        created_at: 1,
      })),
    );
  });
}
