/** Server-sent events, one by one, and the ways they go wrong. */
import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Misbehaviour } from './misbehave.ts';

/** Sends each event in a packet of its own. */
export async function sendEvents(
  response: ServerResponse,
  events: readonly string[],
  kind: Misbehaviour | undefined,
): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  const half = Math.ceil(events.length / 2);
  const isPartial = kind === 'cut' || kind === 'unfinished' || kind === 'stream-error';
  const pause = typeof kind === 'object' && kind.kind === 'slow' ? kind.milliseconds : 0;
  for (const event of isPartial ? events.slice(0, half) : events) {
    if (response.destroyed) return;
    response.write(`${event}\n\n`);
    await sleep(pause);
  }
  if (kind === 'cut') {
    // Half an event, then nothing.
    response.write('data: {"choi', () => response.destroy());
    return;
  }
  if (kind === 'stream-error')
    response.write('data: {"type":"error","error":{"message":"the model fell over"}}\n\n');
  response.end();
}
