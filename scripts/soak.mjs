/** `npm run soak`: the crash, power-cut, disk and writer tests and the generated requests with their full counts. Takes a long time. */
import { join } from 'node:path';
import { runForeground } from './lib/run.mjs';
import { root, setUp, toolEnv } from './lib/setup.mjs';

/** Everything by default, or the paths that are named. */
const named = process.argv.slice(2);
const paths = named.length > 0 ? named : ['tests/soak', 'tests/hostile/surface-fuzz.test.ts'];
const node = setUp();
process.exitCode = await runForeground(
  node,
  [join(root, 'scripts/test.mjs'), '--project=system', ...paths],
  { cwd: root, env: toolEnv(node, { COAIA_SOAK: '1' }) },
);
