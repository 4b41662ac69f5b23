import { expect, test } from 'vitest';
import type { Exchange } from './exchange.ts';
import { InFlight } from './in-flight.ts';

test('finds what is there, whatever came and went', () => {
  const inFlight = new InFlight();
  const made = Array.from(
    { length: 6 },
    (_, index) => ({ requestId: `r${index}`, place: -1 }) as unknown as Exchange,
  );
  for (const one of made) inFlight.add(one);
  for (const index of [2, 0, 2, 5]) inFlight.remove(made[index] as Exchange);
  const found = made.filter((one) => inFlight.find(one.requestId) === one);
  expect(found.map(({ requestId }) => requestId)).toEqual(['r1', 'r3', 'r4']);
  inFlight.add(made[0] as Exchange);
  for (const one of made) inFlight.remove(one);
  expect(inFlight.count).toBe(0);
});
