/**
 * `npm run build`: the page, the program and the client, as they are published.
 * With `--if-stale` only when a source is newer than the last build.
 */
import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onNode, root } from './lib/setup.mjs';

const node = await onNode(import.meta.filename);
const { buildClient, buildProgram } = await import('./lib/packages.mjs');

const inputs = [
  'packages/*/{src,bin,public}/**/*',
  'packages/*/{package,tsconfig,tsconfig.build}.json',
  'packages/web/{index.html,vite.config.ts}',
  'scripts/{build.mjs,lib/*.mjs}',
  'package-lock.json',
  'LICENSE',
  'README.md',
];
// Inside node_modules, so that a clean set-up also builds again.
const stamp = join(root, 'node_modules/.coaia/build');

/** One hash over names, sizes and times of everything that goes into the build. */
function hashInputs() {
  const hash = createHash('sha256');
  for (const file of globSync(inputs, { cwd: root }).toSorted()) {
    const { mtimeMs, size } = statSync(join(root, file));
    hash.update(`${file} ${size} ${mtimeMs}\n`);
  }
  return hash.digest('hex');
}

const before = hashInputs();
const built = existsSync(join(root, 'packages/coaia/dist/package.json')) && existsSync(stamp);
if (!(process.argv.includes('--if-stale') && built && readFileSync(stamp, 'utf8') === before)) {
  const begin = Date.now();
  await buildProgram();
  await buildClient(node);
  mkdirSync(join(stamp, '..'), { recursive: true });
  writeFileSync(stamp, before);
  process.stderr.write(`Built in ${((Date.now() - begin) / 1000).toFixed(1)} s.\n`);
}
