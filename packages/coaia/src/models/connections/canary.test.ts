/** A secret that must appear nowhere but at the model server. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { openTestDatabases } from '#store/testing';
import type { Database } from '#store';
import { describe, expect, it } from 'vitest';
import { openRoomServer } from '../../observability/testing/open-room-server.ts';
import { openModelServer } from '../testing/model-server.ts';

const CANARY = 'sk-canary-7f3a9d21c04b';
const HEADER = 'header-canary-55e1b8aa';

/** A secret as it is, and as the usual encodings show it. */
function toForms(secret: string): readonly string[] {
  const bytes = Buffer.from(secret);
  // In base64 the same bytes look different at each of three positions; the middle part is what stays.
  const base64 = [0, 1, 2].map((offset) =>
    Buffer.concat([Buffer.alloc(offset), bytes])
      .toString('base64')
      .slice(4, -4),
  );
  const hex = bytes.toString('hex');
  return [secret, hex, hex.toUpperCase(), ...base64];
}

const FORMS = [...toForms(CANARY), ...toForms(HEADER)];

function readFolder(folder: string): string {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
    .join('\n');
}

/** Everything the store holds, as bytes where it is a file. */
async function readStore(db: Database): Promise<string> {
  const { dialect, location } = await db.info();
  if (dialect === 'sqlite') return readFolder(dirname(location));
  const tables = ['llm_connections', 'traces', 'observations', 'changes', 'store_settings'];
  const rows = await Promise.all(tables.map((table) => db.read(`SELECT * FROM ${table}`)));
  return JSON.stringify(rows);
}

describe.each(openTestDatabases())('the secret of a connection on $name', ({ open }) => {
  it('is at the model server and nowhere else', async () => {
    const db = await open();
    const server = await openRoomServer(db);
    const model = await openModelServer();
    try {
      const seen: unknown[] = [];
      const call = async (method: string, path: string, body?: unknown) => {
        const answer = await server.send(method, path, body);
        seen.push(answer.body, [...answer.headers]);
        return answer.body;
      };
      const { id } = await call('PUT', '/llm-connections', {
        provider: 'mine',
        adapter: 'openai',
        secretKey: CANARY,
        extraHeaders: { 'x-secret': HEADER },
        baseURL: model.baseUrl,
      });
      await call('PUT', '/llm-connections', { provider: 'x', adapter: 'no', secretKey: CANARY });
      await call('GET', '/llm-connections');
      const test = `/api/v1/llm-connections/${id}/test`;
      await call('POST', test, {});
      const { traceId } = await call('POST', test, { model: 'm' });
      expect(traceId).toEqual(expect.any(String));
      for (const kind of ['echo-key', 'malformed', 'no-json', 'cut'] as const) {
        model.misbehave(kind);
        await call('POST', test, { model: 'm' });
      }
      const { data } = await call('GET', '/observations');
      expect(data).toHaveLength(5);
      const text = [JSON.stringify(seen), readFolder(server.folder), await readStore(db)].join(
        '\n',
      );
      expect(FORMS.filter((form) => text.includes(form))).toEqual([]);
      // The search would find it: it went to the model server, and the parts of the store were read.
      const sent = JSON.stringify(model.calls);
      expect(FORMS.filter((form) => sent.includes(form))).toEqual([CANARY, HEADER]);
      expect(text).toContain('connection-test');
      await call('DELETE', `/llm-connections/${id}`);
    } finally {
      await server.close();
      await model.close();
    }
  });
});
