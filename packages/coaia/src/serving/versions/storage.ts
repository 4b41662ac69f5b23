/** SQL of versions, traffic and gateways. */
import type {
  Database,
  ServingGatewayRow,
  ServingTrafficRow,
  ServingVersionRow,
  Transaction,
} from '#store';

type Reader = Pick<Transaction, 'read'>;

const VERSION =
  'project_id, model, version, digest, language, folder, manifest, created_at, created_by, notes';
const TRAFFIC = 'project_id, model, revision, traffic, action, reason, changed_at, changed_by';
const GATEWAY =
  'project_id, id, name, url, folder, host, process_id, state, detail, started_at, seen_at';

/** All versions of a project, or of one model, newest first. */
export function readVersions(
  db: Reader,
  projectId: string,
  model?: string,
): Promise<readonly ServingVersionRow[]> {
  const only = model === undefined ? '' : ' AND model = ?';
  return db.read(
    `SELECT ${VERSION} FROM serving_versions WHERE project_id = ?${only} ORDER BY model, version DESC`,
    model === undefined ? [projectId] : [projectId, model],
  );
}

/** The traffic in force of every model. */
export function readCurrentTraffic(
  db: Reader,
  projectId: string,
): Promise<readonly ServingTrafficRow[]> {
  return db.read(
    `SELECT ${TRAFFIC} FROM serving_traffic AS one WHERE project_id = ? AND revision =
       (SELECT max(revision) FROM serving_traffic
        WHERE project_id = one.project_id AND model = one.model)`,
    [projectId],
  );
}

/** Every revision of a model's traffic, newest first. */
export function readTrafficHistory(
  db: Reader,
  projectId: string,
  model: string,
  limit: number,
): Promise<readonly ServingTrafficRow[]> {
  return db.read(
    `SELECT ${TRAFFIC} FROM serving_traffic WHERE project_id = ? AND model = ?
     ORDER BY revision DESC LIMIT ?`,
    [projectId, model, limit],
  );
}

/** Adds a revision; false when somebody else added that one first. */
export async function addTraffic(tx: Transaction, row: ServingTrafficRow): Promise<boolean> {
  const changed = await tx.run(
    `INSERT INTO serving_traffic (${TRAFFIC}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (project_id, model, revision) DO NOTHING`,
    [
      row.project_id,
      row.model,
      row.revision,
      row.traffic,
      row.action,
      row.reason,
      row.changed_at,
      row.changed_by,
    ],
  );
  return changed === 1;
}

/** Gateways heard of since a time, newest first. */
export function readGateways(
  db: Database,
  projectId: string,
  since: number,
): Promise<readonly ServingGatewayRow[]> {
  return db.read(
    `SELECT ${GATEWAY} FROM serving_gateways WHERE project_id = ? AND seen_at >= ?
     ORDER BY started_at DESC, id`,
    [projectId, since],
  );
}

/** A gateway by its id. */
export function readGateway(
  tx: Reader,
  projectId: string,
  id: string,
): Promise<readonly ServingGatewayRow[]> {
  return tx.read(`SELECT ${GATEWAY} FROM serving_gateways WHERE project_id = ? AND id = ?`, [
    projectId,
    id,
  ]);
}

/** Forgets gateways that were last heard of before a time. */
export function deleteGateways(
  tx: Transaction,
  projectId: string,
  before: number,
): Promise<number> {
  return tx.run('DELETE FROM serving_gateways WHERE project_id = ? AND seen_at < ?', [
    projectId,
    before,
  ]);
}
