/** A secret that is set in every way is found nowhere but where it was put. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { runCoaia } from '#cli/testing';
import type { RunOptions } from '#cli/testing';

const home = mkdtempSync(join(tmpdir(), 'coaia-secrecy-'));
const umask = process.umask(0o000);
afterAll(() => {
  process.umask(umask);
  rmSync(home, { recursive: true, force: true });
});

/** A secret of its own for every way in. */
const toCanary = (way: string) => `canary-${way}-8Qz4-ü/+&-${'0'.repeat(4)}`;
const ways = ['set', 'stdin', 'file', 'saved', 'temp', 'exec'] as const;

/** Plain, hex, URL, JSON and base64; the last at each of the three offsets it may have in a longer text. */
function toForms(secret: string): readonly string[] {
  const bytes = Buffer.from(secret);
  const encoded = [0, 1, 2].map((offset) => {
    const text = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
    return text.slice(offset === 0 ? 0 : 4, -4);
  });
  return [secret, bytes.toString('hex'), encodeURIComponent(secret), ...encoded];
}

const outputs: string[] = [];
async function run(line: string | readonly string[], options: RunOptions = {}): Promise<void> {
  const { stdout, stderr } = await runCoaia(line, { home, ...options });
  outputs.push(stdout, stderr);
}

function listFiles(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? listFiles(path) : [path];
  });
}

test('listings, notices, errors, the store and traces have none of them', async () => {
  const stdin = toCanary('stdin');
  writeFileSync(join(home, '.env'), `LANGFUSE_SECRET_KEY='${toCanary('file')}'\n`);
  await run(['env', 'set', 'NOTE', toCanary('set')]);
  await run('env set NOTE_TOO - --name other', { stdin });
  await run('env save', { env: { COAIA_USER_ID: 'ada' } });
  await run('env keygen');
  await run('env encrypt --name other --remove');
  await run('env encrypt --remove');
  await run(['env', 'set', 'LATER', toCanary('saved')]);
  for (const line of [
    'env list',
    'env list --name default',
    'env list --name default --json',
    'env list --name other',
    'env resolve',
    'env resolve NOTE --json',
    'env default',
    'env NOTE',
    'env view',
    'env diff default other',
    'env profiles',
    'env recipients list',
    'env rotate',
    'env copy default third',
    'env promote default third --keys NOTE --yes --json',
    'env set NOTE',
    'env set 1NOTE',
    'env use other',
    'env source --name gone',
    'config show --origin',
    'config explain langfuse_secret_key',
    'doctor',
    'fuse traces create t1 -n x',
  ])
    await run(line);
  await run(['env', 'set', 'A;B', toCanary('temp')]);
  await run(['env', 'exec', '--name', 'default', '--', 'true']);
  await run(['trace', '--name', 'n', '--', 'coaia-none'], { env: { API_KEY: toCanary('exec') } });
  const files = listFiles(home);
  expect(files.some((path) => path.endsWith('coaia.db'))).toBe(true);
  const kept = new Map(files.map((path) => [path, readFileSync(path, 'latin1')]));
  // Both searches would find what is there.
  expect(outputs.join('\n')).toContain('****');
  expect(kept.get(join(home, '.env'))).toContain(Buffer.from(toCanary('file')).toString('latin1'));
  const said = Buffer.from(outputs.join('\n')).toString('latin1');
  for (const form of ways.flatMap((way) => toForms(toCanary(way)))) {
    const sought = Buffer.from(form).toString('latin1');
    expect(said, form).not.toContain(sought);
    const found = [...kept].filter(([, text]) => text.includes(sought)).map(([path]) => path);
    // The file it was put into, and no copy of it: what was encrypted is gone.
    expect(found.filter((path) => path !== join(home, '.env'))).toEqual([]);
  }
  const open = files.filter(
    (path) => path !== join(home, '.env') && (statSync(path).mode & 0o077) !== 0,
  );
  expect(
    open.filter((path) =>
      /env|keys|recipients|profiles|trust|backups/.test(path.slice(home.length)),
    ),
  ).toEqual([]);
});
