/** For tests: an engine over a store, with a recorder that keeps what it was given. */
import { systemClock } from '#base';
import type { IngestionEvent, Recorder, Scope } from '#base';
import type { Dispatcher } from '#queue';
import type { Database, Transaction } from '#store';
import type { Json, Run, RunContext, RunRequest, Workflow } from '../engine.ts';
import { openEngine } from '../open-engine.ts';
import type { EngineOptions } from '../open-engine.ts';

export const SCOPE: Scope = { projectId: 'p', level: 'project', via: 'local' };

/** Writes each event's id as a row of the store, so that what was rolled back is not there. */
export const ledger: Recorder<Transaction> = {
  async record(tx, scope, events) {
    for (const event of events) {
      if (event.type === 'bad') throw new TypeError(`event ${event.id} is malformed`);
      await tx.run('INSERT INTO store_settings (name, value) VALUES (?, ?)', [
        `event:${event.id}`,
        scope.projectId,
      ]);
    }
  },
};

export async function listRecorded(db: Database): Promise<readonly string[]> {
  const rows = await db.read<{ name: string }>(
    "SELECT name FROM store_settings WHERE name LIKE 'event:%' ORDER BY name",
  );
  return rows.map(({ name }) => name.slice('event:'.length));
}

export function toEvent(id: string, type = 'trace-create'): IngestionEvent {
  return { id, type, timestamp: '2026-01-01T00:00:00.000Z', body: { id } };
}

export function createWorkflow(
  run: (context: RunContext) => Promise<Json>,
  name = 'test',
  toStarts: (ended: Run) => readonly RunRequest[] = () => [],
): Workflow {
  return {
    name,
    run: async (context) => ({
      output: await run(context),
      events: [toEvent(`${context.run.id}:end`)],
    }),
    onEnd: (ended, error) => ({
      events: [toEvent(`${ended.id}:${ended.state}:${error.code}`)],
      starts: toStarts(ended),
    }),
  };
}

export function toRequest(id: string, more: Partial<RunRequest> = {}): RunRequest {
  return { id, workflow: 'test', name: 'sample', input: { id }, traceId: `trace-${id}`, ...more };
}

export async function openRunning(
  db: Database,
  dispatcher: Dispatcher,
  workflows: readonly Workflow[],
  options: Partial<EngineOptions> = {},
) {
  return openEngine({
    db,
    clock: systemClock,
    recorder: ledger,
    dispatcher,
    workflows,
    graceMs: 500,
    ...options,
  });
}
