/** Encrypted environments on the command line. */
import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runCoaia } from '#cli/testing';
import type { RunOptions } from '#cli/testing';
import { encryptByPassphrase } from '#config';

let home: string;
beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'coaia-seal-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const run = (line: string, options: RunOptions = {}) =>
  runCoaia(`env ${line}`, { home, ...options });
const path = (name: string) => join(home, name);
const read = (name: string) => readFileSync(path(name), 'utf8');

/** A key and an encrypted environment `prod`; returns the public key. */
async function seal(text = '# prod\nTOKEN=canary-9\nA=1\n'): Promise<string> {
  const made = await run('keygen');
  writeFileSync(path('.coaia-env.prod'), text);
  await run('encrypt --name prod --remove');
  return made.stdout.trim();
}

test('keygen makes one private key and leaves it alone', async () => {
  const { stdout, stderr, code } = await run('keygen');
  expect([code, stdout]).toEqual([0, expect.stringMatching(/^age1[0-9a-z]{58}\n$/)]);
  expect(stderr).not.toContain('AGE-SECRET');
  expect(statSync(path('.coaia/keys/env.key')).mode & 0o777).toBe(0o600);
  expect(statSync(path('.coaia/keys')).mode & 0o777).toBe(0o700);
  const key = read('.coaia/keys/env.key');
  expect((await run('keygen')).stderr).toContain('COAIA-5403');
  expect(read('.coaia/keys/env.key')).toBe(key);
  expect((await run('keygen --out other.key')).code).toBe(0);
});

describe('an encrypted environment', () => {
  test('is read and changed like a plain one, and never lies there in plain', async () => {
    await seal();
    expect(existsSync(path('.coaia-env.prod'))).toBe(false);
    expect(statSync(path('.coaia-env.prod.age')).mode & 0o777).toBe(0o600);
    expect((await run('list')).stdout).toContain('encrypted');
    expect((await run('list --name prod')).stdout).toMatch(/TOKEN +\| \*{4}[^]*A +\| \*{4}/);
    expect((await run('get TOKEN --name prod')).stdout).toBe('canary-9\n');
    expect((await run('get TOKEN', { env: { COAIA_PROFILE: 'prod' } })).stdout).toBe('canary-9\n');
    await run('set NEW 2 --name prod');
    await run('unset A --name prod');
    expect((await run('decrypt --name prod --stdout')).stdout).toBe(
      '# prod\nTOKEN=canary-9\nNEW=2\n',
    );
    expect((await run('view --name prod')).stdout).toBe('# prod\nTOKEN=****\nNEW=****\n');
    expect((await run('view --name prod --reveal')).stdout).toContain('canary-9');
    expect((await run('source --name prod --export')).stdout).toContain("TOKEN='canary-9'");
    const seen = await run('source --name prod --export', { isTTY: true });
    expect([seen.code, seen.stdout]).toEqual([2, '']);
    expect(seen.stderr).toContain('COAIA-5406');
    expect((await run('source --name prod --export --reveal', { isTTY: true })).code).toBe(0);
    const settings = await runCoaia('config get port --env .coaia-env.prod.age', { home });
    expect(settings.code).toBe(0);
    expect(JSON.stringify(readdirSync(home))).not.toContain('.coaia-env.prod"');
    await run('copy prod staging');
    expect(read('.coaia-env.staging.age')).toMatch(/^-----BEGIN AGE/);
  });

  test('a wrong key, a changed file and a missing key are told apart', async () => {
    await seal();
    await run('keygen --out other.key');
    expect(await run('get A --name prod --key-file other.key')).toMatchObject({
      code: 3,
      stdout: '',
      stderr: expect.stringContaining('COAIA-0221'),
    });
    const sealed = read('.coaia-env.prod.age');
    const lines = sealed.split('\n');
    const last = lines.length - 3;
    const letter = lines[last]?.startsWith('A') === true ? 'B' : 'A';
    lines[last] = `${letter}${lines[last]?.slice(1) ?? ''}`;
    writeFileSync(path('.coaia-env.prod.age'), lines.join('\n'));
    for (const line of ['get A --name prod', 'set A 2 --name prod', 'edit --name prod'])
      expect(await run(line), line).toMatchObject({
        code: 1,
        stdout: '',
        stderr: expect.stringContaining('COAIA-0222'),
      });
    expect(read('.coaia-env.prod.age')).toBe(lines.join('\n'));
    writeFileSync(path('.coaia-env.prod.age'), sealed);
    rmSync(path('.coaia/keys'), { recursive: true });
    expect(await run('get A --name prod')).toMatchObject({
      code: 3,
      stderr: expect.stringMatching(/COAIA-0220[^]*coaia env keygen/),
    });
    // What the process environment answers needs no key.
    const env = { COAIA_PROFILE: 'prod', A: 'mine' };
    expect((await run('get A', { env })).stdout).toBe('mine\n');
  });

  test('encrypt offers to remove the plain file, and says when git keeps it', async () => {
    await run('keygen');
    const git = (...words: string[]) => execFileSync('git', words, { cwd: home, stdio: 'ignore' });
    writeFileSync(path('.env'), 'A=1\n');
    git('init');
    git('add', '-f', '.env');
    const kept = await run('encrypt --file .env');
    expect(kept.stderr).toMatch(/git keeps [^]*still there/);
    expect((await run('encrypt --file .env')).stderr).toContain('COAIA-5403');
    const asked = { isTTY: true, answers: ['y'] };
    expect((await run('encrypt --file .env --force', asked)).stdout).toContain('replaces');
    expect(existsSync(path('.env'))).toBe(false);
    expect((await runCoaia('config get port --env .env.age', { home })).code).toBe(0);
    expect((await run('decrypt --file .env.age')).code).toBe(0);
    expect(read('.env')).toBe('A=1\n');
    expect((await run('decrypt --file .env')).stderr).toContain('COAIA-5403');
    expect((await run('encrypt --name gone')).stderr).toContain('COAIA-5401');
  });

  test('edit gives the editor a private file and leaves nothing behind', async () => {
    await seal();
    const editor = path('editor');
    const log = path('log');
    writeFileSync(
      editor,
      `#!/bin/sh\nls -l "$1" > ${log}; echo "$1" >> ${log}\necho B=2 >> "$1"\n`,
    );
    chmodSync(editor, 0o755);
    const env = { EDITOR: editor, PATH: process.env['PATH'] };
    expect((await run('edit --name prod', { env })).code).toBe(0);
    expect((await run('get B --name prod')).stdout).toBe('2\n');
    const [mode = '', file = ''] = readFileSync(log, 'utf8').trim().split('\n');
    expect(mode).toMatch(/^-rw-------/);
    if (existsSync('/dev/shm')) expect(file).toMatch(/^\/dev\/shm\//);
    expect(existsSync(file)).toBe(false);
    writeFileSync(editor, '#!/bin/sh\nexit 3\n');
    expect((await run('edit --name prod', { env })).stderr).toContain('COAIA-5407');
    expect((await run('edit --name prod')).stderr).toContain('COAIA-5407');
    writeFileSync(editor, '#!/bin/sh\nprintf "{" > "$1"\n');
    expect((await run('edit --name prod', { env })).stderr).toContain('COAIA-0201');
    expect((await run('edit --name prod', { env: { ...env, EDITOR: 'true' } })).stderr).toContain(
      'Nothing was changed',
    );
    expect((await run('get B --name prod')).stdout).toBe('2\n');
  });
});

describe('several people', () => {
  test('are added, listed and removed, and files are written again for them', async () => {
    const own = await seal();
    const made = await run('keygen --out ada.key --json');
    const { recipient } = JSON.parse(made.stdout) as { recipient: string };
    const asAda = 'get A --name prod --key-file ada.key';
    expect((await run(asAda)).code).toBe(3);
    expect((await run(`recipients add ${recipient} --note ada`)).stdout).toContain(
      '2 keys; 1 file',
    );
    expect((await run(asAda)).stdout).toBe('1\n');
    expect(read('.coaia/recipients.txt')).toBe(`${own} # you\n${recipient} # ada\n`);
    await run('set C 3 --name prod --key-file ada.key');
    expect((await run('get C --name prod')).stdout).toBe('3\n');
    expect(JSON.parse((await run('recipients list --json')).stdout)).toHaveLength(2);
    expect((await run('recipients add age1nonsense')).stderr).toContain('COAIA-0225');
    const mistake = await run(`recipients add ${read('ada.key').trim().split('\n').at(-1) ?? ''}`);
    expect(mistake.stderr).toContain('COAIA-0225');
    expect(mistake.stderr).not.toMatch(/SECRET-KEY-1/);
    expect((await run('recipients remove bob')).stderr).toContain('COAIA-5402');
    expect((await run('recipients remove ada')).code).toBe(0);
    expect((await run(asAda)).code).toBe(3);
    expect((await run('recipients remove you')).stderr).toContain('COAIA-5408');
    expect((await run('get A --name prod')).stdout).toBe('1\n');
  });

  test('a file that would no longer open here is not left alone', async () => {
    const made = await run('keygen --out ada.key');
    mkdirSync(path('.coaia'), { recursive: true });
    writeFileSync(path('.coaia/recipients.txt'), made.stdout);
    await run('keygen');
    writeFileSync(path('.coaia-env'), 'A=1\n');
    expect((await run('encrypt --remove')).stderr).toContain('COAIA-5408');
    expect(read('.coaia-env')).toBe('A=1\n');
  });

  test('rotate encrypts anew, with a new key where that is wanted', async () => {
    const own = await seal();
    const before = read('.coaia-env.prod.age');
    expect((await run('rotate --name prod')).stdout).toBe('Encrypted 1 file again.\n');
    expect(read('.coaia-env.prod.age')).not.toBe(before);
    const { stdout } = await run('rotate --new-key --json');
    const { recipient } = JSON.parse(stdout) as { recipient: string };
    expect(recipient).not.toBe(own);
    expect((await run('get A --name prod')).stdout).toBe('1\n');
    // What the old key encrypted elsewhere still opens.
    writeFileSync(path('.coaia-env.prod.age'), before);
    expect((await run('get A --name prod')).stdout).toBe('1\n');
    expect((await run('rotate --name gone')).stderr).toContain('COAIA-5401');
  });
});

test('a key locked by a passphrase opens with a file or an open file', async () => {
  writeFileSync(path('pass'), 'open sesame\n');
  await run('keygen');
  // A real lock costs every guess, and this test, half a second; the work factor stands in the file.
  const key = path('.coaia/keys/env.key');
  writeFileSync(key, await encryptByPassphrase(readFileSync(key, 'utf8'), 'open sesame', 4));
  writeFileSync(path('.coaia-env'), 'A=1\n');
  // Encrypting needs no secret.
  expect((await run('encrypt --remove')).code).toBe(0);
  expect(await run('get A --name default')).toMatchObject({
    code: 3,
    stderr: expect.stringContaining('COAIA-0223'),
  });
  expect((await run('get A --name default --passphrase-file pass')).stdout).toBe('1\n');
  const env = { COAIA_ENV_PASSPHRASE_FILE: path('pass') };
  expect((await run('get A', { env })).stdout).toBe('1\n');
  expect((await run('rotate --new-key')).stderr).toContain('COAIA-0223');
  expect((await run('rotate --new-key --passphrase-file pass')).code).toBe(0);
  const head = readFileSync(key, 'utf8').split('\n').slice(1, 3).join('');
  expect(Buffer.from(head, 'base64').toString('latin1')).toMatch(/-> scrypt \S+ 18\n/);
  expect((await run('keygen --out k --passphrase')).stderr).toContain('COAIA-5405');
});

const hasAge = spawnSync('age', ['--version']).status === 0;
describe.skipIf(!hasAge)(`Debian's age${hasAge ? '' : ' not run: age is not installed'}`, () => {
  test('opens our files with our key, and we open its', async () => {
    const own = await seal();
    const age = (words: readonly string[], input?: string) =>
      execFileSync('age', words, { cwd: home, input, encoding: 'utf8' });
    expect(age(['-d', '-i', '.coaia/keys/env.key', '.coaia-env.prod.age'])).toContain('canary-9');
    writeFileSync(path('.coaia-env.theirs.age'), age(['-a', '-r', own], 'X=from age\n'));
    expect((await run('get X --name theirs')).stdout).toBe('from age\n');
    execFileSync('age-keygen', ['-o', 'theirs.key'], { cwd: home, stdio: 'ignore' });
    const key = execFileSync('age-keygen', ['-y', 'theirs.key'], { cwd: home, encoding: 'utf8' });
    await run(`recipients add ${key.trim()}`);
    expect(age(['-d', '-i', 'theirs.key', '.coaia-env.prod.age'])).toContain('canary-9');
    expect((await run('get X --name theirs --key-file theirs.key')).stdout).toBe('from age\n');
  });
});
