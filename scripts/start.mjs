/**
 * `npm start`: installs what is missing, builds what is stale, and runs `coaia up` in the foreground.
 * Arguments are passed on: `npm start -- --port 0`.
 */
import { join } from 'node:path';
import { runForeground } from './lib/run.mjs';
import { root, setUp, toolEnv } from './lib/setup.mjs';

const node = setUp();
const env = toolEnv(node);
const built = await runForeground(node, [join(root, 'scripts/build.mjs'), '--if-stale'], { env });
process.exitCode =
  built === 0
    ? await runForeground(node, [
        join(root, 'packages/coaia/dist/coaia.js'),
        'up',
        ...process.argv.slice(2),
      ])
    : built;
