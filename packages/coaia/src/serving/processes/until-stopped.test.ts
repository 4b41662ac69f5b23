import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { untilStopped } from './until-stopped.ts';

test('a stray rejection is told and ends nothing; the signal does', async () => {
  const said: string[] = [];
  const others = process.listeners('unhandledRejection');
  // Those of the test runner would count it as a failure.
  process.removeAllListeners('unhandledRejection');
  const stop = new AbortController();
  const ended = untilStopped(stop.signal, false, {
    say: (level, message) => said.push(`${level} ${message}`),
  });
  void Promise.reject(new Error('stray'));
  await turn();
  expect(said).toEqual([expect.stringMatching(/^error Error: stray/)]);
  stop.abort();
  await ended;
  expect(process.listenerCount('unhandledRejection')).toBe(0);
  for (const listener of others) process.on('unhandledRejection', listener);
});
