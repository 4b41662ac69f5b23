import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCoaia } from '#cli/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { openLangfuseStub } from '../../testing/langfuse-stub.ts';
import type { LangfuseStub } from '../../testing/langfuse-stub.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'coaia-sessions-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const readFile = (name = 'session.yml') =>
  parse(readFileSync(join(home, name), 'utf8')) as Record<string, unknown>;

describe('sessions against a server', () => {
  let stub: LangfuseStub;
  beforeEach(async () => {
    stub = await openLangfuseStub();
  });
  afterEach(() => stub.close());

  const run = (words: readonly string[]) =>
    runCoaia(['fuse', 'sessions', ...words], { home, env: stub.env });

  it('create makes a trace with the id of the session, and the file', async () => {
    const { code, stdout } = await run(['create', 'chat 7', 'ada', '-n', 'Talk']);
    expect([code, JSON.parse(stdout)]).toMatchObject([0, { successes: [{ id: 'chat 7' }] }]);
    expect(stub.events()).toMatchObject([
      {
        type: 'trace-create',
        body: { id: 'chat 7', sessionId: 'chat 7', userId: 'ada', name: 'Talk' },
      },
    ]);
    expect(readFile()).toEqual({
      session_id: 'chat 7',
      nodes: [{ trace_id: 'chat 7', name: 'Talk' }],
    });
    expect(statSync(join(home, 'session.yml')).mode & 0o777).toBe(0o600);
  });

  it('addnode makes a trace in the session and adds it to the file', async () => {
    await run(['create', 'S', 'ada', '-f', 'own.yml']);
    await run(['addnode', 'S', 'T', 'ada', '-f', 'own.yml']);
    await run(['addnode', 'S', 'T', 'ada', '--name', 'Renamed', '-f', 'own.yml']);
    expect(stub.events().map(({ body }) => [body['id'], body['sessionId'], body['name']])).toEqual([
      ['S', 'S', 'New Session'],
      ['T', 'S', 'Child Node'],
      ['T', 'S', 'Renamed'],
    ]);
    expect(readFile('own.yml')).toEqual({
      session_id: 'S',
      nodes: [
        { trace_id: 'S', name: 'New Session' },
        { trace_id: 'T', name: 'Renamed' },
      ],
    });
  });

  it('addnode begins the file when there is none', async () => {
    await run(['addnode', 'S', 'T', 'ada']);
    expect(readFile()).toEqual({
      session_id: 'S',
      nodes: [{ trace_id: 'T', name: 'Child Node' }],
    });
  });

  it.each(['nodes: 7', '- a', '{', 'session_id: [1]'])(
    'addnode keeps a file it cannot read and sends nothing: %s',
    async (text) => {
      writeFileSync(join(home, 'session.yml'), text);
      const { code, stderr } = await run(['addnode', 'S', 'T', 'ada']);
      expect(code).toBe(1);
      expect(stderr).toContain('session.yml is no session file');
      expect(readFileSync(join(home, 'session.yml'), 'utf8')).toBe(text);
      expect(stub.calls).toEqual([]);
    },
  );

  it('prints exports that restore ids exactly', async () => {
    const { stdout } = await run(['create', "a'b", 'ada', '--export-env']);
    expect(stdout).toBe(
      `export COAIA_SESSION_ID='a'\\''b'\nexport COAIA_TRACE_ID='a'\\''b'\nexport COAIA_USER_ID='ada'\n`,
    );
  });

  it('take the user of COAIA_USER_ID, and need one', async () => {
    const env = { ...stub.env, COAIA_USER_ID: 'grace' };
    const line = ['fuse', 'sessions', 'create', 'S'];
    expect((await runCoaia(line, { home, env })).code).toBe(0);
    await runCoaia(['fuse', 'sessions', 'addnode', 'S', 'T'], { home, env });
    expect(stub.events().map(({ body }) => body['userId'])).toEqual(['grace', 'grace']);
    expect(await run(['create', 'S2'])).toMatchObject({ code: 2, stdout: '' });
    expect(stub.events()).toHaveLength(2);
  });

  it('writes no file when the server refuses', async () => {
    await stub.close();
    stub = await openLangfuseStub(() => ({ status: 401, json: { message: 'no' } }));
    expect((await run(['create', 'S', 'ada'])).code).toBe(3);
    expect(existsSync(join(home, 'session.yml'))).toBe(false);
  });
});

describe('sessions in the embedded store', () => {
  const run = (line: string, isTTY = false) => runCoaia(line, { home, isTTY, columns: 120 });

  it('view shows the file, or the session', async () => {
    expect(parse((await run('fuse sessions view')).stdout)).toEqual({
      session_id: null,
      nodes: [],
    });
    await run('fuse sessions create S ada -n Talk');
    await run('fuse sessions addnode S T ada');
    const expected = {
      session_id: 'S',
      nodes: [
        { trace_id: 'S', name: 'Talk' },
        { trace_id: 'T', name: 'Child Node' },
      ],
    };
    expect(parse((await run('fuse sessions view')).stdout)).toEqual(expected);
    expect(JSON.parse((await run('fuse sessions view --json')).stdout)).toEqual(expected);
    expect(parse((await run('fuse sessions view S')).stdout)).toEqual(expected);
    const full = JSON.parse((await run('fuse sessions view S --json')).stdout) as unknown;
    expect(JSON.parse((await run('fuse sessions get S')).stdout)).toEqual(full);
    expect(full).toMatchObject({ id: 'S', traces: [{ id: 'S' }, { id: 'T', userId: 'ada' }] });
    expect((await run('fuse sessions view none')).code).toBe(1);
  });

  it('list shows every session once', async () => {
    for (const id of ['S1', 'S2', 'S3']) await run(`fuse sessions create ${id} ada`);
    const read = async (line: string) =>
      JSON.parse((await run(line)).stdout) as { data: { id: string }[]; meta: object };
    const all = await read('fuse sessions list --json --all');
    expect(all.data.map(({ id }) => id).toSorted()).toEqual(['S1', 'S2', 'S3']);
    const page = await read('fuse sessions list --json --limit 2');
    expect(page).toMatchObject({ data: [{}, {}], meta: { totalItems: 3, totalPages: 2 } });
    expect((await run('sessions list', true)).stdout).toContain('Total sessions: 3');
    expect((await run('fuse sessions list --from 2099-01-01T00:00:00Z')).stdout).toBe(
      'No sessions found.\n',
    );
  });

  it('resume goes on with the last trace and observation', async () => {
    await run('fuse sessions create S ada');
    expect((await run('fuse sessions resume S')).stdout).toBe(
      "export COAIA_SESSION_ID='S'\nexport COAIA_TRACE_ID='S'\nexport COAIA_USER_ID='ada'\n",
    );
    await run('fuse sessions addnode S T ada');
    await run('fuse traces add-observation o1 T -n first --start-time 2026-01-01T00:00:00Z');
    await run('fuse traces add-observation o2 T -n second --start-time 2026-01-01T00:00:01Z');
    const variables = JSON.parse((await run('fuse sessions resume S --json')).stdout) as unknown;
    expect(variables).toEqual({
      COAIA_SESSION_ID: 'S',
      COAIA_TRACE_ID: 'T',
      COAIA_LAST_OBSERVATION_ID: 'o2',
      COAIA_USER_ID: 'ada',
    });
    const missing = await run('fuse sessions resume none');
    expect([missing.code, missing.stdout]).toEqual([1, '']);
  });
});
