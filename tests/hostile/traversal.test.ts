/** Names that try to leave their place, as ids and as files of the page: they are names and nothing else. */
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openHostileServer } from './hostile-server.ts';
import type { HostileServer } from './hostile-server.ts';
import { sendRaw, toRawRequest } from './raw-request.ts';

const CANARY = 'canary-of-a-file-outside';

const NAMES = [
  '../canary.txt',
  '../../canary.txt',
  '../../../../../../../../etc/passwd',
  '../../../../../../../../proc/self/environ',
  '../../../../../../../../proc/self/maps',
  '/etc/passwd',
  '//etc/passwd',
  '/proc/self/cmdline',
  '..\\..\\canary.txt',
  '..\\..\\..\\..\\etc\\passwd',
  'C:\\Windows\\win.ini',
  '\\\\host\\share',
  '....//....//canary.txt',
  '..././..././canary.txt',
  './../canary.txt',
  'a/../../canary.txt',
  'assets/../../canary.txt',
  'assets/../../../package.json',
  '../package.json',
  '../credentials.json',
  '../coaia.db',
  'coaia.db',
  'credentials.json',
  'link/canary.txt',
  '.env',
  '.git/config',
  '..;/canary.txt',
  '..%00/canary.txt',
  'canary.txt\0.png',
  'index.html/../../canary.txt',
  '~/.ssh/id_rsa',
  'file:///etc/passwd',
  '..',
];

const encodeAll = (text: string) =>
  [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');

/** The three ways a name travels: as it is, percent-encoded, and encoded twice. */
const ENCODINGS: Readonly<Record<string, (name: string) => string>> = {
  plain: (name) => name.replaceAll('\0', '%00').replaceAll(' ', '%20'),
  encoded: encodeAll,
  'encoded twice': (name) => encodeAll(name).replaceAll('%', '%25'),
};

const PREFIXES = [
  '/api/public/traces/',
  '/api/public/observations/',
  '/api/public/sessions/',
  '/api/v1/projects/default/traces/',
  '/api/v1/projects/',
  '/',
  '/assets/',
];

const SIGNS = [
  CANARY,
  'root:x:0:',
  'sk-lf-',
  'SQLite format 3',
  'PATH=',
  '"dependencies"',
  '[core]',
  '[vdso]',
];

describe('traversal', () => {
  let server: HostileServer;
  let outside: string;
  beforeAll(async () => {
    server = await openHostileServer();
    outside = mkdtempSync(join(tmpdir(), 'coaia-outside-'));
    writeFileSync(join(outside, 'canary.txt'), CANARY);
    writeFileSync(join(server.home, 'canary.txt'), CANARY);
    symlinkSync(outside, join(server.home, 'link'));
  });
  afterAll(async () => {
    await server.stop();
    rmSync(outside, { recursive: true, force: true });
  });

  const cases = PREFIXES.flatMap((prefix) =>
    Object.keys(ENCODINGS).map((way) => [prefix, way] as const),
  );

  it.each(cases)('by names below %s, %s', { timeout: 120_000 }, async (prefix, way) => {
    const before = server.countRows();
    for (const name of NAMES) {
      const path = `${prefix}${ENCODINGS[way]?.(name) ?? ''}`;
      for (const method of ['GET', 'DELETE']) {
        const headers = {
          Host: `127.0.0.1:${server.port}`,
          Authorization: server.authorization,
          'Content-Length': '0',
          Connection: 'close',
        };
        const answer = await sendRaw(server.port, toRawRequest(`${method} ${path}`, headers));
        const label = `${method} ${path}`;
        expect(answer.status, `${label}: ${answer.body.slice(0, 200)}`).toBeGreaterThanOrEqual(200);
        expect(answer.status === 503 ? 404 : answer.status, label).toBeLessThan(500);
        for (const sign of SIGNS) expect(answer.body, label).not.toContain(sign);
        expect(answer.body, label).not.toContain(server.home);
      }
    }
    expect(server.countRows()).toEqual(before);
  });
});
