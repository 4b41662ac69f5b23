/** Which files make a version, and what they hash to. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { ModelSettings } from '../projects/project.ts';

/** A file of the project and its name in the version's folder. */
export interface SourceFile {
  /** Absolute. */
  readonly path: string;
  /** With slashes, for example `code/model.py`. */
  readonly name: string;
}

/** Not code: tests, what tools leave behind, environments, build files. */
const LEFT_OUT =
  /^(?:tests?|artifacts|__pycache__|venv|renv|node_modules|htmlcov|Dockerfile|README\.md|\..*|.*\.pyc|.*\.Rcheck)$/;

/** The user's folder with code, relative to the project. */
export const CODE_FOLDER = 'model-service';

/**
 * Code, examples and locks from `model-service/`, and the artifact, in the order of their names. A project without
 * that folder has only an artifact.
 */
export async function listSourceFiles(
  folder: string,
  model: Pick<ModelSettings, 'artifact' | 'entry' | 'examples'>,
): Promise<readonly SourceFile[]> {
  const root = join(folder, CODE_FOLDER);
  const code = (await listFolder(root)).map((path) => ({
    path,
    name: `code/${relative(root, path).split(sep).join('/')}`,
  }));
  const outside = [model.entry?.file, model.examples]
    .filter((file) => file !== undefined)
    .map((file) => ({ path: join(folder, file), name: `code/${basename(file)}` }));
  const artifact =
    model.artifact === undefined ? [] : await listArtifact(join(folder, model.artifact));
  const byName = new Map([...outside, ...code, ...artifact].map((file) => [file.name, file]));
  return [...byName.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** A model file, or every file of a model's folder (MLmodel). */
async function listArtifact(path: string): Promise<readonly SourceFile[]> {
  const name = `artifact/${basename(path)}`;
  const found = await stat(path).catch(ifThere);
  // That it is missing is a finding of the signature.
  if (found === undefined) return [];
  if (!found.isDirectory()) return [{ path, name }];
  const files = await listFolder(path);
  return files.map((file) => ({
    path: file,
    name: `${name}/${relative(path, file).split(sep).join('/')}`,
  }));
}

function ifThere(error: unknown): undefined {
  if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
}

async function listFolder(folder: string): Promise<readonly string[]> {
  const entries = (await readdir(folder, { withFileTypes: true }).catch(ifThere)) ?? [];
  const kept = entries.filter(({ name }) => !LEFT_OUT.test(name));
  const lists = await Promise.all(
    kept.map(async (entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? listFolder(path) : [path];
    }),
  );
  return lists.flat();
}

/** SHA-256 of a file in hex. */
export async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

/** Hash by name in the version's folder. */
export async function hashFiles(
  files: readonly SourceFile[],
): Promise<Readonly<Record<string, string>>> {
  const pairs = await Promise.all(
    files.map(async ({ path, name }) => [name, await hashFile(path)] as const),
  );
  return Object.fromEntries(pairs);
}

/** SHA-256 in hex over any JSON, members in alphabetical order. */
export function hashJson(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value, sortMembers)).digest('hex');
}

function sortMembers(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
