/** The reference of a version out of the project's files: what `[monitor] reference` names, or its own examples. */
import { join, resolve } from 'node:path';
import type { PredictionsApi } from '@coaia/client';
import type { Project } from '../../projects/project.ts';
import { toVersionsFolder } from '../../versions/folder.ts';
import type { VersionManifest } from '../../versions/version.ts';
import { readCsvFile } from '../read-csv.ts';

/**
 * Makes known what this version is compared with. Returns the number of rows, or undefined where the project has
 * neither. AO682 for a file that cannot be read.
 */
export async function installReference(
  api: Pick<PredictionsApi, 'setDriftReference'>,
  project: Pick<Project, 'folder' | 'monitor'>,
  manifest: VersionManifest,
): Promise<number | undefined> {
  const { model, version, examples } = manifest;
  const { reference } = project.monitor;
  if (reference === undefined && examples === undefined) return undefined;
  const path =
    reference === undefined
      ? join(toVersionsFolder(project.folder, model), String(version), examples ?? '')
      : resolve(project.folder, reference);
  const rows = await readCsvFile(
    path,
    { cwd: project.folder, stdin: async () => Buffer.of() },
    'ao config monitor.reference --show-origin',
  );
  if (rows.length === 0) return 0;
  const source = reference ?? `${examples} of version ${version}`;
  await api.setDriftReference(model, { version, source, rows });
  return rows.length;
}
