import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { runCoaia } from '#cli/testing';

let home = '';
let cwd = '';
let server: Server | undefined;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'coaia-share-'));
  cwd = join(home, 'project');
  mkdirSync(cwd);
});

afterEach(() => {
  server?.close();
  server = undefined;
  rmSync(home, { recursive: true, force: true });
});

const run = (line: string, env: Readonly<Record<string, string>> = {}) =>
  runCoaia(line, { home, cwd, env });

const template = (fields: Readonly<Record<string, unknown>> = {}) =>
  `${JSON.stringify({ name: 'mine', version: '1.0.0', steps: [{ name: 'One' }], ...fields })}\n`;

function write(path: string, text: string) {
  writeFileSync(join(cwd, path), text);
}

const installed = (name: string) => join(cwd, '.coaia/templates', name);

/** A pack of `mine`, as its object. */
async function makePack(fields: Readonly<Record<string, unknown>> = {}) {
  write('source.json', template(fields));
  await run('pipeline pack ./source.json -o mine.pack.json');
  return JSON.parse(readFileSync(join(cwd, 'mine.pack.json'), 'utf8')) as {
    templates: { name: string; text: string; digest: string; version: string }[];
    publicKey?: string;
    signature?: string;
  };
}

describe('pack and install', () => {
  it('carry a template with what it extends, signed, and pin it', async () => {
    mkdirSync(join(home, '.coaia/templates'), { recursive: true });
    writeFileSync(join(home, '.coaia/templates/base.json'), template({ name: 'base' }));
    write('child.json', template({ name: 'child', extends: 'base', steps: [] }));
    const packed = await run('pipeline pack ./child.json -o child.pack.json --json');
    expect(packed.code).toBe(0);
    const { publisher } = JSON.parse(packed.stdout) as { publisher: string };
    expect(publisher).toMatch(/^ed25519:[\w-]{43}$/);
    expect(statSync(join(home, '.coaia/keys/publisher.pem')).mode & 0o777).toBe(0o600);

    const asked = await run('pipeline install child.pack.json');
    expect([asked.code, asked.stderr]).toStrictEqual([
      2,
      expect.stringContaining(`Signed by ${publisher}, seen for the first time`),
    ]);
    expect(existsSync(installed('child.json'))).toBe(false);

    expect((await run('pipeline install child.pack.json --yes')).code).toBe(0);
    expect(existsSync(installed('base.json'))).toBe(true);
    const lock = JSON.parse(readFileSync(join(cwd, '.coaia/templates.lock'), 'utf8')) as unknown;
    expect(lock).toMatchObject({
      templates: {
        base: { version: '1.0.0', publisher },
        child: {
          version: '1.0.0',
          publisher,
          source: 'child.pack.json',
          digest: expect.stringMatching(/^sha256:[\da-f]{64}$/) as string,
        },
      },
    });
    const again = await run('pipeline install child.pack.json');
    expect([again.code, again.stdout]).toStrictEqual([
      0,
      expect.stringContaining('Unchanged child'),
    ]);
    expect(again.stderr).toContain('known since');
    expect((await run('pipeline verify')).stdout).toBe(
      'same    base 1.0.0  (child.pack.json)\nsame    child 1.0.0  (child.pack.json)\n',
    );
  });

  it('refuse a pack that was changed', async () => {
    const pack = await makePack();
    const [first] = pack.templates;
    if (first === undefined) throw new TypeError('the pack is empty');
    const attacks = [
      { ...pack, templates: [{ ...first, text: template({ author: 'x' }) }] },
      { ...pack, templates: [{ ...first, version: '9.0.0' }] },
      { ...pack, signature: Buffer.alloc(64).toString('base64') },
      { ...pack, publicKey: undefined },
      { ...pack, publicKey: 'AAAA' },
    ];
    for (const attack of attacks) {
      write('bad.json', JSON.stringify(attack));
      const { code, stderr } = await run('pipeline install bad.json --yes');
      expect([code, stderr]).toStrictEqual([1, expect.stringContaining('COAIA-5321')]);
      expect((await run('pipeline verify bad.json')).code).toBe(1);
    }
    expect(existsSync(installed('mine.json'))).toBe(false);
  });

  it.each(['../evil', '/etc/evil', 'a/b', '..', 'a\\b', '.hidden', 'x'.repeat(300), 'a\u0000b'])(
    'write nowhere else: %j',
    async (name) => {
      const pack = await makePack();
      const [first] = pack.templates;
      write('bad.json', JSON.stringify({ ...pack, templates: [{ ...first, name }] }));
      expect((await run('pipeline install bad.json --yes')).stderr).toContain('COAIA-5320');
      write('bad.json', template({ name }));
      expect((await run('pipeline install bad.json --yes')).code).toBe(1);
      expect(existsSync(join(cwd, '.coaia/templates.lock'))).toBe(false);
    },
  );

  it('do not follow a link that lies in wait, and replace no file of the user', async () => {
    mkdirSync(join(cwd, '.coaia/templates'), { recursive: true });
    writeFileSync(join(home, 'precious'), 'precious');
    symlinkSync(join(home, 'precious'), installed('mine.json'));
    write('source.json', template());
    const linked = await run('pipeline install source.json --yes --force');
    expect(linked.stderr).toContain('COAIA-5007');
    expect(readFileSync(join(home, 'precious'), 'utf8')).toBe('precious');
    rmSync(installed('mine.json'));
    writeFileSync(installed('mine.json'), template({ author: 'me' }));
    expect((await run('pipeline install source.json --yes')).stderr).toContain('COAIA-5007');
    expect((await run('pipeline install source.json --yes --force')).code).toBe(0);
  });

  it('ask before steps that do something, and say what', async () => {
    write(
      'source.yaml',
      'name: busy\nversion: 1.0.0\nsteps:\n  - {name: a, action: shell, with: {command: [touch, pwned]}}\n',
    );
    const asked = await run('pipeline install source.yaml');
    expect(asked.stderr).toMatch(
      /Signed by nobody[^]*Steps of busy that do something: shell\.[^]*COAIA-0504/,
    );
    expect((await run('pipeline install source.yaml --yes')).code).toBe(0);
    expect(existsSync(join(cwd, 'pwned'))).toBe(false);
  });

  it('refuse another publisher than before', async () => {
    await makePack();
    expect((await run('pipeline install mine.pack.json --yes')).code).toBe(0);
    rmSync(join(home, '.coaia/keys/publisher.pem'));
    await makePack({ author: 'somebody else' });
    const { code, stderr } = await run('pipeline install mine.pack.json --yes');
    expect([code, stderr]).toStrictEqual([1, expect.stringContaining('COAIA-5322')]);
    const accepted = await run('pipeline install mine.pack.json --yes --trust-new-publisher');
    expect(accepted.code).toBe(0);
  });

  it('verify finds what was changed or is gone', async () => {
    write('source.json', template());
    await run('pipeline install source.json');
    writeFileSync(installed('mine.json'), template({ author: 'me' }));
    const changed = await run('pipeline verify mine');
    expect([changed.code, changed.stdout]).toStrictEqual([
      1,
      'changed mine 1.0.0  (source.json)\n',
    ]);
    expect(changed.stderr).toContain('COAIA-5325');
    rmSync(installed('mine.json'));
    expect((await run('pipeline verify')).stdout).toContain('gone    mine');
    expect((await run('pipeline verify other')).stderr).toContain('COAIA-5320');
  });
});

describe('sources', () => {
  it('are folders: the newest version in the range, links passed over', async () => {
    mkdirSync(join(cwd, 'folder/templates'), { recursive: true });
    for (const version of ['1.0.0', '1.4.0', '2.0.0'])
      write(`folder/templates/mine@${version}.json`, template({ version }));
    symlinkSync('/etc/passwd', join(cwd, 'folder/templates/passwd.json'));
    expect((await run('pipeline install folder@^1')).stdout).toContain('Installed mine 1.4.0');
    expect((await run('pipeline install folder@^9')).stderr).toContain('COAIA-5320');
    mkdirSync(join(cwd, 'none'));
    expect((await run('pipeline install none')).stderr).toContain('COAIA-5320');
  });

  it('are repositories, at a tag, and nothing of them runs', async () => {
    const repo = join(cwd, 'repo');
    mkdirSync(repo);
    const git = (...words: readonly string[]) =>
      execFileSync('git', ['-c', 'user.email=a@b.c', '-c', 'user.name=x', ...words], { cwd: repo });
    git('init', '-q', '-b', 'main');
    write('repo/mine.json', template());
    symlinkSync('/etc/passwd', join(repo, 'passwd.json'));
    git('add', '.');
    git('commit', '-qm', 'one');
    git('tag', 'v1');
    write('repo/mine.json', template({ version: '2.0.0' }));
    git('commit', '-qam', 'two');
    expect((await run('pipeline install repo/.git@v1')).stdout).toContain('Installed mine 1.0.0');
    const newest = await run(`pipeline install file://${repo}`);
    expect(newest.stdout).toContain('Installed mine 2.0.0');
    expect((await run('pipeline install repo/.git@v9')).stderr).toContain('COAIA-5324');
    const options = [
      '--upload-pack=touch x;.git',
      'ext::sh -c "touch x".git',
      'git+https://-x/a.git',
    ];
    for (const option of options) {
      expect((await runCoaia(['pipeline', 'install', '--', option], { home, cwd })).code).not.toBe(
        0,
      );
      expect(existsSync(join(cwd, 'x'))).toBe(false);
    }
    const offline = await run('pipeline install https://example.com/t.git', { COAIA_OFFLINE: '1' });
    expect(offline.stderr).toContain('COAIA-0601');
  });

  it('are addresses, without detours and not without end', async () => {
    server = createServer((request, answer) => {
      if (request.url === '/mine.json') answer.end(template());
      else if (request.url === '/away.json')
        answer.writeHead(302, { location: '/mine.json' }).end();
      else answer.end('x'.repeat(6_000_000));
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server?.once('listening', resolve));
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    expect((await run(`pipeline install ${base}/mine.json`)).stdout).toContain(
      'Installed mine 1.0.0',
    );
    for (const path of ['away.json', 'endless.json'])
      expect((await run(`pipeline install ${base}/${path}`)).stderr).toContain('COAIA-5320');
    expect((await run('pipeline install http://example.com/a.json')).stderr).toContain(
      'https only',
    );
  });

  it('are remotes: published there, found, and installed from there', async () => {
    mkdirSync(join(cwd, 'mirror'));
    expect((await run('pipeline remote add shelf ./mirror')).code).toBe(0);
    expect((await run('pipeline remote list --json')).stdout).toContain('"kind": "folder"');
    write('source.json', template({ description: 'Counts sheep' }));
    const planned = await run('pipeline publish ./source.json --to shelf --dry-run');
    expect(planned.stdout).toContain('Would publish mine 1.0.0');
    expect((await run('pipeline search')).stdout).toContain('No templates found.');
    await run('pipeline publish ./source.json --to shelf');
    const found = await run('pipeline search sheep --json');
    expect(JSON.parse(found.stdout)).toMatchObject([{ source: 'shelf/mine', version: '1.0.0' }]);
    expect((await run('pipeline install shelf/mine@^1 --yes')).stdout).toContain('Installed mine');
    expect((await run('pipeline install shelf/mine@^2 --yes')).stderr).toContain('COAIA-5320');
    expect((await run('pipeline install shell/mine')).stderr).toMatch(/COAIA-5323[^]*shelf/);
    expect((await run('pipeline remote remove shelf')).code).toBe(0);
    expect((await run('pipeline publish ./source.json --to shelf')).stderr).toContain('COAIA-5323');
  });

  it('are servers, with keys', async () => {
    server = createServer((request, answer) => {
      const isOurs = request.headers.authorization === `Basic ${btoa('pk:sk')}`;
      const body = isOurs ? { name: 'mine', text: template(), format: 'json' } : {};
      answer.writeHead(isOurs ? 200 : 401, { 'content-type': 'application/json' });
      answer.end(JSON.stringify(body));
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server?.once('listening', resolve));
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    await run(`pipeline remote add team ${address}`);
    expect((await run('pipeline install team/mine')).stderr).toContain('COAIA-5326');
    const keys = { COAIA_REMOTE_PUBLIC_KEY: 'pk', COAIA_REMOTE_SECRET_KEY: 'sk' };
    expect((await run('pipeline install team/mine', keys)).stdout).toContain(
      'Installed mine 1.0.0',
    );
    write('source.json', template());
    expect((await run('pipeline publish ./source.json --to team', keys)).stdout).toContain(address);
    const refused = await run('pipeline remote add bad https://user:password@example.com');
    expect(refused.stderr).toContain('COAIA-5320');
  });
});
