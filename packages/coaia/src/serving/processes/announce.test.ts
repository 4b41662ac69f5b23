import { expect, test } from 'vitest';
import type { GatewayInput } from '@coaia/client';
import { announceLife } from './announce.ts';

test('a sign of life says how each model runs, and the last one that it ended', async () => {
  const signs: GatewayInput[] = [];
  const counts = { workers: 1, busy: 0, queued: 0, restarts: 0, bytes: 1000 };
  const asleep = { ...counts, workers: 0, bytes: undefined, state: 'unloaded' } as const;
  const life = announceLife({
    deployments: {
      announceGateway: async (_id, input) => {
        signs.push(input);
        return { id: 'g', acceptedAt: '' } as never;
      },
    },
    link: {
      kind: 'pipe',
      list: async () => [
        { model: 'a', version: '1', health: { ...counts, state: 'ready', isSandboxed: false } },
        { model: 'a', version: '2', health: asleep },
        { model: 'b', version: '1', health: asleep },
      ],
    } as never,
    id: 'g',
    name: 'p',
    url: 'http://127.0.0.1:1',
    folder: '/p',
    monitor: { windowHours: 24 },
    listAnswering: () => new Set(['b/1']),
    onError: (error) => {
      throw error;
    },
  });
  await expect.poll(() => signs).toHaveLength(1);
  await life.stop();
  expect(signs.map(({ state }) => state)).toEqual(['ready', 'stopped']);
  expect(signs[0]?.models).toEqual(
    [
      { model: 'a', version: '1', state: 'ready', ...counts, isSandboxed: false },
      { model: 'b', version: '1', state: 'unloaded', ...counts, workers: 0, bytes: undefined },
    ].map(({ bytes, ...rest }) => (bytes === undefined ? rest : { ...rest, bytes })),
  );
  expect(signs[1]).toMatchObject({ models: [], monitor: { windowHours: 24 } });
});
