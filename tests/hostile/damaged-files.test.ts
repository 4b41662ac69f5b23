/** Damaged files of ours: a short sentence that names the file, no hang, nothing overwritten without a copy. */
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DAMAGES, SHORT, withDamage } from './damage.ts';
import type { Damage } from './damage.ts';
import { isSoak } from './hostile-server.ts';
import { runCoaia } from './program.ts';
import type { Ended } from './program.ts';

const damages = isSoak ? DAMAGES : DAMAGES.slice(0, SHORT);

interface Case {
  readonly file: string;
  readonly read: readonly string[];
  readonly write?: readonly string[];
}

const FILES: readonly Case[] = [
  { file: 'config.json', read: ['config', 'show'], write: ['config', 'set', 'offline', 'true'] },
  {
    file: 'coaia.json',
    read: ['config', 'show'],
    write: ['config', 'set', 'offline', 'true', '--project'],
  },
  { file: '.env', read: ['config', 'show'] },
  { file: 'coaia.db', read: ['db', 'info'] },
  {
    file: 'coaia.db',
    read: ['fuse', 'traces'],
    write: ['fuse', 'traces', 'create', 'x', '-n', 'x'],
  },
];

/** Content of a regular file, otherwise what it is. */
function readState(path: string): string {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return 'absent';
  return stats.isFile() ? readFileSync(path).toString('base64') : `kind ${stats.mode}`;
}

function expectSentence(ended: Ended, damage: Damage, file: string): void {
  const said = `${ended.stderr}${ended.status === 0 ? '' : ended.stdout}`;
  const label = `${file}, ${damage.name}: ${said.slice(0, 300)}`;
  expect(ended.signal, label).toBeNull();
  expect(said, label).not.toMatch(/\n\s+at .+:\d+:\d+/);
  expect(said.length, label).toBeLessThan(2_000);
  if (ended.status !== 0 || !damage.isMild) expect(said, label).toContain(basename(file));
}

async function expectStart(own: string, path: string, damage: Damage): Promise<void> {
  const up = await runCoaia(own, ['up', '--port', '0', '--detach']);
  const label = `${damage.name}: ${up.stderr}${up.stdout}`;
  expect([up.signal, up.status], label).toEqual([null, 0]);
  const text = readFileSync(path, 'utf8').replace('\u{feff}', '');
  expect(JSON.parse(text), label).toMatchObject({ projectId: 'default' });
  if (damage.isMild) return;
  const kept = readdirSync(own).filter((name) => name.startsWith('credentials.json.damaged-'));
  expect(kept, label).toHaveLength(1);
}

describe('damaged files', () => {
  let home: string;
  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'coaia-damage-'));
    writeFileSync(join(home, 'coaia.json'), '{"offline": false}\n');
    writeFileSync(join(home, '.env'), 'COAIA_TIMEOUT=30\n');
    await runCoaia(home, ['config', 'set', 'port', '26001']);
    await runCoaia(home, ['fuse', 'traces', 'create', 'first', '-n', 'first']);
  });
  afterAll(() => rmSync(home, { recursive: true, force: true }));

  it.each(FILES)('$file with coaia $read', { timeout: 600_000 }, async ({ file, read, write }) => {
    const path = join(home, file);
    for (const damage of damages) {
      await withDamage(path, damage, async () => {
        const before = readState(path);
        expectSentence(await runCoaia(home, read), damage, path);
        expect(readState(path), `${file}, ${damage.name} after a read`).toBe(before);
        if (write === undefined) return;
        const names = new Set(readdirSync(dirname(path)));
        const ended = await runCoaia(home, write);
        expectSentence(ended, damage, path);
        const isKept = readdirSync(dirname(path)).some(
          (name) => !names.has(name) && name.includes(basename(path)),
        );
        if (!damage.isMild && !isKept)
          expect(readState(path), `${file}, ${damage.name}`).toBe(before);
      });
    }
  });

  it(
    'credentials.json: the server starts, says so, and keeps what was there',
    { timeout: 600_000 },
    async () => {
      for (const damage of damages) {
        const own = join(home, `server-${damage.name.replaceAll(/\W/g, '-')}`);
        mkdirSync(own, { mode: 0o700 });
        const path = join(own, 'credentials.json');
        damage.apply(
          path,
          Buffer.from('{"projectId":"default","publicKey":"pk-lf-a","secretKey":"sk-lf-b"}\n'),
        );
        try {
          await expectStart(own, path, damage);
        } finally {
          const down = await runCoaia(own, ['down']);
          expect(down.status, down.stderr).toBe(0);
        }
      }
    },
  );
});
