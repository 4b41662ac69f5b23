/** The commands one after the other on one embedded store, no server running. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCoaia } from '#cli/testing';
import type { Observation, TraceDetail } from '@coaia/client';
import { expect, test } from 'vitest';

function openHome() {
  const home = mkdtempSync(join(tmpdir(), 'coaia-home-'));
  return {
    home,
    run: (line: string, options: Parameters<typeof runCoaia>[1] = {}) =>
      runCoaia(line, { home, ...options }),
    async read(id: string): Promise<TraceDetail> {
      return JSON.parse((await runCoaia(['fuse', 'traces', 'tv', id, '--json'], { home })).stdout);
    },
  };
}

test('zero and false are stored as they are', async () => {
  const { run, read } = openHome();
  await run('fuse traces create T -i 0 -o false');
  expect(await read('T')).toMatchObject({ input: 0, output: false });
});

test('patch-output changes the output and leaves the time', async () => {
  const { home, run, read } = openHome();
  writeFileSync(join(home, 'out.txt'), 'from a file');
  await run('fuse traces create T -n N -i in --timestamp 2512161430');
  const before = await read('T');
  expect((await run(`fuse traces patch-output T '{"a":1}'`)).code).toBe(0);
  expect(await read('T')).toMatchObject({
    output: { a: 1 },
    timestamp: before.timestamp,
    name: 'N',
    input: 'in',
  });
  await run('fuse traces patch-output T', { stdin: 'from stdin' });
  expect((await read('T')).output).toBe('from stdin');
  await run('fuse traces patch-output --trace-id T -f out.txt');
  expect(await read('T')).toMatchObject({
    output: 'from a file',
    timestamp: '2025-12-16T14:30:00.000Z',
  });
  expect((await run('fuse traces patch-output T')).code).toBe(2);
});

test('an observation is opened, ended and read', async () => {
  const { run } = openHome();
  await run('fuse traces create T');
  await run('fuse traces add-observation T O -ts -n load --start-time -10s');
  expect((await run('fuse traces obs-get O')).stdout).toContain('status    running');
  expect((await run(`fuse observations end O -o '{"rows":1}'`)).code).toBe(0);
  const ended: Observation = JSON.parse((await run('fuse observations get O --json')).stdout);
  expect(ended).toMatchObject({ type: 'SPAN', name: 'load', output: { rows: 1 } });
  expect(ended.latency).toBeGreaterThan(9);
  expect((await run('fuse traces get-obs NONE')).code).toBe(1);
  expect((await run('fuse traces end NONE')).code).toBe(1);
});

test('update changes what is given and refuses what does not exist', async () => {
  const { run, read } = openHome();
  await run('fuse traces create T -n old -u U --tags a');
  expect((await run('fuse traces update T --name new --tags b')).code).toBe(0);
  expect(await read('T')).toMatchObject({ name: 'new', userId: 'U', tags: ['a', 'b'] });
  expect((await run('fuse traces update NONE --name x')).code).toBe(1);
  expect((await run('fuse traces update T')).code).toBe(2);
});

test('delete says what was there and what was not', async () => {
  const { run } = openHome();
  await run('fuse traces create A');
  await run('fuse traces create B');
  const some = await run('fuse traces delete A NONE --json');
  expect({ code: some.code, json: JSON.parse(some.stdout) }).toEqual({
    code: 5,
    json: { deleted: ['A'], missing: ['NONE'] },
  });
  expect((await run('fuse traces delete @last')).code).toBe(0);
  expect((await run('fuse traces delete A')).code).toBe(1);
  expect((await run('fuse traces')).stdout).toBe('No traces found.\n');
});

test('trace-view shows every observation, however many', async () => {
  const { run } = openHome();
  const items = Array.from({ length: 130 }, (_, index) => ({
    id: `o${index}`,
    type: 'SPAN',
    name: `n${index}`,
    parent: index === 0 ? undefined : 'o0',
  }));
  await run('fuse traces add-observations T', { stdin: JSON.stringify(items) });
  const { stdout } = await run('fuse traces trace-view T --ascii');
  expect(stdout.match(/\[SPAN\]/g)).toHaveLength(130);
  expect(stdout).toContain("   '- [SPAN]");
  const shallow = await run('fuse traces tv T --depth 1');
  expect(shallow.stdout).toContain('129 deeper observations hidden');
});

test('export writes every trace as JSON lines and as CSV', async () => {
  const { run } = openHome();
  for (const id of ['A', 'B', 'C']) await run(`fuse traces create ${id} -n 'x,"y"' -i '{"k":1}'`);
  await run('fuse traces add-observation B -ts');
  const lines = (await run('fuse traces export --include-observations')).stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines.map(({ id, observations }) => [id, observations.length])).toEqual([
    ['A', 0],
    ['B', 1],
    ['C', 0],
  ]);
  const csv = (await run('fuse traces export --format csv --limit 1')).stdout.trim().split('\n');
  expect(csv[0]).toMatch(/^id,timestamp,name,/);
  expect(csv[1]).toContain(',"x,""y""",');
  expect(csv[1]).toContain('"{""k"":1}"');
  expect(csv).toHaveLength(2);
});

test('tail prints what arrives, as JSON lines, and ends with 130', async () => {
  const { run } = openHome();
  await run('fuse traces create OLDEST --timestamp 2512161430');
  await run('fuse traces create OLD');
  const stop = new AbortController();
  let heard = '';
  const tail = run('fuse traces tail --json --interval 0.05 --last 1', {
    interrupt: stop.signal,
    onOutput: (text) => (heard += text),
  });
  await expect.poll(() => heard).toContain('"OLD"');
  await run('fuse traces create NEW1');
  await run('fuse traces create NEW2');
  await expect.poll(() => heard).toContain('"NEW2"');
  stop.abort();
  const { code, stdout } = await tail;
  expect(code).toBe(130);
  expect(
    stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).id),
  ).toEqual(['OLD', 'NEW1', 'NEW2']);
});

test('session-view is the session in order, and a missing one exits 1', async () => {
  const { run } = openHome();
  await run('fuse traces create B -s S --timestamp 2512161431');
  await run('fuse traces create A -s S --timestamp 2512161430');
  await run('fuse traces create X -s other');
  const traces = JSON.parse((await run('fuse traces sv S --json')).stdout);
  expect(traces.map(({ id }: { id: string }) => id)).toEqual(['A', 'B']);
  expect((await run('fuse traces session-view NONE')).code).toBe(1);
});
