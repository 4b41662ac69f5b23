import { execFile, execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCoaia } from '#cli/testing';
import { findRunning } from '../../running/run-state.ts';
import { stopRunning } from '../../running/stop.ts';
import { PYTHON } from '../../testing/fixtures.ts';

const PROGRAM = fileURLToPath(new URL('../../../../bin/ao.ts', import.meta.url));

function isThere(): boolean {
  try {
    execFileSync(PYTHON, ['-c', 'import fastapi, uvicorn, grpc, google.protobuf'], {
      stdio: 'ignore',
    });
    return true;
  } catch {
    return false;
  }
}

const hasFastapi = isThere();

/** A port that is free now. */
async function findPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

const note = hasFastapi ? '' : ' not run: python3-fastapi with python3-grpcio is not installed';
describe.skipIf(!hasFastapi)(`two api-services over one model service${note}`, () => {
  let root = '';
  let folder = '';
  let uvicorn: ChildProcess | undefined;
  let addresses: readonly string[] = [];

  beforeAll(async () => {
    root = mkdtempSync(join(tmpdir(), 'ao-fastapi-'));
    const env = {
      ...process.env,
      HOME: root,
      COAIA_HOME: join(root, '.coaia'),
      AO_LINK_ADDRESS: '127.0.0.1:0',
    };
    await runCoaia('ops init cars --api fastapi', {
      cwd: root,
      home: root,
      env: { PATH: process.env['PATH'] },
    });
    folder = join(root, 'cars');
    await promisify(execFile)(process.execPath, [PROGRAM, 'up', '-d', '--port', '0'], {
      cwd: folder,
      env,
    });
    const running = findRunning(folder);
    const port = await findPort();
    uvicorn = spawn(PYTHON, ['-m', 'uvicorn', 'main:app', '--port', String(port)], {
      cwd: join(folder, 'api-service'),
      env: { ...env, MODEL_SERVICE_ADDRESS: running?.children[0]?.ready?.address },
      stdio: 'ignore',
    });
    addresses = [running?.url ?? '', `http://127.0.0.1:${port}`];
    for (let tries = 0; tries < 400; tries++) {
      const answer = await fetch(`${addresses[1]}/health`).catch(() => undefined);
      if (answer?.ok === true) break;
      await sleep(100);
    }
  }, 60_000);
  afterAll(async () => {
    uvicorn?.kill('SIGKILL');
    await stopRunning(folder);
    rmSync(root, { recursive: true, force: true });
  });

  const post = async (address: string, body: string) => {
    const answer = await fetch(`${address}/predict`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-request-id': 'r-1' },
      body,
    });
    const said = (await answer.json()) as {
      readonly predictions?: unknown;
      readonly request_id?: string;
      readonly error?: {
        readonly code: string;
        readonly details?: readonly { readonly field: string }[];
      };
    };
    const { predictions, error } = said;
    const fields = error?.details?.map(({ field }) => field);
    return { status: answer.status, predictions, code: error?.code, fields };
  };

  test.each([
    ['{"wt": 2.62, "hp": 110}', 200],
    ['[{"wt": 2.62, "hp": 110}, {"wt": 3, "hp": 95.5}]', 200],
    ['{"wt": "heavy", "hp": 110}', 422],
    ['{"hp": 110}', 422],
    ['[]', 200],
    ['{oops', 400],
  ])('%s is answered with %d by both, and alike', async (body, status) => {
    const [own, other] = await Promise.all(addresses.map((address) => post(address, body)));
    expect(own?.status).toBe(status);
    expect(other).toEqual(own);
  });

  test('health follows the model service', async () => {
    expect((await fetch(`${addresses[1]}/health`)).status).toBe(200);
    await stopRunning(folder);
    expect((await fetch(`${addresses[1]}/health`)).status).toBe(503);
    const gone = await post(addresses[1] ?? '', '{"wt": 2.62, "hp": 110}');
    expect([gone.status, gone.code]).toEqual([503, 'AO452']);
  });
});
