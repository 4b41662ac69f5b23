/** Values that look hostile and are legal: they are stored and come back as they are. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TIME, toBatch, toRawBatch, toTraceEvent } from './batch-corpus.ts';
import { openHostileServer } from './hostile-server.ts';
import type { HostileServer } from './hostile-server.ts';
import { expectStillWorking } from './refusals.ts';

const PATH = '/api/public/ingestion';

/** Raw JSON of an input, and the JSON that is read back. */
const INPUTS: Readonly<Record<string, readonly [sent: string, read: string]>> = {
  'own __proto__': ['{"__proto__":{"admin":true},"a":1}', '{"__proto__":{"admin":true},"a":1}'],
  'constructor and prototype': [
    '{"constructor":{"prototype":{"admin":true}}}',
    '{"constructor":{"prototype":{"admin":true}}}',
  ],
  '1e400': ['[1e400,-1e400]', '[null,null]'],
  'minus zero': ['[-0,-0.0]', '[0,0]'],
  'huge whole number': ['[123456789012345678901234567890]', '[1.2345678901234568e+29]'],
  'tiny number': ['[1e-400,5e-324]', '[0,5e-324]'],
  'the last of two equal keys': ['{"a":1,"a":2}', '{"a":2}'],
  'empty key': ['{"":1}', '{"":1}'],
  'escaped NUL': [String.raw`"a\u0000b"`, String.raw`"a\u0000b"`],
  'lone surrogate': [String.raw`"\ud800 \udc00"`, String.raw`"\ud800 \udc00"`],
  'emoji and joiners': ['"👩‍👩‍👧‍👦 é \u202e"', '"👩‍👩‍👧‍👦 é \u202e"'],
  '190 levels': ['['.repeat(190) + ']'.repeat(190), '['.repeat(190) + ']'.repeat(190)],
};

const IDS = [
  'a/b',
  '../../etc/passwd',
  'a%2fb',
  '%',
  '%00',
  'a b',
  'a\nb',
  'ünïcödé-✓-👩‍👩‍👧',
  "x' OR '1'='1",
  'x"; DROP TABLE traces; --',
  '<script>',
  '__proto__',
  'constructor',
  '.',
  '..',
  'x'.repeat(800),
  '?q=1#f',
  '\u202eabc',
];

describe('legal oddities', () => {
  let server: HostileServer;
  beforeAll(async () => {
    server = await openHostileServer();
  });
  afterAll(() => server.stop());

  const readInput = async (id: string) => {
    const answer = await server.send(`/api/public/traces/${id}`);
    expect(answer.status, id).toBe(200);
    return (JSON.parse(answer.text) as { input: unknown }).input;
  };

  it.each(Object.entries(INPUTS))('come back: %s', async (label, [sent, read]) => {
    const id = `input-${label.replaceAll(/\W/g, '-')}`;
    const body = toRawBatch(sent)
      .replaceAll('must-not-be-stored', id)
      .replace('"raw"', `"e-${id}"`);
    const stored = await server.post(PATH, body);
    expect([stored.status, stored.text]).toEqual([207, expect.stringContaining('"errors":[]')]);
    expect(JSON.stringify(await readInput(id))).toBe(JSON.stringify(JSON.parse(read)));
  });

  it('merge metadata without touching prototypes', async () => {
    const meta = (raw: string, at: number) =>
      `{"id":"m${at}","type":"trace-create","timestamp":"2026-01-02T03:04:0${at}Z","body":{"id":"merge","metadata":${raw}}}`;
    const body = `{"batch":[${meta('{"__proto__":{"polluted":1}}', 1)},${meta('{"constructor":{"prototype":{"polluted":1}}}', 2)},${meta('{"__proto__":{"more":2}}', 3)}]}`;
    expect((await server.post(PATH, body)).status).toBe(207);
    const other = await server.post(PATH, toBatch(toTraceEvent('clean', { metadata: {} })));
    expect(other.status).toBe(207);
    const clean = JSON.parse((await server.send('/api/public/traces/clean')).text) as object;
    expect(JSON.stringify(clean)).not.toContain('polluted');
    expect((clean as { metadata?: unknown }).metadata ?? {}).toEqual({});
  });

  it('find every id again by its address, and delete exactly that one', async () => {
    const events = IDS.map((id, index) => ({ ...toTraceEvent(id), id: `by-id-${index}` }));
    const stored = await server.post(PATH, toBatch(...events));
    expect(JSON.parse(stored.text)).toMatchObject({ errors: [] });
    for (const id of IDS.filter((each) => each !== '.' && each !== '..')) {
      const read = await server.send(`/api/public/traces/${encodeURIComponent(id)}`);
      expect([id, read.status, (JSON.parse(read.text) as { id?: string }).id]).toEqual([
        id,
        200,
        id,
      ]);
    }
    const before = server.countRows()['traces'] ?? 0;
    const gone = await server.send(`/api/public/traces/${encodeURIComponent(IDS[8] ?? '')}`, {
      method: 'DELETE',
    });
    expect([gone.status, server.countRows()['traces']]).toEqual([200, before - 1]);
  });

  it('refuse ids with half a surrogate pair, which would all be one id', async () => {
    const raw = ['\\ud800', '\\ud801', '\ufffd']
      .map(
        (id, index) =>
          `{"id":"s${index}","type":"trace-create","timestamp":"${TIME}","body":{"id":"s-${id}"}}`,
      )
      .join(',');
    const answer = await server.post(PATH, `{"batch":[${raw}]}`);
    expect([answer.status, JSON.parse(answer.text)]).toMatchObject([
      207,
      { successes: [{ id: 's2' }], errors: [{ id: 's0' }, { id: 's1' }] },
    ]);
    const list = await server.send('/api/public/traces?limit=100');
    expect(JSON.parse(list.text)).toMatchObject({
      meta: { totalItems: server.countRows()['traces'] },
    });
  });

  it('leave the server working', () => expectStillWorking(server));
});
