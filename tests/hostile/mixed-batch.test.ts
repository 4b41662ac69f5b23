/** Good and bad events interleaved: exactly the good ones are stored, each bad one is listed with id and reason. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BAD_EVENTS, toBatch, toTraceEvent } from './batch-corpus.ts';
import { openHostileServer } from './hostile-server.ts';
import type { HostileServer } from './hostile-server.ts';

const SENTINELS = 65;

interface Outcome {
  readonly successes: readonly { readonly id: string; readonly status: number }[];
  readonly errors: readonly {
    readonly id: string;
    readonly status: number;
    readonly error?: unknown;
  }[];
}

/** Bad events around sentinels, each bad one with an id of its own where it can have one. */
function interleave(round: number): {
  readonly events: readonly unknown[];
  readonly bad: string[];
} {
  const bad: string[] = [];
  const entries = Object.values(BAD_EVENTS);
  const events = Array.from({ length: SENTINELS }, (_, index) => {
    const source = entries[(index + round) % entries.length];
    const hasId =
      typeof source === 'object' && source !== null && 'id' in source && source.id === 'bad';
    const id = hasId ? `bad-${round}-${index}` : '';
    bad.push(id);
    return [toTraceEvent(`good-${round}-${index}`), hasId ? { ...source, id } : source];
  }).flat();
  return { events, bad };
}

describe('mixed batches', () => {
  let server: HostileServer;
  beforeAll(async () => {
    server = await openHostileServer();
  });
  afterAll(() => server.stop());

  it.each([0, 17, 34])(
    'stores the 65 good events and lists the 65 bad ones (%i)',
    async (round) => {
      const before = server.countRows();
      const { events, bad } = interleave(round);
      const answer = await server.post('/api/public/ingestion', toBatch(...events));
      expect(answer.status).toBe(207);
      const { successes, errors } = JSON.parse(answer.text) as Outcome;
      const good = Array.from({ length: SENTINELS }, (_, index) => `good-${round}-${index}`);
      expect(successes).toEqual(good.map((id) => ({ id: `event-${id}`, status: 201 })));
      expect(errors).toHaveLength(SENTINELS);
      expect(errors.every(({ error }) => JSON.stringify(error).length > 10)).toBe(true);
      const listed = errors.map(({ id }) => id).filter((id) => id.startsWith('bad-'));
      expect(listed).toEqual(bad.filter((id) => id !== ''));
      expect(server.countRows()).toEqual({
        ...before,
        traces: (before['traces'] ?? 0) + SENTINELS,
      });
      for (const id of good)
        expect((await server.send(`/api/public/traces/${id}`)).status).toBe(200);
    },
  );

  it('changes nothing when the same mixed batch comes again', async () => {
    const { events } = interleave(17);
    await server.post('/api/public/ingestion', toBatch(...events));
    const before = server.countRows();
    const state = await server.send('/api/public/traces?limit=100');
    const again = await server.post('/api/public/ingestion', toBatch(...events));
    expect(again.status).toBe(207);
    expect(server.countRows()).toEqual(before);
    const after = await server.send('/api/public/traces?limit=100');
    expect(withoutUpdatedAt(after.text)).toEqual(withoutUpdatedAt(state.text));
  });
});

function withoutUpdatedAt(text: string): unknown {
  return JSON.parse(text, (key, value: unknown) => (key === 'updatedAt' ? undefined : value));
}
