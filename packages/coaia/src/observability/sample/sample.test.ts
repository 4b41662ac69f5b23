import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { runCoaia } from '#cli/testing';
import type { TraceDetail, TraceListItem } from '@coaia/client';
import { expect, test } from 'vitest';
import { createSample } from './sample.ts';

const now = Date.parse('2026-03-01T10:00:00.000Z');

test('the same seed gives the same sample, another seed another one', () => {
  const toText = (seed?: number) =>
    JSON.stringify(createSample(now, seed).flatMap(({ events }) => events));
  expect(toText()).toBe(toText());
  expect(toText(1)).not.toBe(toText());
});

test('24 traces of the last 24 hours, each event marked as made up', () => {
  const traces = createSample(now);
  expect(traces).toHaveLength(24);
  for (const { timestamp, body } of traces.flatMap(({ events }) => events)) {
    expect(Date.parse(timestamp)).toBeGreaterThan(now - 86_400_000);
    expect(Date.parse(timestamp)).toBeLessThan(now);
    expect(body).toMatchObject({
      metadata: { sample: true, note: expect.stringContaining('Made-up') },
    });
  }
});

test('loads, replaces itself, and goes without a trace of it', async () => {
  const home = mkdtempSync(join(tmpdir(), 'coaia-sample-'));
  const run = async (line: string) => (await runCoaia(line, { home })).stdout;
  const list = async (): Promise<TraceListItem[]> =>
    JSON.parse(await run('traces list --all --json'));
  await run('fuse traces create mine --tags sample');
  expect(JSON.parse(await run('sample --json')).traceIds).toHaveLength(24);
  await run('sample');
  const loaded = (await list()).filter(({ id }) => id !== 'mine');
  expect(loaded).toHaveLength(24);
  expect(
    loaded.every(
      ({ name, tags }) => name?.startsWith('sample/') === true && tags.includes('sample'),
    ),
  ).toBe(true);
  const agent: TraceDetail = JSON.parse(await run('traces show @last:sample/refund-agent --json'));
  expect(agent.observations.map(({ type }) => type)).toEqual(
    expect.arrayContaining(['AGENT', 'GENERATION', 'TOOL', 'GUARDRAIL', 'RETRIEVER', 'EVENT']),
  );
  expect(agent.totalCost).toBeGreaterThan(0);
  expect(agent.scores.map(({ name }) => name).toSorted()).toEqual(['helpful', 'resolved']);
  expect(JSON.parse(await run('fuse traces sv sample-chat-lamp --json'))).toHaveLength(4);
  expect(JSON.parse(await run('sample --remove --json')).traceIds).toHaveLength(24);
  expect((await list()).map(({ id }) => id)).toEqual(['mine']);
  const db = new DatabaseSync(join(home, '.coaia', 'coaia.db'), { readOnly: true });
  const count = (table: string) => db.prepare(`SELECT count(*) AS n FROM ${table}`).get()?.['n'];
  expect(['traces', 'observations', 'scores', 'sessions'].map((table) => count(table))).toEqual([
    1, 0, 0, 0,
  ]);
  db.close();
});
