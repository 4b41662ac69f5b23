/** What every refusal must look like, whatever was sent. */
import { expect } from 'vitest';
import type { Answer, HostileServer } from './hostile-server.ts';

/** Traces of our insides: stack frames, paths, SQL, names of the engine. */
const LEAKS = [
  /\n\s+at .+:\d+/,
  /file:\/\//,
  /node_modules/,
  /\bpackages\/coaia/,
  /\.(?:ts|js):\d+/,
  /\bSQLITE_|\bsqlite3?\b/i,
  /\bSELECT\b.+\bFROM\b/,
  /\bINSERT INTO\b/,
  /\b(?:UNIQUE|FOREIGN KEY|CHECK) constraint\b/i,
  /\bcall stack\b/i,
  /\bTypeError\b|\bRangeError\b|\bZodError\b/,
];

/** Fails when an answer says more than it should. `sent` may be quoted back and is taken out first. */
export function expectNoLeak(answer: Answer, label: string, home: string): void {
  const { text } = answer;
  expect(text, label).not.toContain(home);
  for (const leak of LEAKS) expect(text, label).not.toMatch(leak);
}

/** A 4xx of `/api/public` (`{message, error}`) or of `/api/v1` (a problem), in JSON and without a leak. */
export function expectRefusal(answer: Answer, label: string, home: string): void {
  expect(answer.status, `${label}: ${answer.text.slice(0, 300)}`).toBeGreaterThanOrEqual(400);
  expect(answer.status, `${label}: ${answer.text.slice(0, 300)}`).toBeLessThan(500);
  expect(answer.headers.get('content-type'), label).toMatch(/^application\/(?:problem\+)?json/);
  expect(answer.headers.get('x-content-type-options'), label).toBe('nosniff');
  const body = JSON.parse(answer.text) as Record<string, unknown>;
  const isProblem = answer.headers.get('content-type')?.includes('problem') === true;
  if (isProblem) expect(body, label).toMatchObject({ status: answer.status });
  else expect(typeof body['message'], label).toBe('string');
  expect(body, label).toSatisfy(
    (value: object) => 'error' in value || 'errors' in value || 'code' in value,
  );
  expectNoLeak(answer, label, home);
}

/** Sends something that must be refused and proves that nothing was stored. */
export async function expectNothingStored(
  server: HostileServer,
  label: string,
  attack: () => Promise<Answer>,
): Promise<Answer> {
  const before = server.countRows();
  const answer = await attack();
  expectRefusal(answer, label, server.home);
  expect(server.countRows(), label).toEqual(before);
  return answer;
}

let sentinel = 0;

/** A valid batch is stored and readable: the server is as it was. */
export async function expectStillWorking(server: HostileServer): Promise<void> {
  sentinel += 1;
  const id = `sentinel-${sentinel}`;
  const event = {
    id: `event-${id}`,
    type: 'trace-create',
    timestamp: '2026-01-02T03:04:05.000Z',
    body: { id, name: 'still working' },
  };
  const stored = await server.post('/api/public/ingestion', JSON.stringify({ batch: [event] }));
  expect(stored.status).toBe(207);
  const read = await server.send(`/api/public/traces/${id}`);
  expect(read.status).toBe(200);
  expect(JSON.parse(read.text)).toMatchObject({ id, name: 'still working' });
}
