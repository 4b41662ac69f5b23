/** A real gateway that asks for keys, asked by the page, by a step of a pipeline and by a tool of agents. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openAccess } from '#access';
import { createEgress } from '#egress';
import { openLocalMcpModels } from '#main/open-mcp-models';
import { openSecretBox } from '#models';
import { createRecorder } from '#observability';
import { openRoomServer } from '../../observability/testing/open-room-server.ts';
import { openTestDatabases } from '#store/testing';
import type { GatewayInput } from '@coaia/client';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createServiceLog } from '../gateway/service-log.ts';
import { openGatewayProcess } from '../processes/gateway-process.ts';
import { createLocalServices } from '../processes/local-services.ts';
import { hasPython } from '../testing/fixtures.ts';
import { makeProject } from '../testing/project-fixture.ts';
import { action } from './actions/predict.ts';

const python = hasPython();
const clock = Date.now;

// What differs between the two stores is tested without a model, in call-model.test.ts.
const [database] = openTestDatabases();

describe.skipIf(python.skip)(`a gateway with keys${python.note}`, () => {
  test('answers the workbench, and nobody without a key', async () => {
    const db = await database!.open();
    const server = await openRoomServer(db);
    const access = await openAccess(db);
    const scope = { projectId: access.projectId, level: 'project', via: 'local' } as const;
    const secrets = openSecretBox({ folder: join(server.folder, 'keys') });
    const folder = mkdtempSync(join(tmpdir(), 'coaia-locked-'));
    const said: string[] = [];
    const services = createLocalServices(
      {
        db,
        clock,
        recorder: createRecorder({ db, clock }),
        access,
        secrets,
        home: folder,
        checkEgress: () => undefined,
      },
      scope,
    );
    const gateway = await openGatewayProcess({
      project: makeProject(folder, {
        name: 'twice',
        code: 'def predict(a: float) -> float:\n    return a * 2\n',
      }),
      services: { ...services, isTrusted: () => true },
      authenticate: services.authenticate,
      link: { kind: 'pipe', address: '', isSandboxed: false, env: {} },
      host: '127.0.0.1',
      ports: [0],
      isWatching: false,
      log: createServiceLog({
        service: 'gateway',
        level: 'info',
        format: 'json',
        isTerminal: false,
        write: (text) => void said.push(text),
      }),
    });
    onTestFinished(async () => {
      await gateway.close();
      await access.close();
      await server.close();
      rmSync(folder, { recursive: true, force: true });
    });
    const { getDeployment } = services.deployments;
    await expect
      .poll(async () => (await getDeployment('twice')).gateways, { timeout: 30_000 })
      .toMatchObject([{ isLocked: true }]);

    const direct = await fetch(`${gateway.url}/predict`, { method: 'POST', body: '{"a":1}' });
    expect(direct.status).toBe(401);
    const page = await server.send('POST', '/api/v1/deployments/twice/predict', {
      data: { a: 4 },
      version: '1',
    });
    expect([page.status, page.body.predictions]).toEqual([200, [8]]);
    const egress = createEgress({ offline: false, ledgerPath: join(folder, 'egress.jsonl') });
    const ports = {
      db,
      clock,
      secrets,
      gatewayHosts: [],
      fetch: (url: string, init: RequestInit) => egress.fetch('serving', url, init),
    };
    const step = await action.run(
      ports as never,
      { scope, traceId: '', observationId: '', signal: AbortSignal.timeout(30_000) } as never,
      { model: 'twice', data: { a: 5 } },
    );
    expect(step.output).toMatchObject({ predictions: [10] });
    const tools = await openLocalMcpModels(db, scope, { egress, secrets, gatewayHosts: [] });
    expect(await tools.predict('twice', { a: 6 })).toMatchObject({ predictions: [12] });

    // A newer one that was announced under an address of somebody else is passed over, however it came.
    const [{ url: _url, ...sign }] = (await getDeployment('twice')).gateways as never as [
      GatewayInput,
    ];
    const announce = (id: string, headers: Readonly<Record<string, string>>) =>
      fetch(`${server.url}/api/v1/deployment-gateways/${id}`, {
        method: 'PUT',
        headers: { authorization: `Basic ${btoa('pk-lf-own:sk-lf-own')}`, ...headers },
        body: JSON.stringify({
          ...sign,
          url: 'http://127.0.0.1:1',
          startedAt: new Date(clock() + 1000).toISOString(),
        }),
      });
    expect((await announce('proxied', { 'x-forwarded-for': '127.0.0.1' })).status).toBe(200);
    const again = await server.send('POST', '/api/v1/deployments/twice/predict', {
      data: { a: 7 },
    });
    expect(again.body.predictions).toEqual([14]);
    expect((await announce('direct', {})).status).toBe(200);
    const sources = await db.read<{ id: string; detail: string }>(
      "SELECT id, detail FROM serving_gateways WHERE id IN ('proxied', 'direct') ORDER BY id",
    );
    expect(sources.map(({ detail }) => JSON.parse(detail).from)).toEqual(['127.0.0.1', '']);

    // The secret is neither answered nor readable in the store, and the log names who asked.
    const seen = await server.send('GET', '/api/v1/deployments/twice');
    expect(JSON.stringify(seen.body)).not.toMatch(/sealed|callSecret/);
    const [row] = await db.read<{ detail: string }>(
      'SELECT detail FROM serving_gateways WHERE url = ?',
      [gateway.url],
    );
    expect(JSON.parse(row?.detail ?? '').call).toEqual({
      keyId: expect.any(String),
      sealed: expect.any(String),
    });
    await expect
      .poll(() => said.join(''), { timeout: 15_000 })
      .toMatch(/"caller":"workbench owner"/);
    expect(said.join('')).toContain('"caller":"workbench key:pk-lf-own"');
    expect(said.join('')).not.toContain('ao-call');
    expect(readFileSync(join(folder, 'egress.jsonl'), 'utf8')).not.toContain('ao-call');
  }, 60_000);
});
