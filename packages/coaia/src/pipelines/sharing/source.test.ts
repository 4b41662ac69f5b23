import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

import { afterEach, describe, expect, it } from 'vitest';

import { openShare, template } from './testing.ts';

const { place, run, write } = openShare();
let server: Server | undefined;

afterEach(() => {
  server?.close();
  server = undefined;
});

describe('sources', () => {
  it('are folders: the newest version in the range, links passed over', async () => {
    mkdirSync(join(place.cwd, 'folder/templates'), { recursive: true });
    for (const version of ['1.0.0', '1.4.0', '2.0.0'])
      write(`folder/templates/mine@${version}.json`, template({ version }));
    symlinkSync('/etc/passwd', join(place.cwd, 'folder/templates/passwd.json'));
    expect((await run('pipeline install folder@^1')).stdout).toContain('Installed mine 1.4.0');
    expect((await run('pipeline install folder@^9')).stderr).toContain('COAIA-5320');
    mkdirSync(join(place.cwd, 'none'));
    expect((await run('pipeline install none')).stderr).toContain('COAIA-5320');
  });

  it('are repositories, at a tag, and nothing of them runs', async () => {
    const repo = join(place.cwd, 'repo');
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
      expect((await run(['pipeline', 'install', '--', option])).code).not.toBe(0);
      expect(existsSync(join(place.cwd, 'x'))).toBe(false);
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
    mkdirSync(join(place.cwd, 'mirror'));
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
    expect((await run('pipeline install team/other', keys)).stderr).toContain('instead of other');
    write('source.json', template());
    expect((await run('pipeline publish ./source.json --to team', keys)).stdout).toContain(address);
    const refused = await run('pipeline remote add bad https://user:password@example.com');
    expect(refused.stderr).toContain('COAIA-5320');
  });
});
