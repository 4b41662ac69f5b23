/** The files of a project that people wrote. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Environments, caches, results and what tools generate. */
const LEFT_OUT =
  /^(?:\..*|venv|env|renv|packrat|node_modules|__pycache__|htmlcov|dist|build|artifacts|.*\.egg-info|.*\.Rcheck|.*_pb2(?:_grpc)?\.pyi?)$/;

/** A project has a few files; whoever keeps data inside it must not wait for that. */
const MOST = 5000;

/** Paths relative to the folder, with slashes, in alphabetical order. */
export function listProjectFiles(folder: string): readonly string[] {
  const files: string[] = [];
  const open = [''];
  for (let place = open.shift(); place !== undefined; place = open.shift()) {
    for (const entry of readdirSync(join(folder, place), { withFileTypes: true })) {
      if (LEFT_OUT.test(entry.name) || files.length >= MOST) continue;
      const path = place === '' ? entry.name : `${place}/${entry.name}`;
      if (entry.isDirectory()) open.push(path);
      else if (entry.isFile()) files.push(path);
    }
  }
  return files.toSorted();
}
