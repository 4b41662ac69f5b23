import { afterEach, describe, expect, test } from 'vitest';
import { openTestDatabases } from '#store/testing';
import { createLocalDeployments } from './local-api.ts';

const signature = {
  inputs: [{ name: 'wt' }],
  outputs: [{ name: 'prediction' }],
  task: 'regression',
  example: {},
};

const CARS = {
  model: 'cars',
  version: '1',
  state: 'ready',
  workers: 1,
  busy: 0,
  queued: 0,
  restarts: 0,
};

function toInput(version: number, letter = 'a', model = 'cars') {
  return {
    folder: '/nowhere',
    manifest: {
      format: 1,
      project: 'cars',
      model,
      version,
      digest: letter.repeat(64),
      language: 'r',
      platform: 'r_lm',
      signature,
      files: {},
    },
  };
}

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
    return { api: createLocalDeployments({ db, clock: () => time.now }, scope), time };
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
    const { api, time } = await openApi();
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
    time.now += 16_000;
    expect(await read()).toEqual(['lost']);
    time.now += 25 * 3_600_000;
    expect(await read()).toEqual([]);
  });
});
