/** Connections to model servers after a crash, on both databases: the key still opens, the server is called. */
import { describe, expect, test } from 'vitest';
import { startServer } from '../../bench/lib/server.ts';
import { openModelServer } from '../../packages/coaia/src/models/testing/model-server.ts';
import { DATABASES } from './places.ts';
import { cleaners, createOwnPlace, send } from './restarts.ts';

const KEY = 'sk-after-restart-4242';

describe.each(DATABASES)('on %s', (name) => {
  test('a connection is there after a crash, works with its key, and is gone once deleted', async () => {
    const model = await openModelServer({ key: KEY });
    cleaners.push(model.close);
    const place = await createOwnPlace(name);
    const first = await startServer(place);
    const made = await send(first, 'PUT', 'public/llm-connections', {
      provider: 'mine',
      adapter: 'openai',
      secretKey: KEY,
      baseURL: model.baseUrl,
    });
    const doomed = { provider: 'doomed', adapter: 'anthropic', secretKey: KEY };
    const { id } = await send(first, 'PUT', 'public/llm-connections', doomed);
    await send(first, 'DELETE', `public/llm-connections/${id}`);
    await first.crash();

    const second = await startServer(place);
    cleaners.push(() => second.stop());
    expect((await send(second, 'GET', 'public/llm-connections')).data).toEqual([made]);
    const path = `v1/llm-connections/${made.id}/test`;
    const tried = await send(second, 'POST', path, { model: 'm' });
    expect(tried.answer).toContain('You said');
    const trace = await send(second, 'GET', `public/traces/${tried.traceId}`);
    expect(trace.observations).toMatchObject([{ type: 'GENERATION', model: 'm' }]);
  });
});
