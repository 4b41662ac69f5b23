import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCoaia } from '#cli/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

describe('administration on the store of a home', () => {
  let home: string;
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'coaia-administration-'));
  });
  afterEach(() => rm(home, { recursive: true, force: true }));

  const run = (line: string, options: Parameters<typeof runCoaia>[1] = {}) =>
    runCoaia(line, { home, ...options });
  const readJson = async (line: string) => {
    const { code, stdout, stderr } = await run(`${line} --json`);
    expect({ line, code, stderr }).toEqual({ line, code: 0, stderr: '' });
    return JSON.parse(stdout) as never;
  };

  it('makes, changes, lists and deletes projects', async () => {
    const { code, stdout } = await run('projects create staging --retention 30');
    expect(code).toBe(0);
    const id = stdout.trim();
    await run(`projects update ${id} --name Stage --metadata '{"team":"blue"}'`);
    const rows: { id: string; name: string; metadata: unknown }[] = await readJson('orgs projects');
    expect(rows.map(({ name, metadata }) => [name, metadata])).toEqual([
      ['default', {}],
      ['Stage', { team: 'blue' }],
    ]);
    expect((await run(`projects update ${id}`)).code).toBe(2);
    expect((await run(`projects delete ${id}`)).code).toBe(2);
    expect(await run(`projects delete ${id} --yes`)).toMatchObject({ code: 0 });
    expect(await readJson('orgs projects')).toHaveLength(1);
    expect(await run('projects delete default --yes')).toMatchObject({ code: 1 });
  }, 40_000);

  it('makes keys that open another project on the command line', async () => {
    const { stdout: id } = await run('projects create staging');
    const project = id.trim();
    const made = await run(`keys create --project ${project} --note build --role VIEWER`);
    const [, publicKey] = /LANGFUSE_PUBLIC_KEY=(\S+)/.exec(made.stdout) ?? [];
    expect(made.stdout).toMatch(/LANGFUSE_SECRET_KEY=sk-lf-\S+/);
    const keys: { id: string; role: string }[] = await readJson(`keys list --project ${project}`);
    expect(keys).toMatchObject([{ publicKey, note: 'build', role: 'VIEWER' }]);
    expect(JSON.stringify(keys)).not.toMatch(/sk-lf-[0-9a-f]{8}/);
    await run(`keys delete ${keys[0]?.id} --project ${project} --yes`);
    expect(await readJson(`keys list --project ${project}`)).toEqual([]);
    for (const limit of ['0', '-5', '1.5'])
      expect((await run(`keys create --requests-per-minute=${limit}`)).code).toBe(2);
    const own = await run('keys create --organization --note admin');
    expect(own.code).toBe(0);
    expect(await readJson('keys list --organization')).toMatchObject([{ note: 'admin' }]);
    expect((await run(`keys list --organization --project ${project}`)).code).toBe(2);
  });

  it('adds people, changes their roles and takes them away', async () => {
    const made = await run('users add Ada@Example.com --role OWNER --name Ada');
    expect(made.stdout).toMatch(
      /Sign in once, within ten minutes: http:\/\/127\.0\.0\.1:26242\/\?k=[\w-]{43}/,
    );
    expect((await run('users add ada@example.com')).stdout).toBe('ada@example.com is OWNER now.\n');
    const second = await run('users add bob@example.com --password-stdin', {
      stdin: 'secret words\n',
    });
    expect([second.code, second.stdout]).toEqual([0, 'bob@example.com is MEMBER now.\n']);
    expect((await run('users set-role bob@example.com viewer')).code).toBe(0);
    expect((await run('users set-role bob@example.com ADMIN --project default')).code).toBe(0);
    expect(await readJson('users list')).toMatchObject([
      { email: 'ada@example.com', name: 'Ada', role: 'OWNER' },
      { email: 'bob@example.com', role: 'VIEWER' },
    ]);
    expect((await run('users set-role bob@example.com KING')).code).toBe(2);
    expect((await run('users password bob@example.com', { stdin: 'short' })).code).toBe(2);
    expect((await run('users password bob@example.com', { stdin: 'longer words' })).code).toBe(0);
    expect((await run('users password bob@example.com')).code).toBe(2);
    expect((await run('users remove ada@example.com --yes')).code).toBe(7);
    expect((await run('users remove bob@example.com --yes')).code).toBe(0);
    expect((await run('users remove bob@example.com --yes')).code).toBe(1);
  });

  it('knows organizations', async () => {
    // Listed by the time they were made: the first one is there before the second is asked for.
    expect(await readJson('orgs list')).toEqual([{ id: 'default', name: 'default' }]);
    const { stdout } = await run('orgs create Research');
    expect(await readJson('orgs list')).toEqual([
      { id: 'default', name: 'default' },
      { id: stdout.trim(), name: 'Research' },
    ]);
  });
});
