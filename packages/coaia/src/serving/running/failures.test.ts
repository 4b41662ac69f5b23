import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runCoaia } from '#cli/testing';
import { renderLogLine } from './log-line.ts';
import { claimRun, clearRunState, markProcess, toStatePath } from './run-state.ts';
import type { ProcessMark } from './run-state.ts';
import { stopRunning } from './stop.ts';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ao-fail-'));
  writeFileSync(join(folder, 'ao.toml'), '[project]\nname = "x"\n');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const run = (line: string) => runCoaia(`ops ${line}`, { cwd: folder });

function pretend(url: string, supervisor: ProcessMark): void {
  const state = claimRun(folder, 'x');
  writeFileSync(toStatePath(folder), JSON.stringify({ ...state, url, supervisor }));
}

test('a project without a model: up, call, convert and env say so', async () => {
  for (const line of ['up', 'up --detach', 'run --detach'])
    expect((await run(line)).stderr).toContain('AO627');
  expect((await run('convert --to onnx')).stderr).toContain('AO113');
  expect((await run('env --make')).stderr).toContain('AO114');
  pretend('http://127.0.0.1:1', markProcess(process.pid));
  expect((await run('call')).stderr).toContain('AO627');
});

test('words behind -- that nothing takes are AO628, and no usage line promises that they are taken', async () => {
  for (const line of ['up', 'down', 'ps', 'logs', 'smoke', 'bench']) {
    const { code, stderr } = await run(`${line} -- surplus`);
    expect([code, stderr]).toEqual([2, expect.stringContaining('AO628')]);
    const { stdout } = await run(`${line} --help`);
    expect(stdout.split('\n')[0]).toMatch(/^Usage: coaia ops \w+( \[options\])?$/);
  }
  expect((await run('test --help')).stdout).toContain('ops test [-- ARGS...]');
  expect((await run('call --help')).stdout).toContain('ops call [options] [--INPUT VALUE...]');
});

test('counts below one are refused, not corrected', async () => {
  for (const line of ['up --workers 0', 'bench --clients 0', 'bench --seconds -1']) {
    const { code, stderr } = await run(line);
    expect([code, stderr]).toEqual([2, expect.stringMatching(/AO102: --\w+ is a whole number/)]);
  }
});

function writeModel(): void {
  mkdirSync(join(folder, 'model-service'));
  writeFileSync(
    join(folder, 'model-service/model.py'),
    'def predict(a: int) -> int:\n    return a\n',
  );
}

test('a service that answers with something else', async () => {
  const server = createServer((_, response) => response.writeHead(500).end('{"oops": true}'));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  writeModel();
  pretend(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, markProcess(process.pid));
  const { code, stderr } = await run('call --a 1');
  expect([code, stderr.includes('AO625: status 500')]).toEqual([1, true]);
  const homeless = await runCoaia('ops call --a 1', { cwd: folder, home: '/dev/null/home' });
  expect(homeless.stderr).toContain('AO625: status 500');
  expect(
    homeless.stderr.match(/Not recorded in \S+ which cannot be written \(ENOTDIR\)/g),
  ).toHaveLength(1);
  server.closeAllConnections();
  server.close();
});

test('a call without a key says how to send one', async () => {
  const server = createServer((_request, response) => {
    const error = { code: 'AO440', message: 'It needs a key.', hint: 'coaia keys create' };
    response.writeHead(401, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ error }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  writeModel();
  pretend(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, markProcess(process.pid));
  expect((await run('call --a 1')).stderr).toBe(
    'Error AO440: It needs a key.\nFix: ao call --api-key KEY, or set AO_API_KEYS\n',
  );
  server.closeAllConnections();
  server.close();
});

test('what does not end is named; a stranger with the same id is left alone', async () => {
  const stubborn = spawn(process.execPath, [
    '-e',
    `process.on('SIGTERM', () => 0); setInterval(() => 0, 1000); console.log('up')`,
  ]);
  await once(stubborn.stdout, 'data');
  const mark = markProcess(stubborn.pid ?? 0);
  pretend('http://127.0.0.1:1', mark);
  await expect(stopRunning(folder, 200)).rejects.toMatchObject({
    code: 'AO626',
    message: `Process ${mark.pid} does not end.`,
  });
  clearRunState(folder);
  pretend('http://127.0.0.1:1', { ...mark, start: 'another boot:1' });
  expect(await stopRunning(folder, 200)).toBeUndefined();
  expect(stubborn.exitCode).toBeNull();
  stubborn.kill('SIGKILL');
});

test('lines of logs for people', () => {
  const line =
    '{"ts":"2026-11-21T10:10:26.513Z","level":"warn","svc":"gateway","msg":"slow","dur_ms":1.5,"model":"m","trace_id":null}';
  expect(renderLogLine('gateway', line)).toBe('10:10:26 warn gateway slow dur_ms=1.5 model=m');
  expect(renderLogLine('host', 'printed by the model')).toBe('host: printed by the model');
  expect(renderLogLine('gateway', '{"error":"No.","code":"AO1","hint":null}')).toBe(
    'error gateway AO1: No.',
  );
  expect(renderLogLine('host', '{broken')).toBe('host: {broken');
});
