/** What was acknowledged is there for the next request, whichever connection it takes. */
import { Agent, request } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { event, openApiServer } from './api-server.ts';
import type { ApiServer } from './api-server.ts';

const ROUNDS = 200;

let server: ApiServer;
beforeAll(async () => {
  server = await openApiServer();
});
afterAll(() => server.stop());

/** A client with one connection of its own. */
function openConnection() {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const send = (method: string, path: string, body?: unknown): Promise<[number, unknown]> =>
    new Promise((resolve, reject) => {
      const headers = { authorization: server.authorization, 'content-type': 'application/json' };
      const call = request(
        `${server.url}/api/public${path}`,
        { agent, method, headers },
        (answer) => {
          let text = '';
          answer.setEncoding('utf8').on('data', (piece: string) => (text += piece));
          answer.on('end', () => resolve([answer.statusCode ?? 0, JSON.parse(text)]));
        },
      );
      call.once('error', reject).end(body === undefined ? undefined : JSON.stringify(body));
    });
  return { send, close: () => agent.destroy() };
}

async function writeAndRead(name: string): Promise<readonly string[]> {
  const writer = openConnection();
  const reader = openConnection();
  const missing: string[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const id = `${name}-${round}`;
    const batch = [
      event('trace-create', { id, name, sessionId: `session-${id}`, output: round }),
      event('generation-create', { id: `generation-${id}`, traceId: id, output: round }),
      event('score-create', { id: `score-${id}`, traceId: id, name: 'round', value: round }),
    ];
    const [status] = await writer.send('POST', '/ingestion', { batch });
    expect(status).toBe(207);
    const answers = await Promise.all([
      reader.send('GET', `/traces/${id}`),
      writer.send('GET', `/observations/generation-${id}`),
      reader.send('GET', `/sessions/session-${id}`),
      writer.send('GET', `/v2/observations?traceId=${id}`),
    ]);
    const [trace, generation, session, list] = answers;
    expect(answers.map(([code]) => code)).toEqual([200, 200, 200, 200]);
    expect(trace[1]).toMatchObject({ id, output: round, observations: [{ output: round }] });
    expect(trace[1]).toMatchObject({ scores: [{ value: round }] });
    expect(generation[1]).toMatchObject({ output: round });
    expect(session[1]).toMatchObject({ traces: [{ id }] });
    expect(list[1]).toMatchObject({ data: [{ traceId: id }] });
    const changed = event('generation-update', { id: `generation-${id}`, output: 'changed' });
    await writer.send('POST', '/ingestion', { batch: [changed] });
    const [, again] = await reader.send('GET', `/observations/generation-${id}`);
    if ((again as { output: unknown }).output !== 'changed') missing.push(id);
  }
  writer.close();
  reader.close();
  return missing;
}

test('two clients write and read at once, each over two connections', async () => {
  expect(await Promise.all([writeAndRead('left'), writeAndRead('right')])).toEqual([[], []]);
  const { body } = await server.read('/traces?limit=1');
  expect(body.meta.totalItems).toBe(2 * ROUNDS);
});
