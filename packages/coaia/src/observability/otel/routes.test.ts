/** The OTLP routes on real stores: what is answered, and what can be read afterwards. */
import { isCoaiaError } from '#base';
import { openTestDatabases } from '#store/testing';
import type { Database, ObservationRow, TraceRow } from '#store';
import type { Route, RouteReply } from '#surface';
import { BinaryReader } from '@bufbuild/protobuf/wire';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { otelRoutes } from './routes.ts';
import { RECEIVED_AT, SPAN_ID, toBytes, toRequest, TRACE_ID } from './testing/span-request.ts';

const scope = { projectId: 'p', level: 'project', via: 'key' } as const;

function find(signal: string): Route {
  const route = otelRoutes.find((item) => item.path === `/api/public/otel/v1/${signal}`);
  if (route === undefined) throw new Error(`no route for ${signal}`);
  return route;
}

describe.each(openTestDatabases())('OTLP on $name', ({ open }) => {
  let db: Database;
  beforeAll(async () => {
    db = await open();
  });
  afterAll(() => db.close());

  const send = (signal: string, body: Uint8Array, contentType = 'application/json') =>
    find(signal).handler({
      api: { db, clock: () => RECEIVED_AT } as never,
      scope,
      params: {},
      query: undefined,
      body,
      headers: new Headers({ 'content-type': contentType }),
      requestId: 'test',
      signal: new AbortController().signal,
    });
  const one = async <Row>(table: string, id: string) => {
    const rows = await db.read<Row>(`SELECT * FROM ${table} WHERE project_id = ? AND id = ?`, [
      'p',
      id,
    ]);
    return rows[0];
  };

  it('stores spans before it answers', async () => {
    const request = toRequest([
      {
        parentSpanId: '',
        name: 'request',
        attributes: {
          'gen_ai.request.model': 'gpt-4o',
          'gen_ai.usage.input_tokens': 1000,
          'gen_ai.usage.output_tokens': 100,
          'session.id': 's1',
          'langfuse.environment': 'langfuse-CI',
        },
      },
    ]);
    expect(await send('traces', toBytes(request))).toEqual({ json: {} });
    expect(await one<TraceRow>('traces', TRACE_ID)).toMatchObject({
      name: 'request',
      session_id: 's1',
      timestamp: 1_767_323_045_000,
      observation_count: 1,
    });
    expect(await one<ObservationRow>('observations', SPAN_ID)).toMatchObject({
      type: 'GENERATION',
      trace_id: TRACE_ID,
      parent_observation_id: null,
      model_id: 'builtin:openai:gpt-4o',
      input_tokens: 1000,
      total_cost: 0.0035,
      end_time: 1_767_323_046_500,
    });
  });

  it('is not changed by the same request again, nor by a stand-in that comes late', async () => {
    const before = await one<TraceRow>('traces', TRACE_ID);
    const child = {
      spanId: 'c'.repeat(16),
      name: 'worker',
      attributes: { 'langfuse.internal.as_root': true, input: 'of the worker' },
    };
    const root = {
      spanId: 'a'.repeat(16),
      parentSpanId: '',
      name: 'late root',
      attributes: { input: 'q' },
    };
    await send('traces', toBytes(toRequest([child])));
    expect(await one<TraceRow>('traces', TRACE_ID)).toMatchObject({
      name: before?.name,
      input: '"of the worker"',
      timestamp: before?.timestamp,
    });
    await send('traces', toBytes(toRequest([root])));
    const after = await one<TraceRow>('traces', TRACE_ID);
    expect(after).toMatchObject({ name: 'late root', input: '"q"', observation_count: 3 });
    await send('traces', toBytes(toRequest([root, child])));
    expect(await one<TraceRow>('traces', TRACE_ID)).toEqual(after);
  });

  it('answers an empty request in its own format', async () => {
    expect(await send('traces', toBytes({ resourceSpans: [] }))).toEqual({ json: {} });
    const reply: RouteReply = await send('traces', new Uint8Array(), 'application/x-protobuf');
    expect(reply.response?.headers.get('content-type')).toBe('application/x-protobuf');
    expect(await reply.response?.arrayBuffer()).toHaveProperty('byteLength', 0);
  });

  it('refuses the whole request when one span has no id, and stores nothing of it', async () => {
    const request = toRequest([{ spanId: 'd'.repeat(16) }, { spanId: '' }]);
    await expect(send('traces', toBytes(request))).rejects.toSatisfy(
      (error) => isCoaiaError(error) && error.definition.status === 400,
    );
    expect(await one('observations', 'd'.repeat(16))).toBeUndefined();
  });

  it('gives the same trace whatever the order and grouping of requests', async () => {
    const spans = [
      {
        spanId: '1'.repeat(16),
        parentSpanId: '',
        name: 'root',
        attributes: { input: 'q', 'user.id': 'u' },
      },
      {
        spanId: '2'.repeat(16),
        name: 'joined',
        attributes: { 'langfuse.internal.as_root': true, input: 'j', 'langfuse.trace.tags': 'b' },
      },
      {
        spanId: '3'.repeat(16),
        attributes: { 'langfuse.trace.name': 'named', 'langfuse.trace.tags': 'a' },
      },
      { spanId: '1'.repeat(16), parentSpanId: '', name: 'root', endTimeUnixNano: 0 },
    ];
    const run = async (order: readonly number[], trace: string) => {
      for (const index of order) {
        const text = JSON.stringify(toRequest([spans[index] ?? {}])).replaceAll(TRACE_ID, trace);
        // Ids of observations are unique per project: each run has its own.
        const own = text.replaceAll(/"spanId":"(\d)/g, `"spanId":"${trace.slice(0, 3)}$1`);
        await send(
          'traces',
          new TextEncoder().encode(own.replaceAll(/("spanId":"\w{16})\w+/g, '$1')),
        );
      }
      const row = await one<TraceRow>('traces', trace);
      return { ...row, id: '', writers: '', created_at: 0, updated_at: 0 };
    };
    const orders = [
      [0, 1, 2, 3],
      [3, 2, 1, 0],
      [1, 3, 0, 2],
      [2, 0, 3, 1],
      [2, 1, 3, 0, 0, 1],
    ];
    const results = [];
    for (const [index, order] of orders.entries()) {
      results.push(await run(order, `e${index}e`.padEnd(32, 'f')));
    }
    expect(results[0]).toMatchObject({
      name: 'named',
      input: '"q"',
      user_id: 'u',
      tags: '["a","b"]',
    });
    expect(results[0]).toMatchObject({ observation_count: 3, open_count: 0 });
    for (const result of results.slice(1)) expect(result).toEqual(results[0]);
  });

  it('takes metrics without a word and refuses logs with one', async () => {
    expect(await send('metrics', toBytes({ resourceMetrics: [] }))).toEqual({ json: {} });
    const reply = await send('metrics', Uint8Array.of(1), 'application/x-protobuf');
    expect(new BinaryReader(new Uint8Array((await reply.response?.arrayBuffer()) ?? [])).len).toBe(
      0,
    );
    await expect(send('logs', toBytes({ resourceLogs: [] }))).rejects.toThrow(/OTLP logs payload/);
    await expect(send('traces', toBytes({ resourceLogs: [] }))).rejects.toThrow(
      /OTLP logs payload/,
    );
  });
});
