/** A run as server-sent events: `text`, `tool`, then `answer` or `error`. */
import type { RunEvent } from './runs.ts';

/** `stop` is called when nobody reads any more. */
export function toEventStream(events: AsyncGenerator<RunEvent>, stop: () => void): Response {
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const next: IteratorResult<RunEvent, undefined> = await events.next();
      if (next.done === true) controller.close();
      else controller.enqueue(encoder.encode(toText(next.value)));
    },
    async cancel() {
      stop();
      // A run that waits for its reader does not see the signal.
      await events.return(undefined);
    },
  });
  return new Response(body, {
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    },
  });
}

function toText(event: RunEvent): string {
  return `event: ${event.type}\ndata: ${JSON.stringify(toData(event))}\n\n`;
}

function toData(event: RunEvent): unknown {
  if (event.type === 'answer') return event.answer;
  if (event.type === 'error') return event.failure;
  const { type: _, ...rest } = event;
  return rest;
}
