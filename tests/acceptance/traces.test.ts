/** Checks 1 to 7: the program itself, traces and single observations. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  openSpawnHome,
  spawnCoaia,
} from '../../packages/coaia/src/observability/testing/spawn-coaia.ts';
import { run as runProgram } from '../python/python-env.ts';
import { openServerTarget, openStubTarget } from './targets.ts';

const CREATE = ['-s', 'S', '-u', 'U', '-n', 'N', '-i', '{"a":1}', '-o', 'text', '-m', '{"k":1}'];
const toExports = (id: string) =>
  `export COAIA_TRACE_ID='${id}'\nexport COAIA_SESSION_ID='S'\nexport COAIA_USER_ID='U'\n`;
const ODD = "a'b; touch pwned; c";

test('check 1: no words print help, unknown ones a usage error on stderr only', async () => {
  const home = openSpawnHome();
  const help = await spawnCoaia(home, []);
  expect([help.code, help.stderr]).toEqual([0, '']);
  expect(help.stdout).toContain('coaia');
  const wrong = await spawnCoaia(home, ['nosuch']);
  expect([wrong.code, wrong.stdout]).toEqual([2, '']);
  expect(wrong.stderr).toContain('nosuch');
});

/** What a shell has after evaluating the lines, and whether it ran anything else. */
async function evaluate(lines: string) {
  const home = openSpawnHome();
  const script = 'eval "$LINES"; printf %s "$COAIA_TRACE_ID"; ls';
  const { stdout } = await runProgram('sh', ['-c', script], {
    env: { PATH: process.env['PATH'], LINES: lines },
    cwd: home.home,
  });
  return stdout;
}

describe('against a recording stub', () => {
  let target: Awaited<ReturnType<typeof openStubTarget>>;
  beforeEach(async () => {
    target = await openStubTarget();
  });
  afterEach(() => target.close());

  test('check 2: traces create sends one event and prints three exports', async () => {
    const { code, stdout, stderr } = await target.run([
      'traces',
      'create',
      'T',
      ...CREATE,
      '--export-env',
    ]);
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: toExports('T'), stderr: '' });
    expect(target.stub.calls).toHaveLength(1);
    expect(target.stub.events()).toMatchObject([
      {
        type: 'trace-create',
        body: {
          id: 'T',
          sessionId: 'S',
          userId: 'U',
          name: 'N',
          input: { a: 1 },
          output: 'text',
          metadata: { k: 1 },
        },
      },
    ]);
  });

  test('check 3: an id with quotes and semicolons comes back exactly, and nothing runs', async () => {
    const { stdout } = await target.run(['traces', 'create', ODD, '--export-env']);
    expect(await evaluate(stdout)).toBe(`${ODD}coaia\n`);
    expect(target.stub.events()).toMatchObject([{ body: { id: ODD } }]);
  });

  test('check 4: zero and false are values', async () => {
    await target.run(['traces', 'create', 'T', '-i', '0', '-o', 'false']);
    expect(target.stub.events()[0]?.body).toMatchObject({ input: 0, output: false });
  });

  test('check 5: four spellings of a span, and the id that is exported is the one sent', async () => {
    const line = ['traces', 'add-observation', 'T'];
    const first = await target.run([...line, '-ts', '-n', 'X', '-p', 'P', '--export-env']);
    const [sent] = target.stub.events();
    expect(first.stdout).toBe(
      `export COAIA_TRACE_ID='T'\nexport COAIA_LAST_OBSERVATION_ID='${String(sent?.body['id'])}'\nexport COAIA_PARENT_OBSERVATION_ID='P'\n`,
    );
    for (const spelling of [['-tSPAN'], ['-t', 'SPAN'], ['--type=SPAN']])
      expect((await target.run([...line, ...spelling, '-n', 'X', '-p', 'P'])).code).toBe(0);
    const forms = target.stub.events().map(({ type, body }) => {
      const { id: _, startTime: __, ...rest } = body;
      return { type, rest };
    });
    expect(forms).toHaveLength(4);
    for (const form of forms) expect(form).toEqual(forms[0]);
    expect(forms[0]).toMatchObject({ type: 'span-create', rest: { traceId: 'T', name: 'X' } });
  });

  test('check 6: the older order of ids is understood by COAIA_TRACE_ID', async () => {
    const env = { COAIA_TRACE_ID: 'T' };
    const { code, stderr } = await target.run(['traces', 'add-observation', 'O', 'T'], { env });
    expect(code).toBe(0);
    expect(stderr).toContain('T is the trace');
    expect(target.stub.events()).toMatchObject([{ body: { id: 'O', traceId: 'T' } }]);
  });

  test('check 7: times of twelve and ten digits; an impossible one sends nothing', async () => {
    const line = ['traces', 'add-observation', 'T', '--start-time'];
    await target.run([...line, '251216143022']);
    await target.run([...line, '2512161430']);
    expect(target.stub.events().map(({ body }) => Date.parse(String(body['startTime'])))).toEqual([
      Date.UTC(2025, 11, 16, 14, 30, 22),
      Date.UTC(2025, 11, 16, 14, 30, 0),
    ]);
    const before = target.stub.calls.length;
    expect(await target.run([...line, '259916143022'])).toMatchObject({ code: 2, stdout: '' });
    expect(target.stub.calls).toHaveLength(before);
  });
});

describe('against a real server', () => {
  let target: Awaited<ReturnType<typeof openServerTarget>>;
  beforeAll(async () => {
    target = await openServerTarget();
  });
  afterAll(() => target?.close());

  test('check 2', async () => {
    const { stdout } = await target.run(['traces', 'create', 'T2', ...CREATE, '--export-env']);
    expect(stdout).toBe(toExports('T2'));
    expect(await target.read('/traces/T2')).toMatchObject({
      sessionId: 'S',
      userId: 'U',
      name: 'N',
      input: { a: 1 },
      output: 'text',
      metadata: { k: 1 },
    });
  });

  test('check 3', async () => {
    const { stdout } = await target.run(['traces', 'create', ODD, '--export-env']);
    expect(await evaluate(stdout)).toBe(`${ODD}coaia\n`);
    expect(await target.read(`/traces/${encodeURIComponent(ODD)}`)).toMatchObject({ id: ODD });
  });

  test('check 4', async () => {
    await target.run(['traces', 'create', 'T4', '-i', '0', '-o', 'false']);
    expect(await target.read('/traces/T4')).toMatchObject({ input: 0, output: false });
  });

  test('check 5', async () => {
    const line = ['traces', 'add-observation', 'T5', '-n', 'X', '-p', 'P'];
    const { stdout } = await target.run([...line, '-ts', '--export-env']);
    const id = /LAST_OBSERVATION_ID='([^']+)'/.exec(stdout)?.[1] ?? '';
    for (const spelling of [['-tSPAN'], ['-t', 'SPAN'], ['--type=SPAN']])
      await target.run([...line, ...spelling]);
    const { data } = await target.read('/observations?traceId=T5');
    expect(data).toHaveLength(4);
    for (const one of data)
      expect(one).toMatchObject({ type: 'SPAN', name: 'X', parentObservationId: 'P' });
    expect(await target.read(`/observations/${id}`)).toMatchObject({ id, traceId: 'T5' });
  });

  test('check 6, also when the server knows the second id as a trace', async () => {
    await target.run(['traces', 'create', 'T6']);
    const env = { COAIA_TRACE_ID: 'T6' };
    await target.run(['traces', 'add-observation', 'O6', 'T6'], { env });
    const asked = await target.run(['traces', 'add-observation', 'O7', 'T6']);
    expect(asked.stderr).toContain('T6 is the trace');
    for (const id of ['O6', 'O7'])
      expect(await target.read(`/observations/${id}`)).toMatchObject({ traceId: 'T6' });
  });

  test('check 7', async () => {
    const line = (id: string) => ['traces', 'add-observation', 'T7', id, '--start-time'];
    await target.run([...line('a7'), '251216143022']);
    await target.run([...line('b7'), '2512161430']);
    expect((await target.run([...line('c7'), '259916143022'])).code).toBe(2);
    const times = await Promise.all(
      ['a7', 'b7', 'c7'].map(async (id) => (await target.read(`/observations/${id}`)).startTime),
    );
    expect(times).toEqual(['2025-12-16T14:30:22.000Z', '2025-12-16T14:30:00.000Z', undefined]);
  });
});
