import { spawnSync } from 'node:child_process';
import { createServer } from 'node:net';
import { chmod, readFile, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTestHome } from './testing.ts';
import type { TestHome } from './testing.ts';

const INIT = {
  LANGFUSE_INIT_PROJECT_PUBLIC_KEY: 'pk-lf-1234567890',
  LANGFUSE_INIT_PROJECT_SECRET_KEY: 'sk-lf-1234567890',
};

describe('coaia up', { timeout: 90_000 }, () => {
  let home: TestHome;
  beforeEach(async () => {
    home = await openTestHome();
  });
  afterEach(() => home.close());

  const up = async (...words: string[]) => {
    const program = home.start(['up', '--port', '0', ...words]);
    const [, url = ''] = await program.until(/^Server {5}(\S+) ready/m);
    await program.until(/Stop with/);
    return { program, url };
  };

  it('prints everything a person needs, and no key where a log would keep it', async () => {
    const { program, url } = await up();
    const lines = program.output.stdout.trimEnd().split('\n');
    expect(lines.map((line) => line.slice(0, 10).trim())).toEqual([
      'Store',
      'Server',
      'Sign in',
      'Langfuse',
      'OTLP',
      'Sample',
      'Nothing le',
    ]);
    expect(program.output.stdout).toContain(`${join(home.home, 'coaia.db')} (new)`);
    expect(program.output.stdout).toContain(`${url}/api/public/otel`);
    expect(program.output.stdout).not.toMatch(/sk-lf-/);
    expect(program.output.stderr).toBe('');
    const health = await fetch(`${url}/api/public/health`);
    expect(await health.json()).toMatchObject({ status: 'OK', version: '4.35.0' });
  });

  it('signs in by the printed link, once', async () => {
    const { program } = await up();
    const [, link = ''] = await program.until(/^Sign in {4}(\S+)/m);
    const first = await fetch(link, { redirect: 'manual' });
    expect([first.status, first.headers.get('location')]).toEqual([302, '/']);
    const second = await fetch(link, { redirect: 'manual' });
    expect(second.headers.get('location')).toBe('/sign-in?expired=1');
    const cookie = first.headers.get('set-cookie')?.split(';')[0] ?? '';
    const session = await fetch(`${new URL(link).origin}/api/v1/session`, { headers: { cookie } });
    expect(await session.json()).toMatchObject({ project: { id: 'default' } });
  });

  it('ends with 0 and takes its record away when it is asked to stop', async () => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      const { program } = await up();
      program.child.kill(signal);
      expect((await program.ended).code).toBe(0);
      expect(await readdir(home.home)).not.toContain('server.json');
    }
  });

  it('says where it runs already, and changes nothing', async () => {
    const { program, url } = await up();
    const again = await home.run(['up']);
    expect(again.code).toBe(0);
    expect(again.stdout).toMatch(
      new RegExp(`^Already running: ${url} \\(pid ${program.child.pid}, up \\d+s\\)\n$`),
    );
    const other = await home.run(['up', '--port', '1']);
    expect(other.code).toBe(1);
    expect(other.stderr).toContain(`(pid ${program.child.pid}, ${url})`);
    expect((await fetch(`${url}/api/public/health`)).status).toBe(200);
  });

  it('lets one of several that start at once have the store', async () => {
    const programs = Array.from({ length: 4 }, () => home.start(['up', '--port', '0']));
    const results = await Promise.all(
      programs.map((program) =>
        Promise.race([program.until(/Stop with/).then(() => 'runs'), program.ended]),
      ),
    );
    const running = results.filter((result) => result === 'runs');
    expect(running).toHaveLength(1);
    for (const result of results)
      if (typeof result === 'object')
        expect(`${result.stdout}${result.stderr}`).toMatch(/(?:pid|process) \d+/);
  });

  it('starts again after it was killed', async () => {
    const { program } = await up();
    program.child.kill('SIGKILL');
    await program.ended;
    expect((await home.run(['status'])).code).toBe(1);
    const { url } = await up();
    expect((await fetch(`${url}/api/public/health`)).status).toBe(200);
  });

  it('refuses a named port that is taken and moves on from the default one', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => taken.once('listening', resolve));
    const { port } = taken.address() as { port: number };
    for (const [words, env] of [
      [['up', '--port', String(port)], {}],
      [['up'], { PORT: String(port) }],
    ] as const) {
      const refused = await home.run(words, env);
      expect([refused.code, refused.stdout]).toEqual([1, '']);
      expect(refused.stderr).toContain(`Port ${port} on 127.0.0.1 is taken.`);
    }
    taken.close();
    const standard = createServer().listen(26_242, '127.0.0.1');
    await new Promise((resolve) => standard.once('listening', resolve).once('error', resolve));
    const program = home.start(['up', '--no-sample-offer']);
    await program.until(/Stop with/);
    expect(program.output.stdout).toMatch(
      /^Port {7}26242 is taken by another program, so this is 262\d\d\n/,
    );
    expect(program.output.stdout).not.toContain('coaia sample');
    standard.close();
  });

  it('lets other machines in only with keys somebody chose', async () => {
    const refused = await home.run(['up', '--host', '0.0.0.0', '--port', '0']);
    expect([refused.code, refused.stdout]).toEqual([3, '']);
    expect(refused.stderr).toContain('COAIA-0407');
    await expect(stat(home.home)).rejects.toThrow();
    const chosen = home.start(['up', '--host', '0.0.0.0', '--port', '0'], INIT);
    const [, url = ''] = await chosen.until(/^Server {5}(\S+) ready/m);
    const { LANGFUSE_INIT_PROJECT_PUBLIC_KEY: key, LANGFUSE_INIT_PROJECT_SECRET_KEY: secret } =
      INIT;
    const headers = { authorization: `Basic ${btoa(`${key}:${secret}`)}` };
    expect((await fetch(`${url}/api/public/projects`, { headers })).status).toBe(200);
    expect((await fetch(`${url}/api/public/projects`)).status).toBe(401);
    chosen.child.kill('SIGTERM');
    await chosen.ended;
    await up('--host', '0.0.0.0', '--public');
  });

  it('refuses roles that need Redis', async () => {
    const refused = await home.run(['up', '--role', 'worker']);
    expect(refused.code).toBe(3);
    expect(refused.stderr).toMatch(/COAIA-0408[^]*coaia up --role all/);
  });

  it.runIf(spawnSync('ss', ['-V']).status === 0)('listens on this machine only', async () => {
    const { program } = await up();
    const { stdout } = spawnSync('ss', ['-ltnpH'], { encoding: 'utf8' });
    const own = stdout.split('\n').filter((line) => line.includes(`pid=${program.child.pid},`));
    expect(own.map((line) => line.split(/\s+/)[3]?.replace(/:\d+$/, ''))).toEqual(['127.0.0.1']);
  });

  it('keeps every file for its owner, also under a loose umask', async () => {
    const before = process.umask(0);
    try {
      await up();
    } finally {
      process.umask(before);
    }
    const names = await readdir(home.home, { recursive: true });
    expect(names).toEqual(expect.arrayContaining(['coaia.db', 'credentials.json', 'server.json']));
    for (const path of [home.home, ...names.map((name) => join(home.home, name))])
      expect([path, (await stat(path)).mode & 0o077]).toEqual([path, 0]);
  });

  it.runIf(process.getuid?.() === 0 && spawnSync('setpriv', ['--version']).status === 0)(
    'keeps another account of this machine out',
    async () => {
      const { url } = await up();
      // The folder around the home lets everybody through, so only the home itself keeps them out.
      await chmod(home.folder, 0o755);
      const as = (program: string, ...words: string[]) =>
        spawnSync(
          'setpriv',
          ['--reuid=65534', '--regid=65534', '--clear-groups', program, ...words],
          {
            encoding: 'utf8',
          },
        );
      for (const name of ['coaia.db', 'coaia.db-wal', 'credentials.json', 'server.json']) {
        expect((await readFile(join(home.home, name))).length).toBeGreaterThan(0);
        expect([name, as('cat', join(home.home, name)).status]).toEqual([name, 1]);
      }
      expect(as('ls', home.folder).status).toBe(0);
      expect(as('ls', home.home).status).not.toBe(0);
      const { status } = await fetch(`${url}/api/public/projects`);
      expect(status).toBe(401);
    },
  );
});
