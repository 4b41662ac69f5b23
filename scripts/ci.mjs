/** `npm run ci`: what the server of continuous integration runs. Stops at the first part that fails. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root, setUp, toolEnv } from './lib/setup.mjs';

const node = setUp();
const parts = [
  ['check', ['scripts/check.mjs']],
  ['test', ['scripts/test.mjs']],
  ['build', ['scripts/build.mjs']],
  ['packed install', ['scripts/test.mjs', '--project=packed']],
];

const times = [];
for (const [name, [file, ...args]] of parts) {
  process.stdout.write(`\n=== ${name}\n`);
  const begin = Date.now();
  const { status } = spawnSync(node, [join(root, file), ...args], {
    cwd: root,
    env: toolEnv(node),
    stdio: 'inherit',
  });
  times.push(
    `${name.padEnd(16)} ${status === 0 ? 'ok    ' : 'failed'} ${((Date.now() - begin) / 1000).toFixed(0).padStart(5)} s`,
  );
  if (status !== 0) {
    process.exitCode = 1;
    break;
  }
}
process.stdout.write(`\n${times.join('\n')}\n`);
