/** A client that goes away is no failure of the server; a failure is one, whoever listens. */
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { defineRoute } from '#surface';
import { afterEach, expect, test } from 'vitest';
import { createLog } from './log.ts';
import { BASIC, nothing, openTestStore, startTestServer } from './testing.ts';

let close: (() => Promise<unknown>) | undefined;
afterEach(() => close?.());

const base = {
  method: 'GET',
  operation: 'test.test',
  summary: 'Test',
  access: 'project',
  needs: nothing,
} as const;

/** A server whose `/wait` works until the client leaves and then fails, as an interrupted query does. */
async function openServer() {
  let text = '';
  let arrive = () => {};
  let settle = () => {};
  const arrived = new Promise<void>((resolve) => (arrive = resolve));
  const settled = new Promise<void>((resolve) => (settle = resolve));
  const wait = defineRoute({
    ...base,
    path: '/api/public/wait',
    async handler({ signal }) {
      arrive();
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      settle();
      throw new Error('the query was aborted');
    },
  });
  const broken = defineRoute({
    ...base,
    path: '/api/public/broken',
    handler: () => Promise.reject(new Error('a defect')),
  });
  const store = await openTestStore();
  const server = await startTestServer(store, [wait, broken], {
    log: createLog((more) => (text += more)),
  });
  close = () => server.close();
  return { server, arrived, settled, readLog: () => text };
}

test('leaving during a request writes nothing to the log', async () => {
  const { server, arrived, settled, readLog } = await openServer();
  const socket = connect(server.port, '127.0.0.1');
  socket.write(
    `GET /api/public/wait HTTP/1.1\r\nHost: localhost\r\nAuthorization: ${BASIC}\r\n\r\n`,
  );
  await arrived;
  socket.destroy();
  await settled;
  await sleep(50);
  expect(readLog()).not.toMatch(/error|aborted/);
});

test('a failure of the server is logged with its stack', async () => {
  const { server, readLog } = await openServer();
  const answer = await fetch(`${server.url}/api/public/broken`, {
    headers: { authorization: BASIC },
  });
  expect(answer.status).toBe(500);
  expect(readLog()).toMatch(/error request failed .*\n {2}Error: a defect\n {6}at /);
});
