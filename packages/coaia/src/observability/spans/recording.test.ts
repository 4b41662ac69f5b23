/** `coaia trace` and `coaia span` around real processes. */
import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TraceDetail } from '@coaia/client';
import { describe, expect, test } from 'vitest';
import { openSpawnHome, readResult, spawnCoaia, startCoaia } from '../testing/spawn-coaia.ts';
import type { SpawnHome } from '../testing/spawn-coaia.ts';

const ETL = `set -e
coaia span load  -- sh -c 'printf "id,amount\\n1,10\\n2,32\\n" > sales.csv'
coaia span total -- awk -F, 'NR>1{s+=$2} END{print s}' sales.csv
`;

async function readTrace(home: SpawnHome, id = '@last'): Promise<TraceDetail> {
  return JSON.parse((await spawnCoaia(home, ['traces', 'show', id, '--json'])).stdout);
}

describe('a script with two spans', () => {
  const home = openSpawnHome();
  writeFileSync(join(home.home, 'etl.sh'), ETL);

  test('prints its own output and a summary on stderr', async () => {
    const result = await spawnCoaia(home, ['trace', '--name', 'etl', '--', 'sh', 'etl.sh']);
    expect({ code: result.code, stdout: result.stdout }).toEqual({ code: 0, stdout: '42\n' });
    expect(result.stderr).toMatch(/^etl {2}ok {2}2 spans {2}\d+\.\d s {2}[0-9a-f]{32}\n$/);
  });

  test('is a trace of exactly these spans', async () => {
    const trace = await readTrace(home);
    expect(trace).toMatchObject({
      name: 'etl',
      input: ['sh', 'etl.sh'],
      metadata: { command: { exitCode: 0 } },
    });
    const spans = trace.observations.toSorted((one, two) =>
      one.startTime < two.startTime ? -1 : 1,
    );
    expect(spans).toMatchObject([
      { type: 'SPAN', name: 'load', parentObservationId: null, level: 'DEFAULT', output: null },
      {
        type: 'SPAN',
        name: 'total',
        input: ['awk', '-F,', 'NR>1{s+=$2} END{print s}', 'sales.csv'],
        output: '42',
      },
    ]);
  });

  test('is drawn as a waterfall', async () => {
    const { stdout } = await spawnCoaia(home, ['traces', 'show', '@last', '--timeline', '--ascii']);
    expect(stdout.split('\n')).toEqual([
      expect.stringMatching(/^etl {9}=+ +[\d.]+ m?s {2}ok$/),
      expect.stringMatching(/^\|- load {5} *=+ + \d+ ms {2}ok$/),
      expect.stringMatching(/^'- total {4} *=+ + \d+ ms {2}ok {3}42$/),
      '',
    ]);
  });
});

test('exit codes are passed on and failures are marked', async () => {
  const home = openSpawnHome();
  expect(
    (await spawnCoaia(home, ['trace', '--name', 'bad', '--', 'sh', '-c', 'exit 7'])).code,
  ).toBe(7);
  expect((await readTrace(home)).observations).toMatchObject([
    { name: 'bad', level: 'ERROR', statusMessage: 'exit code 7' },
  ]);
  expect((await spawnCoaia(home, ['span', 'none', '--', 'no-such-command'])).code).toBe(127);
  expect((await readTrace(home, '@last:none')).observations).toMatchObject([
    { level: 'ERROR', statusMessage: 'command not found: no-such-command' },
  ]);
});

test('signals reach the command, and its end is recorded', async () => {
  const home = openSpawnHome();
  const child = startCoaia(home, [
    'trace',
    '--name',
    'slow',
    '--',
    'sh',
    '-c',
    'trap "exit 3" TERM; echo ready; while :; do sleep 0.05; done',
  ]);
  const result = readResult(child);
  await new Promise((resolve) => child.stdout?.once('data', resolve));
  child.kill('SIGTERM');
  expect((await result).code).toBe(3);
  expect((await readTrace(home)).metadata).toMatchObject({ command: { exitCode: 3 } });
  const killed = await spawnCoaia(home, [
    'trace',
    '--name',
    'killed',
    '--',
    'sh',
    '-c',
    'kill -9 $$',
  ]);
  expect(killed.code).toBe(137);
});

test('nested spans form a tree, and W3C context reaches programs', async () => {
  const home = openSpawnHome();
  const inner = 'coaia span inner -- sh -c \'echo "$TRACEPARENT"\'';
  const { stdout } = await spawnCoaia(home, [
    'trace',
    '--name',
    'nest',
    '--',
    'coaia',
    'span',
    'outer',
    '--',
    'sh',
    '-c',
    inner,
  ]);
  const trace = await readTrace(home);
  const outer = trace.observations.find(({ name }) => name === 'outer');
  const nested = trace.observations.find(({ name }) => name === 'inner');
  expect(nested?.parentObservationId).toBe(outer?.id);
  expect(stdout).toBe(`00-${trace.id}-${nested?.id}-01\n`);
});

test('a parent that children name is stored', async () => {
  const home = openSpawnHome();
  const script =
    'set -- $(echo $TRACEPARENT | tr - " "); coaia fuse traces add-observation "$2" -ts -n child -p "$3" >&2';
  await spawnCoaia(home, ['trace', '--name', 'otel', '--', 'sh', '-c', script]);
  const { observations } = await readTrace(home);
  const root = observations.find(({ name }) => name === 'otel');
  expect(observations.find(({ name }) => name === 'child')?.parentObservationId).toBe(root?.id);
});

test('output is kept as asked for', async () => {
  const home = openSpawnHome();
  const words = ['--', 'printf', 'a\\nb\\n'];
  await spawnCoaia(home, ['span', 'line', ...words]);
  await spawnCoaia(home, ['span', 'lines', '--capture', ...words]);
  await spawnCoaia(home, ['span', 'none', '--no-capture', ...words]);
  const outputs = [];
  for (const name of ['line', 'lines', 'none'])
    outputs.push((await readTrace(home, `@last:${name}`)).observations[0]?.output);
  expect(outputs).toEqual(['b', 'a\nb', null]);
});

test('bytes of stdout come through untouched', async () => {
  const home = openSpawnHome();
  const script = 'process.stdout.write("x".repeat(3e6))';
  const { stdout } = await spawnCoaia(home, ['span', 'big', '--', process.execPath, '-e', script]);
  expect(stdout).toBe('x'.repeat(3_000_000));
});

describe('with the server away', () => {
  const remote = {
    LANGFUSE_HOST: 'http://127.0.0.1:9',
    LANGFUSE_PUBLIC_KEY: 'p',
    LANGFUSE_SECRET_KEY: 's',
  };
  const home = openSpawnHome(remote);
  writeFileSync(join(home.home, 'etl.sh'), ETL);
  const spool = join(home.coaiaHome, 'spool');

  test('the command still runs and the recording is kept, readable for its owner only', async () => {
    const result = await spawnCoaia(home, ['trace', '--name', 'etl', '--', 'sh', 'etl.sh']);
    expect({ code: result.code, stdout: result.stdout }).toEqual({ code: 0, stdout: '42\n' });
    expect(result.stderr).toContain('coaia spool list');
    expect(result.stderr).toMatch(/etl {2}ok {2}2 spans/);
    const files = readdirSync(spool);
    expect(files).toHaveLength(3);
    expect(files.map((file) => statSync(join(spool, file)).mode & 0o777)).toEqual([
      0o600, 0o600, 0o600,
    ]);
  });

  test('reads fail with 4, nothing is sent elsewhere, and the list shows what waits', async () => {
    expect((await spawnCoaia(home, ['traces'])).code).toBe(4);
    const elsewhere = {
      ...home,
      env: { ...home.env, LANGFUSE_HOST: '', LANGFUSE_PUBLIC_KEY: '', LANGFUSE_SECRET_KEY: '' },
    };
    expect((await spawnCoaia(elsewhere, ['traces'])).stdout).toBe('No traces found.\n');
    const list = JSON.parse((await spawnCoaia(home, ['spool', 'list', '--json'])).stdout);
    expect(
      list.map(({ name, destination }: { name: string; destination: string }) => [
        name,
        destination,
      ]),
    ).toEqual([
      ['load', remote.LANGFUSE_HOST],
      ['total', remote.LANGFUSE_HOST],
      ['etl', remote.LANGFUSE_HOST],
    ]);
  });
});
