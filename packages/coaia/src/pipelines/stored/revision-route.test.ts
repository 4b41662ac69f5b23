import { openTestDatabases } from '#store/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRoomServer } from '../../observability/testing/open-room-server.ts';
import type { RoomServer } from '../../observability/testing/open-room-server.ts';

describe.each(openTestDatabases())('revisions of a template on $name', ({ open }) => {
  let server: RoomServer;
  beforeAll(async () => {
    server = await openRoomServer(await open(), () => Date.UTC(2026, 2, 1));
  });
  afterAll(() => server.close());

  it('are read with their text, also where the version did not change', async () => {
    const toText = (step: string) => `name: mine\nversion: 1.0.0\nsteps:\n  - name: ${step}\n`;
    for (const step of ['First', 'Second']) {
      const body = { text: toText(step), format: 'yaml' };
      expect((await server.send('PUT', '/api/v1/pipelines/mine', body)).status).toBe(200);
    }
    const read = (revision: string) =>
      server.send('GET', `/api/v1/pipelines/mine/revisions/${revision}`);
    expect((await read('1')).body).toMatchObject({
      revision: 1,
      version: '1.0.0',
      text: toText('First'),
      format: 'yaml',
    });
    expect((await read('2')).body.text).toBe(toText('Second'));
    for (const none of ['3', 'x', '01']) {
      const { status, body } = await read(none);
      expect([status, body.code]).toEqual([404, 'COAIA-5000']);
    }
  });
});
