/** SQL of dashboards and widgets. */
import type { DashboardRow, DashboardWidgetRow, Database, Transaction } from '#store';

type Reader = Pick<Transaction, 'read'>;

interface Position {
  readonly limit: number;
  readonly offset: number;
}

const DASHBOARD = 'project_id, id, name, description, definition, filters, created_at, updated_at';
const WIDGET =
  'project_id, id, name, description, view, dimensions, metrics, filters, chart_type, chart_config, created_at, updated_at';

/** One page of dashboards, the last changed first. */
export function readDashboards(
  db: Database,
  projectId: string,
  { limit, offset }: Position,
): Promise<readonly DashboardRow[]> {
  return db.read(
    `SELECT ${DASHBOARD} FROM dashboards WHERE project_id = ?
     ORDER BY updated_at DESC, id DESC LIMIT ? OFFSET ?`,
    [projectId, limit, offset],
  );
}

/** One page of widgets, the last changed first. */
export function readWidgets(
  db: Database,
  projectId: string,
  { limit, offset }: Position,
): Promise<readonly DashboardWidgetRow[]> {
  return db.read(
    `SELECT ${WIDGET} FROM dashboard_widgets WHERE project_id = ?
     ORDER BY updated_at DESC, id DESC LIMIT ? OFFSET ?`,
    [projectId, limit, offset],
  );
}

/** How many rows of a table the project has. */
export async function readCount(
  db: Database,
  projectId: string,
  table: 'dashboards' | 'dashboard_widgets',
): Promise<number> {
  const [row] = await db.read<{ readonly total: number | string }>(
    `SELECT count(*) AS total FROM ${table} WHERE project_id = ?`,
    [projectId],
  );
  return Number(row?.total ?? 0);
}

/** One dashboard by its id, or undefined. */
export async function readDashboard(
  db: Reader,
  projectId: string,
  id: string,
): Promise<DashboardRow | undefined> {
  const [row] = await db.read<DashboardRow>(
    `SELECT ${DASHBOARD} FROM dashboards WHERE project_id = ? AND id = ?`,
    [projectId, id],
  );
  return row;
}

/** One widget by its id, or undefined. */
export async function readWidget(
  db: Reader,
  projectId: string,
  id: string,
): Promise<DashboardWidgetRow | undefined> {
  const [row] = await db.read<DashboardWidgetRow>(
    `SELECT ${WIDGET} FROM dashboard_widgets WHERE project_id = ? AND id = ?`,
    [projectId, id],
  );
  return row;
}

/** Widgets by their ids; those that are not there are left out. */
export function readWidgetsById(
  db: Reader,
  { dialect }: Pick<Database, 'dialect'>,
  projectId: string,
  ids: readonly string[],
): Promise<readonly DashboardWidgetRow[]> {
  return db.read(
    `SELECT ${WIDGET} FROM dashboard_widgets WHERE project_id = ? AND ${dialect.inList('id')}`,
    [projectId, JSON.stringify(ids)],
  );
}

/** Names and definitions of all dashboards of the project. */
export function readDefinitions(
  db: Reader,
  projectId: string,
): Promise<readonly Pick<DashboardRow, 'id' | 'name' | 'definition'>[]> {
  return db.read('SELECT id, name, definition FROM dashboards WHERE project_id = ? ORDER BY name', [
    projectId,
  ]);
}

/** Takes one row away. */
export async function deleteRow(
  tx: Transaction,
  projectId: string,
  table: 'dashboards' | 'dashboard_widgets',
  id: string,
): Promise<void> {
  await tx.run(`DELETE FROM ${table} WHERE project_id = ? AND id = ?`, [projectId, id]);
}
