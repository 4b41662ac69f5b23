import { mkdtempSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IngestionEvent } from '#base';
import type { ObservabilityApi } from '@coaia/client';
import { expect, test } from 'vitest';
import { countSpooled, listSpool, sendSpool, writeSpool } from './spool.ts';

const toEvent = (id: string): IngestionEvent => ({
  id,
  type: 'span-create',
  timestamp: '2026-01-01T00:00:00.000Z',
  body: { id: `o-${id}`, traceId: 'T' },
});

const openFolder = () => join(mkdtempSync(join(tmpdir(), 'coaia-spool-')), 'spool');

/** An api that stores, refuses what is named `bad`, or is away. */
function toApi(stored: string[], isAway = () => false): ObservabilityApi {
  const ingest = async (events: readonly IngestionEvent[]) => {
    if (isAway()) throw new Error('away');
    const good = events.filter(({ id }) => !id.startsWith('bad'));
    stored.push(...good.map(({ id }) => id));
    return {
      successes: good.map(({ id }) => ({ id, status: 201 })),
      errors: events
        .filter(({ id }) => id.startsWith('bad'))
        .map(({ id }) => ({ id, status: 400 })),
    };
  };
  return { ingest } as unknown as ObservabilityApi;
}

test('delivers oldest first and removes what was delivered', async () => {
  const folder = openFolder();
  writeSpool(folder, { destination: 'local', name: 'one' }, [toEvent('1'), toEvent('2')]);
  await new Promise((resolve) => setTimeout(resolve, 2));
  writeSpool(folder, { destination: 'local', name: 'two' }, [toEvent('3')]);
  expect(countSpooled(folder, 'T')).toBe(3);
  const stored: string[] = [];
  expect(await sendSpool(folder, 'local', toApi(stored))).toEqual({
    sent: 3,
    refused: 0,
    waiting: 0,
  });
  expect(stored).toEqual(['1', '2', '3']);
  expect(readdirSync(folder)).toEqual([]);
});

test('recordings for another server wait', async () => {
  const folder = openFolder();
  writeSpool(folder, { destination: 'http://a', name: 'a' }, [toEvent('1')]);
  const stored: string[] = [];
  expect(await sendSpool(folder, 'http://b', toApi(stored))).toEqual({
    sent: 0,
    refused: 0,
    waiting: 1,
  });
  expect(stored).toEqual([]);
});

test('what cannot be delivered stays and can be sent later', async () => {
  const folder = openFolder();
  writeSpool(folder, { destination: 'local', name: 'a' }, [toEvent('1')]);
  const stored: string[] = [];
  await expect(
    sendSpool(
      folder,
      'local',
      toApi(stored, () => true),
    ),
  ).rejects.toThrow('away');
  expect(listSpool(folder)).toHaveLength(1);
  await sendSpool(folder, 'local', toApi(stored));
  expect(stored).toEqual(['1']);
});

test('refused events are kept aside, not sent for ever', async () => {
  const folder = openFolder();
  writeSpool(folder, { destination: 'local', name: 'a' }, [toEvent('1'), toEvent('bad')]);
  expect(await sendSpool(folder, 'local', toApi([]))).toEqual({ sent: 1, refused: 1, waiting: 0 });
  expect(readdirSync(folder)).toEqual([expect.stringMatching(/\.jsonl\.refused$/)]);
  expect(listSpool(folder)).toEqual([]);
});

test('two senders at once deliver each file once', async () => {
  const folder = openFolder();
  for (let index = 0; index < 20; index++)
    writeSpool(folder, { destination: 'local', name: 'a' }, [toEvent(String(index))]);
  const stored: string[] = [];
  await Promise.all([1, 2, 3].map(() => sendSpool(folder, 'local', toApi(stored))));
  expect(stored.toSorted()).toEqual(
    Array.from({ length: 20 }, (_, index) => String(index)).toSorted(),
  );
});

test('damaged files are left alone', async () => {
  const folder = openFolder();
  writeSpool(folder, { destination: 'local', name: 'a' }, [toEvent('1')]);
  writeFileSync(join(folder, '0.jsonl'), '{"spool":1\n');
  utimesSync(join(folder, '0.jsonl'), 1, 1);
  const stored: string[] = [];
  await sendSpool(folder, 'local', toApi(stored));
  expect(stored).toEqual(['1']);
  expect(readdirSync(folder)).toEqual(['0.jsonl']);
});
