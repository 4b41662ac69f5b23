import { afterEach, describe, expect, test } from 'vitest';
import { openTestDatabases } from '#store/testing';
import type { AuditEvent } from '#access';
import { saveEvaluation } from '../predictions/evaluation/evaluations.ts';
import { createLocalDeployments } from './local-api.ts';
import { toEvaluation, toInput } from './testing/make-versions.ts';

const CARS = {
  model: 'cars',
  version: '1',
  state: 'ready',
  workers: 1,
  busy: 0,
  queued: 0,
  restarts: 0,
};

describe.each(openTestDatabases())('$name', ({ open }) => {
  const closing: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0)) await close();
  });

  async function openApi(start = 1_000_000) {
    const db = await open();
    closing.push(() => db.close());
    const time = { now: start };
    const scope = { projectId: 'p', level: 'project', via: 'key', publicKey: 'pk' } as const;
    const told: AuditEvent[] = [];
    const ports = { db, clock: () => time.now, audit: (event: AuditEvent) => told.push(event) };
    const evaluate = (version: number, against: number | null, difference: number) =>
      saveEvaluation(ports, scope, 'cars', toEvaluation(version, against, difference));
    return { api: createLocalDeployments(ports, scope), time, db, told, evaluate };
  }

  test('the first version becomes champion, later ones wait to be deployed', async () => {
    const { api } = await openApi();
    await api.registerVersion(toInput(1));
    await api.registerVersion(toInput(2, 'b'));
    await api.registerVersion(toInput(2, 'b'));
    const model = await api.getDeployment('cars');
    expect(model).toMatchObject({ latest: 2, versionCount: 2, traffic: { champion: 1 } });
    expect(model.versions.map(({ version }) => version)).toEqual([2, 1]);
    await expect(api.registerVersion(toInput(2, 'c'))).rejects.toMatchObject({ code: 'AO664' });
    expect((await api.listDeployments()).data.map(({ name }) => name)).toEqual(['cars']);
  });

  test('a number is never given twice, however many ask at the same time', async () => {
    const { api } = await openApi();
    for (let version = 1; version < 6; version += 1) {
      const asked = [String(version), 'abcdef'[version] ?? 'f'].map((letter) =>
        api.registerVersion(toInput(version, letter)),
      );
      const ends = await Promise.allSettled(asked);
      expect(ends.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    }
  });

  test('deploy, canary, and back again', async () => {
    const { api } = await openApi();
    for (const [version, letter] of [
      [1, 'a'],
      [2, 'b'],
      [3, 'c'],
    ] as const)
      await api.registerVersion(toInput(version, letter));
    const change = (champion: number) =>
      api.changeTraffic('cars', { change: { champion }, action: 'deploy' });
    await change(2);
    await api.changeTraffic('cars', {
      change: { canary: { version: 3, percent: 10 } },
      action: 'canary',
      reason: 'new data',
    });
    expect(await api.rollBack('cars', {})).toEqual({ champion: 1, revision: 4 });
    const { history } = await api.getDeployment('cars');
    expect(history.map(({ action }) => action)).toEqual(['rollback', 'canary', 'deploy', 'first']);
    expect(history[1]).toMatchObject({ reason: 'new data', changedBy: 'pk' });
  });

  test('the gate refuses what its evaluation is against, unless somebody says why', async () => {
    const { api, time, told, evaluate } = await openApi();
    for (const [version, letter] of [
      [1, 'a'],
      [2, 'b'],
      [3, 'c'],
    ] as const)
      await api.registerVersion(toInput(version, letter));
    const canary = (percent: number, more: object = {}) =>
      api.changeTraffic('cars', {
        change: { canary: { version: 2, percent } },
        action: 'canary',
        ...more,
      });
    expect(await api.getGate('cars', 2)).toMatchObject({ verdict: 'unknown', champion: 1 });
    await expect(canary(10, { gate: true })).rejects.toMatchObject({ code: 'AO662' });
    await evaluate(2, 1, 0.5);
    time.now += 1;
    // One that compares with nothing says nothing against it.
    await evaluate(2, null, 0);
    expect(await api.getGate('cars', 2)).toMatchObject({
      verdict: 'refuses',
      reasons: [
        'mae is worse over all examples: 0.5 more than version 1 (0.4 to 0.6, 40 examples).',
      ],
      evaluation: { against: 1 },
    });
    const promote = (more: object) =>
      api.changeTraffic('cars', { change: { champion: 2 }, action: 'deploy', ...more });
    for (const more of [{}, { reason: 'why not' }, { force: true }, { force: true, reason: ' ' }])
      await expect(promote(more)).rejects.toMatchObject({ code: 'AO662' });
    expect(told).toEqual([]);
    await canary(20, { force: true, reason: 'only the south' });
    expect(told).toMatchObject([
      { action: 'deployment.override', subject: 'cars/2', actor: 'key:pk', projectId: 'p' },
    ]);
    expect(told[0]?.detail).toContain('canary: only the south (against: mae is worse');
    // Fewer callers than now, a shadow and a way back are not asked about.
    await canary(5);
    await api.changeTraffic('cars', { change: { shadow: 3 }, action: 'shadow' });
    await promote({ force: true, reason: 'ordered' });
    await evaluate(3, 1, -0.5);
    expect((await api.getGate('cars', 3)).reasons).toContain(
      'It was compared with version 1; version 2 answers now.',
    );
    const { history } = await api.getDeployment('cars');
    expect(history.map(({ action }) => action)).toEqual([
      'deploy --force',
      'shadow',
      'canary',
      'canary --force',
      'first',
    ]);
    expect(await api.rollBack('cars', { revision: 4 })).toEqual({
      champion: 1,
      canary: { version: 2, percent: 5 },
      shadow: 3,
      revision: 6,
    });
    for (const [input, code] of [
      [{ revision: 9 }, 'AO663'],
      [{ ifRevision: 5 }, 'AO665'],
    ] as const)
      await expect(api.rollBack('cars', input)).rejects.toMatchObject({ code });
    expect(told).toHaveLength(2);
  });

  test('what is refused changes nothing', async () => {
    const { api } = await openApi();
    await expect(api.getDeployment('cars')).rejects.toMatchObject({ code: 'AO660' });
    await expect(
      api.changeTraffic('cars', { change: { champion: 1 }, action: 'deploy' }),
    ).rejects.toMatchObject({ code: 'AO660' });
    await api.registerVersion(toInput(1));
    await expect(api.rollBack('cars', {})).rejects.toMatchObject({ code: 'AO663' });
    await expect(
      api.changeTraffic('cars', { change: { champion: 9 }, action: 'deploy' }),
    ).rejects.toMatchObject({ code: 'AO660', message: 'cars has no version 9; there is 1.' });
    await expect(
      api.changeTraffic('cars', { change: { sticky: 'x' }, action: 'deploy', ifRevision: 5 }),
    ).rejects.toMatchObject({ code: 'AO665' });
    expect((await api.getDeployment('cars')).traffic).toEqual({ champion: 1, revision: 1 });
  });

  test('of changes at the same time none is lost', async () => {
    const { api } = await openApi();
    for (const [version, letter] of [
      [1, 'a'],
      [2, 'b'],
    ] as const)
      await api.registerVersion(toInput(version, letter));
    const results = await Promise.allSettled(
      Array.from({ length: 8 }, (_, index) =>
        api.changeTraffic('cars', { change: { champion: 1 + (index % 2) }, action: 'deploy' }),
      ),
    );
    const done = results.filter(({ status }) => status === 'fulfilled').length;
    const { history } = await api.getDeployment('cars');
    expect(history).toHaveLength(1 + done);
    for (const result of results)
      if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'AO665' });
  });

  test('a gateway that was stopped can be started until its project runs again', async () => {
    const { api, time } = await openApi();
    await api.registerVersion(toInput(1));
    const announce = (id: string, state: 'ready' | 'stopped', startedAt: number) =>
      api.announceGateway(id, {
        name: 'cars',
        url: 'http://127.0.0.1:26243',
        folder: '/f',
        host: 'h',
        processId: 7,
        state,
        link: 'pipe',
        models: state === 'stopped' ? [] : [CARS],
        startedAt: new Date(startedAt).toISOString(),
      });
    const read = async () => (await api.getDeployment('cars')).gateways.map(({ id }) => id);
    await announce('first', 'stopped', time.now);
    expect(await read()).toEqual(['first']);
    await announce('second', 'ready', time.now + 1000);
    expect(await read()).toEqual(['second']);
  });

  test('a gateway that stops talking is lost, and forgotten after a day', async () => {
    const { api, time, db } = await openApi();
    await api.registerVersion(toInput(1));
    const input = {
      name: 'cars',
      url: 'http://127.0.0.1:26243',
      folder: '/f',
      host: 'h',
      processId: 7,
      state: 'ready',
      link: 'pipe',
      models: [CARS],
      startedAt: new Date(time.now).toISOString(),
    } as const;
    await api.announceGateway('g', input);
    const read = async () => (await api.getDeployment('cars')).gateways.map((one) => one.state);
    expect(await read()).toEqual(['ready']);
    // Pages hear of the version and of the gateway's first sign, and not of the same sign again.
    time.now += 5000;
    await api.announceGateway('g', input);
    const seen = await db.read('SELECT subject_id AS id FROM changes WHERE kind = ?', ['model']);
    expect(seen).toEqual([{ id: 'cars' }, { id: 'cars' }]);
    time.now += 16_000;
    expect(await read()).toEqual(['lost']);
    time.now += 25 * 3_600_000;
    expect(await read()).toEqual([]);
  });
});
