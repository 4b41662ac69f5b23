/** Writes traces of predictions. Writing one again changes nothing. */
import type { IngestionEvent, Recorder, Scope } from '#base';
import type { Database, Transaction } from '#store';

interface Ports {
  readonly db: Database;
  readonly recorder: Recorder<Transaction>;
}

interface TraceBody {
  readonly id: string;
  readonly timestamp: string;
  readonly name?: string;
}

/** A trace that has another name already is somebody else's, who sent us its id: it keeps its name, input and output. */
export async function writeTraces(
  { db, recorder }: Ports,
  scope: Scope,
  events: readonly IngestionEvent[],
): Promise<void> {
  if (events.length === 0) return;
  const ids = events.flatMap(({ type, body }) =>
    type === 'trace-create' ? [(body as TraceBody).id] : [],
  );
  const rows = await db.read<{ id: string; name: string | null }>(
    `SELECT id, name FROM traces WHERE project_id = ? AND ${db.dialect.inList('id')}`,
    [scope.projectId, JSON.stringify(ids)],
  );
  const names = new Map(rows.map(({ id, name }) => [id, name]));
  const fitting = events.map((event) => {
    if (event.type !== 'trace-create') return event;
    const { id, timestamp, name } = event.body as TraceBody;
    const known = names.get(id) ?? name;
    return known === name ? event : { ...event, body: { id, timestamp } };
  });
  await db.write((tx) => recorder.record(tx, scope, fitting));
}
