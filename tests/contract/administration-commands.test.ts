/** The commands of administration against a server, with the key of its organization. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findProgram, startServer } from '../../bench/lib/server.ts';
import type { BenchServer } from '../../bench/lib/server.ts';
import { RUN_ENV } from '../../packages/coaia/src/base/testing.ts';

let server: BenchServer;
let folder: string;
beforeAll(async () => {
  server = await startServer();
  folder = mkdtempSync(join(tmpdir(), 'coaia-admin-'));
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function run(words: readonly string[]) {
  const [publicKey, secretKey] = atob(server.organizationAuthorization.slice(6)).split(':');
  const child = spawn(process.execPath, [findProgram(), ...words, '--json'], {
    cwd: folder,
    env: {
      ...RUN_ENV,
      PATH: process.env['PATH'],
      HOME: folder,
      COAIA_HOME: join(folder, 'home'),
      LANGFUSE_BASE_URL: server.url,
      LANGFUSE_PUBLIC_KEY: publicKey,
      LANGFUSE_SECRET_KEY: secretKey,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const code = await new Promise((resolve) => {
    child.once('close', resolve);
  });
  // oxlint-disable-next-line typescript/no-explicit-any -- its form is what the test checks
  const body: any = /^[[{]/.test(stdout) ? JSON.parse(stdout) : stdout;
  return { code, stderr, body };
}

test('projects, keys and people of a server', async () => {
  const { body: project } = await run(['projects', 'create', 'staging', '--retention', '30']);
  expect(project).toMatchObject({ name: 'staging', retentionDays: 30 });
  const { body: key } = await run(['keys', 'create', '--project', project.id, '--note', 'ci']);
  const headers = { authorization: `Basic ${btoa(`${key.publicKey}:${key.secretKey}`)}` };
  const opened = await fetch(`${server.url}/api/public/projects`, { headers });
  expect(await opened.json()).toMatchObject({ data: [{ id: project.id }] });
  expect((await run(['keys', 'list', '--project', project.id])).body).toMatchObject([
    { note: 'ci' },
  ]);
  await run(['users', 'add', 'ada@example.com', '--role', 'OWNER']);
  await run(['users', 'add', 'bob@example.com']);
  await run(['users', 'set-role', 'bob@example.com', 'VIEWER']);
  expect((await run(['users', 'list'])).body).toMatchObject([
    { email: 'ada@example.com', role: 'OWNER' },
    { email: 'bob@example.com', role: 'VIEWER' },
  ]);
  expect((await run(['users', 'remove', 'ada@example.com', '--yes'])).code).not.toBe(0);
  expect((await run(['users', 'remove', 'bob@example.com', '--yes'])).code).toBe(0);
  await run(['keys', 'delete', key.id, '--project', project.id, '--yes']);
  const refused = await fetch(`${server.url}/api/public/projects`, { headers });
  expect(refused.status).toBe(401);
  const { body: renamed } = await run(['projects', 'update', project.id, '--name', 'stage']);
  expect(renamed).toMatchObject({ name: 'stage', retentionDays: 30 });
  expect((await run(['projects', 'delete', project.id, '--yes'])).code).toBe(0);
  expect((await run(['orgs', 'projects'])).body).toHaveLength(1);
});

test('what a server does not do is said', async () => {
  const { code, stderr } = await run(['orgs', 'create', 'Research']);
  expect([code, JSON.parse(stderr).code]).toEqual([3, 'COAIA-0327']);
});
