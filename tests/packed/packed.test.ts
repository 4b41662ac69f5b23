/** What a user gets: packed, installed into an empty prefix, run from there. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Installed } from './install-packed.ts';
import { installPacked, openServer, runProgram } from './install-packed.ts';

let installed: Installed;
beforeAll(async () => {
  installed = await installPacked();
});
afterAll(async () => {
  await installed?.remove();
});

describe('the install', () => {
  test('has no install script, at most 80 packages and 40 MB', () => {
    const hooks = ['preinstall', 'install', 'postinstall', 'preprepare', 'prepare', 'postprepare'];
    const scripted = installed.manifests.filter(({ scripts }) =>
      hooks.some((hook) => scripts?.[hook] !== undefined),
    );
    expect(scripted.map(({ name }) => name)).toEqual([]);
    expect(installed.manifests.length).toBeLessThanOrEqual(80);
    expect(installed.manifests.map(({ name }) => name)).toContain('coaia');
    expect(installed.bytes).toBeLessThanOrEqual(40 * 1024 * 1024);
  });
  test('warns about nothing', () =>
    expect(installed.messages).not.toMatch(/warn|deprecated|EBADENGINE/i));
  test('carries the licences of what is inside', () => {
    const folder = join(installed.bin, '../lib/node_modules/coaia');
    const notices = readFileSync(join(folder, 'THIRD-PARTY-NOTICES'), 'utf8');
    for (const name of ['hono', 'kysely', 'pg', 'zod', 'yaml', 'react'])
      expect(notices).toMatch(new RegExp(`^${name} \\d`, 'm'));
    expect(readFileSync(join(folder, 'LICENSE'), 'utf8')).toContain('Apache License');
    const bill = JSON.parse(readFileSync(join(folder, 'sbom.cdx.json'), 'utf8')) as {
      components: { purl: string }[];
    };
    expect(bill.components.length).toBeGreaterThan(10);
    expect(notices.match(/ \(.+\)$/gm)?.length).toBeGreaterThanOrEqual(bill.components.length);
  });
});

test('the page loads at most 180 KB of JavaScript before anything else', () => {
  const folder = join(installed.bin, '../lib/node_modules/coaia/web');
  const html = readFileSync(join(folder, 'index.html'), 'utf8');
  const scripts = [...html.matchAll(/(?:src|href)="(\/[^"]+\.js)"/g)].map(([, path = '']) => path);
  const bytes = scripts.map(
    (path) => gzipSync(readFileSync(join(folder, path)), { level: 9 }).length,
  );
  expect(scripts.length).toBeGreaterThan(0);
  expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(180 * 1024);
});

describe('the programs', () => {
  test('coaia --version', async () => {
    const { version } = JSON.parse(
      readFileSync(new URL('../../packages/coaia/package.json', import.meta.url), 'utf8'),
    ) as { version: string };
    const { code, stdout, stderr } = await installed.run(['--version']);
    expect({ code, stdout, stderr }).toEqual({
      code: 0,
      stdout: `coaia ${version} (node ${process.versions.node}, ${process.platform}-${process.arch})\n`,
      stderr: '',
    });
  });
  test('coaia alone shows the way in', async () => {
    const { code, stdout } = await installed.run([]);
    expect(code).toBe(0);
    expect(stdout).toContain('coaia up');
  });
  test('ao makes a project, and checks its style with what it brings along', async () => {
    expect((await installed.run(['--help'], 'ao')).stdout).toMatch(/Usage: ao COMMAND[^]*init/);
    const ao = join(installed.bin, 'ao');
    const line = `cd "$HOME" && "${ao}" init demo --lang python && cd demo && "${ao}" check --only quality`;
    const { code, stdout, stderr } = await runProgram('/bin/sh', ['-c', line], installed.env);
    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect(stdout).toMatch(/ok {2}style \(ruff [\d.]+ \(bundled\)\)/);
  });
  test('an older Node gets one line naming the version and the way to it', async () => {
    const old =
      "data:text/javascript,Object.defineProperty(process,'versions',{value:{...process.versions,node:'20.19.0'}})";
    const main = join(installed.bin, '../lib/node_modules/coaia/coaia.js');
    const { code, stdout, stderr } = await runProgram(
      process.execPath,
      ['--import', old, main, '--version'],
      installed.env,
    );
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(
      /^coaia needs Node 24 or newer, this is 20\.19\.0: .*https:\/\/nodejs\.org.*\n$/,
    );
  });
  test('what an older Node reads has no syntax it does not know', () => {
    const text = readFileSync(join(installed.bin, '../lib/node_modules/coaia/coaia.js'), 'utf8');
    const first = text.matchAll(/from\s*["']([^"']+)["']/g);
    const folder = join(installed.bin, '../lib/node_modules/coaia');
    const files = [...first].map(([, name = '']) => name).filter((name) => name.startsWith('.'));
    const all = [text, ...files.map((name) => readFileSync(join(folder, name), 'utf8'))].join('\n');
    expect(all.length).toBeLessThan(4096);
    expect(all).not.toMatch(
      /import\s*\{[^}]*\}\s*from\s*["']node:|\bwith\s*\{|\busing\s|\|\|=|\?\?=|static\s*\{/,
    );
  });
});

describe('the workbench', () => {
  test('coaia up takes a first trace and shows the page', async () => {
    const server = await openServer(installed);
    try {
      const { publicKey, secretKey } = JSON.parse(
        readFileSync(join(installed.home, '.coaia/credentials.json'), 'utf8'),
      ) as Record<string, string>;
      const headers = {
        authorization: `Basic ${Buffer.from(`${publicKey}:${secretKey}`).toString('base64')}`,
        'content-type': 'application/json',
      };
      const event = {
        id: 'e1',
        type: 'trace-create',
        timestamp: new Date().toISOString(),
        body: { id: 'first', name: 'first trace' },
      };
      const sent = await fetch(`${server.url}/api/public/ingestion`, {
        method: 'POST',
        headers,
        body: JSON.stringify({ batch: [event] }),
      });
      expect(sent.status).toBe(207);
      const read = await fetch(`${server.url}/api/public/traces/first`, { headers });
      expect(await read.json()).toMatchObject({ id: 'first', name: 'first trace' });

      const page = await fetch(server.url);
      expect(page.headers.get('content-type')).toContain('text/html');
      const script = /src="(\/[^"]+\.js)"/.exec(await page.text())?.[1];
      expect((await fetch(server.url + script)).status).toBe(200);
    } finally {
      expect(await server.close()).toBe(0);
    }
  });
  test('a trace without a server', async () => {
    const created = await installed.run([
      'fuse',
      'traces',
      'create',
      'second',
      '-n',
      'second trace',
    ]);
    expect(created).toMatchObject({ code: 0 });
    const shown = await installed.run(['fuse', 'traces', 'trace-view', 'second', '--json']);
    expect(shown).toMatchObject({ code: 0 });
    expect(JSON.parse(shown.stdout)).toMatchObject({ id: 'second', name: 'second trace' });
  });
});
