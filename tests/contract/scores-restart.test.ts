/** What was written about scores is there after a restart, seen through other operations, on both databases. */
import { describe, expect, test } from 'vitest';
import { startServer } from '../../bench/lib/server.ts';
import { DATABASES } from './places.ts';
import { cleaners, createOwnPlace, send } from './restarts.ts';

describe.each(DATABASES)('on %s', (name) => {
  test('scores and configs outlive the server', async () => {
    const place = await createOwnPlace(name);
    const first = await startServer(place);
    const config = await send(first, 'POST', 'public/score-configs', {
      name: 'Q',
      dataType: 'BOOLEAN',
    });
    await send(first, 'PATCH', `public/score-configs/${config.id}`, { description: 'changed' });
    const scores = [
      { id: 'kept', traceId: 't', name: 'n', value: 1, configId: config.id },
      { id: 'gone', traceId: 't', name: 'n', value: 1 },
      { id: 'session', sessionId: 's', name: 'n', value: 'kind' },
    ];
    for (const score of scores) await send(first, 'POST', 'public/scores', score);
    await send(first, 'DELETE', 'public/scores/gone');
    await first.stop();

    const second = await startServer(place);
    cleaners.push(() => second.stop());
    const list = await send(second, 'GET', 'public/score-configs');
    expect(list.data).toMatchObject([{ id: config.id, description: 'changed' }]);
    const v2 = await send(second, 'GET', 'public/v2/scores');
    expect(v2.data.map(({ id }: { readonly id: string }) => id)).toEqual(['session', 'kept']);
    expect(v2.meta.totalItems).toBe(2);
    const v3 = await send(second, 'GET', 'public/v3/scores?traceId=t');
    expect(v3.data).toMatchObject([{ id: 'kept', name: 'Q', value: true }]);
    const v1 = await send(second, 'GET', 'public/scores');
    expect(v1.data).toMatchObject([{ id: 'kept', stringValue: 'True' }]);
  }, 60_000);
});
