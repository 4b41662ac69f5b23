/** `npm run ci`: what the server of continuous integration runs. Stops at the first part that fails. */
import { spawnSync } from 'node:child_process';
import { root, setUp, toolEnv } from './lib/setup.mjs';

const node = setUp();
const parts = [
  { name: 'check', command: ['scripts/check.mjs'] },
  { name: 'test', command: ['scripts/test.mjs'] },
  { name: 'build', command: ['scripts/build.mjs'] },
  { name: 'packed install', command: ['scripts/test.mjs', '--project=packed'] },
];

const times = [];
for (const { name, command } of parts) {
  process.stdout.write(`\n=== ${name}\n`);
  const begin = Date.now();
  const { status } = spawnSync(node, command, {
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
