/** SQL of prompts: reads. */
import type { Database, SqlValue, Transaction } from '#store';
import type { StoredPrompt } from './prompt.ts';

type Reader = Pick<Transaction, 'read'>;

const COLUMNS =
  'p.version, p.id, p.type, p.labels, p.tags, p.includes, p.commit_message, p.created_by, p.created_at, p.updated_at, p.config, p.prompt';

const BY_VERSION = `SELECT ${COLUMNS} FROM prompts p
  WHERE p.project_id = ? AND p.name = ? AND p.version = ?`;

const BY_LABEL = `SELECT ${COLUMNS} FROM prompt_labels l
  JOIN prompts p ON p.project_id = l.project_id AND p.name = l.name AND p.version = l.version
  WHERE l.project_id = ? AND l.name = ? AND l.label = ?`;

/** What the caller knows already is not read. */
type ReadPrompt = Omit<StoredPrompt, 'project_id' | 'name'>;

/** One version by its number, or undefined. */
export async function readVersion(
  db: Reader,
  projectId: string,
  name: string,
  version: number,
): Promise<StoredPrompt | undefined> {
  const [row] = await db.read<ReadPrompt>(BY_VERSION, [projectId, name, version]);
  return row === undefined ? undefined : { project_id: projectId, name, ...row };
}

/** The version that has a label, or undefined. The hot path: two indexes, one statement. */
export async function readLabelled(
  db: Reader,
  projectId: string,
  name: string,
  label: string,
): Promise<StoredPrompt | undefined> {
  const [row] = await db.read<ReadPrompt>(BY_LABEL, [projectId, name, label]);
  return row === undefined ? undefined : { project_id: projectId, name, ...row };
}

/** Bounds of a list; times in epoch milliseconds, the upper one not included. */
export interface PromptBounds {
  readonly name?: string | undefined;
  readonly label?: string | undefined;
  readonly tag?: string | undefined;
  readonly fromUpdatedAt?: number | undefined;
  readonly toUpdatedAt?: number | undefined;
}

interface Conditions {
  readonly sql: string;
  readonly parameters: readonly SqlValue[];
}

/** Which versions count; the alias is `p`. Empty when all do. */
function toVersionConditions(bounds: PromptBounds): Conditions {
  const sql: string[] = [];
  const parameters: SqlValue[] = [];
  if (bounds.label !== undefined) {
    sql.push(
      'EXISTS (SELECT 1 FROM prompt_labels l WHERE l.project_id = p.project_id AND l.name = p.name AND l.label = ? AND l.version = p.version)',
    );
    parameters.push(bounds.label);
  }
  if (bounds.fromUpdatedAt !== undefined) {
    sql.push('p.updated_at >= ?');
    parameters.push(bounds.fromUpdatedAt);
  }
  if (bounds.toUpdatedAt !== undefined) {
    sql.push('p.updated_at < ?');
    parameters.push(bounds.toUpdatedAt);
  }
  return { sql: sql.join(' AND '), parameters };
}

function toNames(db: Database, projectId: string, bounds: PromptBounds): Conditions {
  const sql = ['n.project_id = ?'];
  const parameters: SqlValue[] = [projectId];
  if (bounds.name !== undefined) {
    sql.push('n.name = ?');
    parameters.push(bounds.name);
  }
  if (bounds.tag !== undefined) {
    sql.push(db.dialect.jsonArrayHas('n.tags'));
    parameters.push(bounds.tag);
  }
  if (bounds.label !== undefined) {
    // By the index on labels; the version is looked at below only when times matter too.
    sql.push(
      'n.name IN (SELECT l.name FROM prompt_labels l WHERE l.project_id = ? AND l.label = ?)',
    );
    parameters.push(projectId, bounds.label);
  }
  if (bounds.fromUpdatedAt !== undefined || bounds.toUpdatedAt !== undefined) {
    const versions = toVersionConditions(bounds);
    sql.push(
      `EXISTS (SELECT 1 FROM prompts p WHERE p.project_id = n.project_id AND p.name = n.name AND ${versions.sql})`,
    );
    parameters.push(...versions.parameters);
  }
  return { sql: `FROM prompt_names n WHERE ${sql.join(' AND ')}`, parameters };
}

/** A name as lists show it: facts of its newest version that matches. */
export interface ListedPrompt {
  readonly name: string;
  readonly type: string;
  readonly tags: string;
  readonly config: string;
  readonly last_updated_at: number;
}

/** One page of names with their newest version. */
export function readPage(
  db: Database,
  projectId: string,
  bounds: PromptBounds,
  page: { readonly limit: number; readonly offset: number },
): Promise<readonly ListedPrompt[]> {
  const source = toNames(db, projectId, bounds);
  const versions = toVersionConditions(bounds);
  return db.read<ListedPrompt>(
    `SELECT c.name, c.type, c.tags, c.config, x.last_updated_at FROM (
       SELECT p.name, max(p.version) AS version, max(p.updated_at) AS last_updated_at
       FROM (SELECT n.name ${source.sql} ORDER BY n.name LIMIT ? OFFSET ?) m
       JOIN prompts p ON p.project_id = ? AND p.name = m.name
       ${versions.sql === '' ? '' : `WHERE ${versions.sql}`} GROUP BY p.name
     ) x JOIN prompts c ON c.project_id = ? AND c.name = x.name AND c.version = x.version
     ORDER BY c.name`,
    [...source.parameters, page.limit, page.offset, projectId, ...versions.parameters, projectId],
  );
}

/** The matching versions of some names, by name and version; an index has all that is read. */
export function readVersionsOf(
  db: Database,
  projectId: string,
  names: readonly string[],
  bounds: PromptBounds,
): Promise<readonly { readonly name: string; readonly version: number }[]> {
  const versions = toVersionConditions(bounds);
  return db.read(
    `SELECT p.name, p.version FROM prompts p WHERE p.project_id = ? AND ${db.dialect.inList('p.name')}
     ${versions.sql === '' ? '' : `AND ${versions.sql}`} ORDER BY p.name, p.version`,
    [projectId, JSON.stringify(names), ...versions.parameters],
  );
}

/** Where the labels of some names stand. */
export function readLabelsOf(
  db: Database,
  projectId: string,
  names: readonly string[],
): Promise<readonly { readonly name: string; readonly label: string; readonly version: number }[]> {
  return db.read(
    `SELECT l.name, l.label, l.version FROM prompt_labels l
     WHERE l.project_id = ? AND ${db.dialect.inList('l.name')} ORDER BY l.name, l.label`,
    [projectId, JSON.stringify(names)],
  );
}

/** How many names match. */
export async function readNameCount(
  db: Database,
  projectId: string,
  bounds: PromptBounds,
): Promise<number> {
  const source = toNames(db, projectId, bounds);
  const [row] = await db.read<{ readonly total: number | string }>(
    `SELECT count(*) AS total ${source.sql}`,
    source.parameters,
  );
  return Number(row?.total ?? 0);
}

/** Labels of the project that keys may not move, sorted. */
export async function readProtectedLabels(
  db: Reader,
  projectId: string,
): Promise<readonly string[]> {
  const rows = await db.read<{ readonly label: string }>(
    'SELECT label FROM protected_prompt_labels WHERE project_id = ? ORDER BY label',
    [projectId],
  );
  return rows.map(({ label }) => label);
}
