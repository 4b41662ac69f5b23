/**
 * `npm run soak`: the crash, power-cut, disk and writer tests and the generated requests with their full counts, and
 * every property with new cases, twenty times as many. Takes a long time.
 */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { runForeground } from './lib/run.mjs';
import { root, setUp, toolEnv } from './lib/setup.mjs';

/** Everything by default, or the paths that are named. */
const named = process.argv.slice(2);
const listProperties = () =>
  execFileSync('git', ['grep', '-l', "from 'fast-check'", '--', '*.test.ts', '*.test.tsx'], {
    cwd: root,
    encoding: 'utf8',
  })
    .trim()
    .split('\n');
const paths = named.length > 0 ? named : ['tests/soak', ...listProperties()];
const projects = ['system', 'unit', 'web'].map((name) => `--project=${name}`);
const node = setUp();
process.exitCode = await runForeground(
  node,
  [join(root, 'scripts/test.mjs'), ...projects, ...paths],
  { cwd: root, env: toolEnv(node, { COAIA_SOAK: '1' }) },
);
