/** What must not be loaded before it is needed: the start-up budget, counted in modules instead of milliseconds. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, test } from 'vitest';

const home = mkdtempSync(join(tmpdir(), 'coaia-start-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const script = `
  import { registerHooks } from 'node:module';
  const urls = [];
  registerHooks({ load: (url, context, next) => { urls.push(url); return next(url, context); } });
  const before = new Set(process.moduleLoadList);
  const { runCli } = await import(${JSON.stringify(join(import.meta.dirname, 'run.ts'))});
  const code = await runCli(JSON.parse(process.argv[1]));
  const builtin = process.moduleLoadList.filter((name) => !before.has(name));
  process.stderr.write('@@' + JSON.stringify({ code, urls, builtin }));
`;

async function readLoaded(...words: readonly string[]): Promise<string> {
  const { stderr } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '-e', script, JSON.stringify(words)],
    { cwd: home, env: { HOME: home, COAIA_HOME: join(home, '.coaia') } },
  );
  const { urls, builtin } = JSON.parse(stderr.slice(stderr.indexOf('@@') + 2)) as {
    readonly urls: readonly string[];
    readonly builtin: readonly string[];
  };
  return [...urls, ...builtin].join('\n');
}

const LIBRARIES = /node_modules\/(?:zod|kysely|hono|pg|yaml|@hono|@bufbuild)\//;
const NETWORK = /NativeModule (?:http|https|internal\/deps\/undici\/undici|net|tls)$/m;
const STORE = /NativeModule sqlite$/m;
/** Each noun may keep its command lines in its own folder. */
const ROOMS =
  /src\/(?:observability|curation|store|http|access|config|egress)\/(?!(?:[\w-]+\/)?commands\.ts)/;

test.each([[], ['--help'], ['fuse', 'traces', '--help'], ['help'], ['version'], ['nonsense']])(
  'routing and help load tables only: %j %j %j',
  async (...words) => {
    const loaded = await readLoaded(...words.filter((word) => typeof word === 'string'));
    for (const forbidden of [LIBRARIES, NETWORK, STORE, ROOMS])
      expect(loaded).not.toMatch(forbidden);
  },
);

test('settings need neither libraries nor network nor store', async () => {
  const loaded = await readLoaded('config', 'show');
  for (const forbidden of [LIBRARIES, NETWORK, STORE]) expect(loaded).not.toMatch(forbidden);
});

test('a local write needs no network and no schema library', async () => {
  const loaded = await readLoaded('fuse', 'traces', 'create', 't1', '-n', 'x');
  expect(loaded).toMatch(STORE);
  expect(loaded).not.toMatch(NETWORK);
  expect(loaded).not.toMatch(/node_modules\/(?:hono|pg|@hono)\//);
});
