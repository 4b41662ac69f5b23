/** `npm run bench -- NAME [arguments]`: builds what is stale and runs `bench/NAME.ts`. */
import { globSync } from 'node:fs';
import { basename, join } from 'node:path';
import { runForeground } from './lib/run.mjs';
import { onNode, root, toolEnv } from './lib/setup.mjs';

const node = await onNode(import.meta.filename);
const [name, ...args] = process.argv.slice(2);
// A bench is a file or a folder with a run.ts in it.
const files = globSync(['bench/*.ts', 'bench/*/run.ts'], { cwd: root });
const names = new Map(
  files.map((file) => [
    file.endsWith('run.ts') ? basename(join(file, '..')) : basename(file, '.ts'),
    file,
  ]),
);
const file = names.get(name);
if (file === undefined) {
  process.stderr.write(
    `Usage: npm run bench -- NAME; NAME is one of ${[...names.keys()].toSorted().join(', ')}\n`,
  );
  process.exit(2);
}
const env = toolEnv(node);
const built = await runForeground(node, [join(root, 'scripts/build.mjs'), '--if-stale'], { env });
process.exitCode =
  built === 0 ? await runForeground(node, [join(root, file), ...args], { cwd: root, env }) : built;
