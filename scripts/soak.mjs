/** `npm run soak`: the crash, power-cut, disk and writer tests with their full counts. Takes a long time. */
import { join } from 'node:path';
import { runForeground } from './lib/run.mjs';
import { root, setUp, toolEnv } from './lib/setup.mjs';

const node = setUp();
process.exitCode = await runForeground(
  node,
  [join(root, 'scripts/test.mjs'), '--project=system', 'tests/soak', ...process.argv.slice(2)],
  { cwd: root, env: toolEnv(node, { COAIA_SOAK: '1' }) },
);
