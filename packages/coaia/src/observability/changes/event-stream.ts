/** A feed as server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html). */
import type { FeedMessage } from './follow-changes.ts';

/** A comment now and then keeps proxies from closing a quiet line. */
const PING_MS = 15_000;
/** Milliseconds after which a browser that lost the line tries again. */
const RETRY_MS = 1000;

/**
 * The answer that streams a feed. Messages are taken from the feed only as fast as the reader takes them; what
 * gathers meanwhile is bounded by the feed itself. `stop` is called when the reader goes away.
 */
export function toEventStream(
  feed: AsyncGenerator<FeedMessage, void, undefined>,
  stop: () => void,
): Response {
  const encoder = new TextEncoder();
  let ping: NodeJS.Timeout | undefined;
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(encoder.encode(`retry: ${RETRY_MS}\n\n`));
      ping = setInterval(() => {
        // A reader that is behind has enough to read.
        if ((controller.desiredSize ?? 0) > 0) controller.enqueue(encoder.encode(': ping\n\n'));
      }, PING_MS);
      ping.unref();
    },
    async pull(controller) {
      const next = await feed.next();
      if (next.done === true) {
        clearInterval(ping);
        controller.close();
      } else controller.enqueue(encoder.encode(toEventText(next.value)));
    },
    cancel() {
      clearInterval(ping);
      stop();
      // A feed that waits for its reader does not see the signal.
      void feed.return();
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

function toEventText(message: FeedMessage): string {
  const id = message.kind === 'hello' ? message.resume : message.seq;
  const { kind, ...data } = message;
  return `event: ${kind}\nid: ${id}\ndata: ${JSON.stringify(data)}\n\n`;
}
