/** The versions in a project's folder: `.ao/models/NAME/versions/N/manifest.json`. */
import { readFile, readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { hashFile } from './source-files.ts';
import { versionFailures } from './errors.ts';
import type { VersionManifest } from './version.ts';

/** Folder of all versions of a model. */
export function toVersionsFolder(projectFolder: string, model: string): string {
  return join(projectFolder, '.ao', 'models', model, 'versions');
}

/** Versions found on disk, ascending. Folders that are still being written do not count. */
export async function listFolderVersions(
  projectFolder: string,
  model: string,
): Promise<readonly VersionManifest[]> {
  const root = toVersionsFolder(projectFolder, model);
  const names = await readdir(root).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  });
  const numbers = names.filter((name) => /^[1-9]\d*$/.test(name)).map(Number);
  const manifests = await Promise.all(
    numbers.toSorted((a, b) => a - b).map((number) => readManifest(join(root, String(number)))),
  );
  return manifests;
}

/** The manifest of one version's folder. AO664 when it cannot be read as one. */
export async function readManifest(folder: string): Promise<VersionManifest> {
  const path = join(folder, 'manifest.json');
  try {
    const manifest = JSON.parse(await readFile(path, 'utf8')) as VersionManifest;
    if (manifest.format === 1 && Object.keys(manifest.files).every(isInside)) return manifest;
  } catch (error) {
    throw damaged(path, 'is missing or no longer JSON', error);
  }
  throw damaged(path, 'has a format that this program does not know');
}

/** Names of a manifest lead to nothing outside its folder. */
const isInside = (name: string) =>
  !name.startsWith('/') && !name.includes('\\') && !name.split('/').includes('..');

/** What code could load beside its own files; other things that a model leaves behind (`Rplots.pdf`) hurt nobody. */
const LOADED = /\.(?:py|pyc|pyd|pth|so|dll|dylib|r)$/i;
const CACHED = /(?:^|\/)__pycache__\//;

/** Compares every file with the manifest. AO664 names the first that is not what it was, and code that was added. */
export async function verifyVersion(folder: string, manifest: VersionManifest): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  for (const entry of entries) {
    const name = relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/');
    const isKnown = name === 'manifest.json' || Object.hasOwn(manifest.files, name);
    if (!isKnown && LOADED.test(name) && !CACHED.test(name))
      throw damaged(join(folder, name), 'was added after the version was made');
  }
  for (const [name, hash] of Object.entries(manifest.files)) {
    const path = join(folder, name);
    const found = await hashFile(path).catch((error: unknown) => {
      throw damaged(path, 'is missing', error);
    });
    if (found !== hash) throw damaged(path, 'was changed after the version was made');
  }
}

function damaged(path: string, what: string, cause?: unknown) {
  return versionFailures.create('AO664', `${path} ${what}, so this version is not served.`, {
    hint: 'ao deploy',
    cause,
  });
}
