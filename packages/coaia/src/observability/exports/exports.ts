/** What can be done with exports to blob storage. */
import { notFound } from '#base';
import type { Scope } from '#base';
import type { BlobExport, BlobExportRun, BlobExportStatus } from '@coaia/client';
import { isClaimed } from '../jobs/claims.ts';
import { toExport, toExportStatus } from './export.ts';
import { toExportRun } from './export-run.ts';
import type { ExportPorts } from './ports.ts';
import { toRow } from './save-export.ts';
import type { ExportBody } from './schema.ts';
import { readExport, readExportsOf, readRuns, removeExport } from './storage.ts';
import { checkTarget } from './target.ts';

const NOUN = 'Blob storage integration';
const RUNS_SHOWN = 50;

/** The export of the project, or those of all projects of the organization whose key it is. */
export async function listExports(
  { db }: ExportPorts,
  scope: Scope,
): Promise<{ readonly data: readonly BlobExport[] }> {
  if (scope.level === 'organization') {
    const rows = await readExportsOf(db, scope.organizationId ?? '');
    return { data: rows.map(toExport) };
  }
  const row = await readExport(db, scope.projectId);
  return { data: row === undefined ? [] : [toExport(row)] };
}

/** Creates the export or changes it, after a test upload. Fails with COAIA-0003, 1160 to 1164. */
export async function saveExport(
  ports: ExportPorts,
  scope: Scope,
  body: ExportBody,
): Promise<BlobExport> {
  await requireProject(ports, scope, body.projectId, 'Project');
  const { db } = ports;
  await checkTarget(ports, toRow(ports, body, await readExport(db, body.projectId)));
  return db.write(async (tx) => {
    await tx.lock([`blob-export:${body.projectId}`]);
    const row = toRow(ports, body, await readExport(tx, body.projectId));
    await tx.upsert('blob_exports', [row]);
    return toExport(row);
  });
}

/** How far it is. Fails with COAIA-0003. */
export async function getExportStatus(
  ports: ExportPorts,
  scope: Scope,
  id: string,
): Promise<BlobExportStatus> {
  await requireProject(ports, scope, id, NOUN);
  const row = await readExport(ports.db, id);
  if (row === undefined) throw notFound(NOUN, id);
  const isRunning = await isClaimed(ports, { projectId: id, job: 'export' });
  return toExportStatus(row, { isRunning, now: ports.clock() });
}

/** Forgets the export; files that were written stay. Fails with COAIA-0003. */
export async function deleteExport(
  ports: ExportPorts,
  scope: Scope,
  id: string,
): Promise<{ readonly message: string }> {
  await requireProject(ports, scope, id, NOUN);
  const isRemoved = await ports.db.write((tx) => removeExport(tx, id));
  if (!isRemoved) throw notFound(NOUN, id);
  return { message: 'Blob storage integration successfully deleted' };
}

/** The last runs of the project, newest first. */
export async function listExportRuns(
  { db }: ExportPorts,
  scope: Scope,
): Promise<{ readonly data: readonly BlobExportRun[] }> {
  const rows = await readRuns(db, scope.projectId, RUNS_SHOWN);
  return { data: rows.map(toExportRun) };
}

/** Ids of projects that the caller does not see answer like ids of none. */
async function requireProject(
  { db }: ExportPorts,
  scope: Scope,
  projectId: string,
  noun: string,
): Promise<void> {
  if (scope.level !== 'organization') {
    if (scope.projectId === projectId) return;
    throw notFound(noun, projectId);
  }
  const rows = await db.read('SELECT id FROM projects WHERE id = ? AND organization_id = ?', [
    projectId,
    scope.organizationId ?? '',
  ]);
  if (rows.length === 0) throw notFound(noun, projectId);
}
