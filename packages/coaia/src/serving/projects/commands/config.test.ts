import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runCoaia } from '#cli/testing';

let cwd = '';

beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'ao-config-'));
  writeFileSync(
    join(cwd, 'ao.toml'),
    '[project]\nname = "churn"\n[api]\nport = 8000\n[tasks]\na = ["x", "y"]\n[secrets.TOKEN]\n[secrets.OTHER]\nenv = "B"\n[models.m]\nlanguage = "r"\n[models.m.inputs."Sepal.Length"]\nmin = 0\n[models.m.gate]\nmargin = 0.01\n',
  );
});
afterEach(() => rmSync(cwd, { recursive: true }));

const run = (line: string, env = {}) => runCoaia(`ops config ${line}`, { cwd, env });

test('every setting with its value and origin', async () => {
  const { stdout, code } = await run('--show-origin', {
    AO_LOG_LEVEL: 'debug',
    TOKEN: 'very secret',
  });
  expect(code).toBe(0);
  const lines = stdout.split('\n');
  expect(lines).toContain('project.name = "churn"  # ao.toml:2');
  expect(lines).toContain('api.port = 8000  # ao.toml:4');
  expect(lines).toContain('api.host = "127.0.0.1"  # default');
  expect(lines).toContain('log.level = "debug"  # AO_LOG_LEVEL');
  expect(lines).toContain('tasks.a = ["x", "y"]  # ao.toml:6');
  expect(lines).toContain('models.m.workers = 1  # default');
  expect(lines).toContain('models.m.inputs."Sepal.Length".min = 0  # ao.toml:13');
  expect(lines).toContain('models.m.gate.margin = 0.01  # ao.toml:15');
  expect(lines).toContain('models.m.gate.confidence = 0.95  # default');
  expect(lines).toContain('secrets.TOKEN = "set"  # TOKEN');
  expect(lines).toContain('secrets.OTHER = "unset"  # B');
  expect(stdout).not.toContain('very secret');
});

test('one setting, one table, JSON', async () => {
  expect((await run('api.host')).stdout).toBe('127.0.0.1\n');
  expect((await run('link')).stdout).toMatch(
    /^link\.mode = "auto"\nlink\.address = "127\.0\.0\.1:50051"\n/,
  );
  expect(JSON.parse((await run('api.port --json --show-origin')).stdout)).toEqual({
    value: 8000,
    origin: 'ao.toml:4',
  });
  expect(JSON.parse((await run('--json')).stdout)).toMatchObject({
    'api.port': 8000,
    'check.coverage': 95,
  });
});

test('an unknown key is AO103 with the nearest', async () => {
  const { code, stderr } = await run('api.prot');
  expect(code).toBe(2);
  expect(stderr).toContain('AO103: `api.prot` is not a setting. Did you mean `api.port`?');
});

test('mistakes in the file are told beside the values', async () => {
  writeFileSync(join(cwd, 'ao.toml'), '[project]\nname = "churn"\n[api]\nprot = 1\n');
  const { code, stdout, stderr } = await run('api.port');
  expect([code, stdout]).toEqual([2, '26243\n']);
  expect(stderr).toContain(
    'AO101 ao.toml line 4: `[api] prot` is not a setting. Did you mean `port`?',
  );
});
