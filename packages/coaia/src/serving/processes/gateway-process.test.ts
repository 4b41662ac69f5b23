import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openTestDatabases } from '#store/testing';
import { openSecretBox } from '#models';
import { createRecorder } from '#observability';
import { openAccess } from '#access';
import type { DeploymentTrafficChange } from '@coaia/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createServiceLog } from '../gateway/service-log.ts';
import { hasPython } from '../testing/fixtures.ts';
import { makeProject } from '../testing/project-fixture.ts';
import { openGatewayProcess } from './gateway-process.ts';
import type { GatewayProcess } from './gateway-process.ts';
import { createLocalServices } from './local-services.ts';
import type { GatewayServices } from './gateway-services.ts';

const python = hasPython();
/** Reloads under load; the soak run has 20. */
const RELOADS = Number(process.env['COAIA_SOAK_RELOADS'] ?? 3);

const toCode = (number: number) =>
  `"""Multiplies."""\n\n\ndef predict(a: float) -> float:\n    return a * ${number}\n`;

const [database] = openTestDatabases();

describe.skipIf(python.skip || database === undefined)(`a gateway${python.note}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'coaia-gateway-'));
  const said: string[] = [];
  let services: GatewayServices;
  let running: GatewayProcess;
  let close: () => Promise<void>;

  const project = makeProject(folder, {
    name: 'times',
    code: toCode(1),
    examples: 'a\n1\n2\n3\n',
  });

  beforeAll(async () => {
    const db = await database!.open();
    const clock = Date.now;
    const access = await openAccess(db);
    const scope = { projectId: access.projectId, level: 'project', via: 'local' } as const;
    services = createLocalServices(
      {
        db,
        clock,
        recorder: createRecorder({ db, clock }),
        access,
        secrets: openSecretBox({ folder: join(folder, 'keys') }),
        home: folder,
        checkEgress: () => undefined,
      },
      scope,
    );
    running = await openGatewayProcess({
      project,
      services: { ...services, isTrusted: () => true },
      link: { kind: 'pipe', address: '', isSandboxed: false, env: {} },
      host: '127.0.0.1',
      ports: [0],
      isWatching: true,
      log: createServiceLog({
        service: 'gateway',
        level: 'info',
        format: 'json',
        isTerminal: false,
        write: (text) => void said.push(text),
      }),
    });
    close = async () => {
      await running.close();
      await access.close();
      await db.close();
    };
  });
  afterAll(async () => {
    await close();
    rmSync(folder, { recursive: true, force: true });
  });

  const ask = async (a: number) => {
    const response = await fetch(`${running.url}/predict`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ a }),
    });
    const body = (await response.json()) as { predictions: readonly number[]; version: string };
    return { status: response.status, ...body };
  };

  /** Asks all the time until stopped; answers every status that was not 200. */
  function keepAsking() {
    const failures: number[] = [];
    const state = { count: 0, isOver: false };
    const loop = async () => {
      while (!state.isOver) {
        const { status, predictions, version } = await ask(2);
        state.count += 1;
        // An answer is wholly of one version: 2 times its number.
        if (status !== 200 || predictions[0] !== 2 * Number(version)) failures.push(status);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    };
    const loops = [loop(), loop()];
    return {
      async stop() {
        state.isOver = true;
        await Promise.all(loops);
        return { failures, count: state.count };
      },
    };
  }

  test('answers, and is known with its version', async () => {
    expect(await ask(21)).toMatchObject({ status: 200, predictions: [21], version: '1' });
    await expect
      .poll(async () => (await services.deployments.getDeployment('times')).gateways)
      .toMatchObject([{ state: 'ready', url: running.url, models: [{ model: 'times' }] }]);
    expect(await (await fetch(`${running.url}/health`)).json()).toMatchObject({
      models: [{ name: 'times', state: 'ready', isSandboxed: false }],
    });
  });

  test('every save is a new version, and no request fails meanwhile', async () => {
    const asking = keepAsking();
    for (let number = 2; number < 2 + RELOADS; number += 1) {
      writeFileSync(join(folder, 'model-service/model.py'), toCode(number));
      await expect.poll(async () => (await ask(1)).version, { interval: 50 }).toBe(String(number));
    }
    const { failures, count } = await asking.stop();
    expect(failures).toEqual([]);
    expect(count).toBeGreaterThan(10);
    expect(said.join('')).not.toContain('nothing to compare');
  }, 60_000);

  test('a save that goes back to what was there before answers as before', async () => {
    const { version } = await ask(1);
    writeFileSync(join(folder, 'model-service/model.py'), toCode(1));
    await expect.poll(async () => (await ask(1)).version).toBe('1');
    writeFileSync(join(folder, 'model-service/model.py'), toCode(Number(version)));
    await expect.poll(async () => (await ask(1)).version).toBe(version);
  }, 40_000);

  test('a save that breaks the model is told, and the version before goes on', async () => {
    const before = (await ask(1)).version;
    writeFileSync(
      join(folder, 'model-service/model.py'),
      'def predict(a: float) -> float:\n    return (\n',
    );
    await expect.poll(() => said.join('')).toMatch(/is not in order/);
    expect((await ask(1)).version).toBe(before);
    writeFileSync(join(folder, 'model-service/model.py'), toCode(Number(before)));
  }, 40_000);

  test('a save does not go over what somebody has settled about the traffic', async () => {
    const change = (traffic: DeploymentTrafficChange) =>
      services.deployments.changeTraffic('times', { change: traffic, action: 'deploy' });
    const save = (factor: number) =>
      writeFileSync(join(folder, 'model-service/model.py'), toCode(factor));
    const last = async () => (await services.deployments.getDeployment('times')).versions.length;
    const before = (await ask(1)).version;
    await change({ canary: { version: 1, percent: 0 } });
    save(101);
    await expect.poll(() => said.join('')).toMatch(/does not answer: version 1 is a canary\. Fix/);
    const made = await last();
    expect((await ask(1)).version).toBe(before);
    await change({ canary: null, champion: 1 });
    save(102);
    await expect.poll(() => said.join('')).toMatch(/version 1 was put in front of the files/);
    expect(await last()).toBe(made + 1);
    await expect.poll(async () => (await ask(1)).version).toBe('1');
    // Whoever puts the files as they stand in front is followed again.
    await change({ champion: made + 1 });
    save(Number(before));
    await expect.poll(async () => (await ask(1)).version).toBe(before);
  }, 40_000);

  test('traffic that others change is followed without a failed request', async () => {
    const asking = keepAsking();
    await services.deployments.changeTraffic('times', {
      change: { champion: 1 },
      action: 'deploy',
    });
    await expect.poll(async () => (await ask(1)).version).toBe('1');
    await services.deployments.rollBack('times', {});
    await expect.poll(async () => (await ask(1)).version).not.toBe('1');
    expect((await asking.stop()).failures).toEqual([]);
  }, 40_000);
});
