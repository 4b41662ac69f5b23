/** Keeps event streams in bounds: a reader that does not read is cut off, and a closing server ends them all. */

export interface EventStreams {
  /** The same answer with a bounded buffer behind it; `cut` ends the connection of a reader that is too slow. */
  add(response: Response, cut: () => void): Response;
  readonly size: number;
  /** Ends every open stream. */
  close(): void;
}

/** True for a server-sent event stream. */
export function isEventStream(response: Response): boolean {
  return response.headers.get('content-type')?.startsWith('text/event-stream') === true;
}

/** Starts with no streams. `limitBytes`: what may wait for one reader. */
export function createEventStreams(limitBytes: number): EventStreams {
  const open = new Set<() => void>();
  let isClosed = false;
  return {
    add(response, cut) {
      if (response.body === null) return response;
      const body = toBounded(response.body, limitBytes, open, cut);
      // Asked for while the server stops: it ends at once.
      if (isClosed) for (const end of open) end();
      return new Response(body, { status: response.status, headers: response.headers });
    },
    get size() {
      return open.size;
    },
    close() {
      isClosed = true;
      for (const end of open) end();
    },
  };
}

function toBounded(
  source: ReadableStream<Uint8Array>,
  limitBytes: number,
  open: Set<() => void>,
  cut: () => void,
): ReadableStream<Uint8Array> {
  const reader = source.getReader();
  const stop = () => {
    reader.cancel().catch(() => undefined);
  };
  const end = { run: stop };
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const close = () => {
          if (!open.delete(close)) return;
          stop();
          controller.close();
        };
        end.run = () => {
          open.delete(close);
          stop();
        };
        open.add(close);
        void copy(reader, controller, cut).then(close);
      },
      cancel: () => {
        end.run();
      },
    },
    new ByteLengthQueuingStrategy({ highWaterMark: limitBytes }),
  );
}

/** Copies until the source ends or the reader's buffer is full, which cuts it off. Never rejects. */
async function copy(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  controller: ReadableStreamDefaultController<Uint8Array>,
  cut: () => void,
): Promise<void> {
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      if (value.length > (controller.desiredSize ?? 0)) break;
      controller.enqueue(value);
    }
    cut();
  } catch {
    // The source failed; the reader sees the end of the stream and connects again.
  }
}
