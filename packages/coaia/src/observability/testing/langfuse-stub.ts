/** A server that records what the command line sends, and answers as Langfuse would. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface StubCall {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly body: unknown;
}

/** What the tests need of an ingestion event. */
export interface SentEvent {
  readonly id: string;
  readonly type: string;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface StubAnswer {
  readonly status?: number;
  readonly json?: unknown;
}

export interface LangfuseStub {
  /** Variables that point the command line at it. */
  readonly env: Readonly<Record<string, string>>;
  readonly calls: readonly StubCall[];
  /** Every ingestion event received, in order. */
  events(): readonly SentEvent[];
  close(): Promise<void>;
}

type Answer = (call: StubCall) => StubAnswer | undefined;

/** Starts it; `answer` may replace the usual answer of a call. */
export async function openLangfuseStub(answer: Answer = () => undefined): Promise<LangfuseStub> {
  const calls: StubCall[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString('utf8');
      const body: unknown = text === '' ? undefined : JSON.parse(text);
      const call = { method: request.method ?? '', url: request.url ?? '', body };
      calls.push(call);
      const { status = 200, json } = answer(call) ?? toUsual(call);
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(json));
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    env: {
      LANGFUSE_HOST: `http://127.0.0.1:${port}`,
      LANGFUSE_PUBLIC_KEY: 'pk-lf-stub',
      LANGFUSE_SECRET_KEY: 'sk-lf-stub',
    },
    calls,
    events: () =>
      calls.filter(isIngestion).flatMap(({ body }) => (body as { batch: SentEvent[] }).batch),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function isIngestion({ method, url }: StubCall): boolean {
  return method === 'POST' && url === '/api/public/ingestion';
}

function toUsual(call: StubCall): StubAnswer {
  if (!isIngestion(call)) {
    return { json: { data: [], meta: { page: 1, limit: 50, totalItems: 0, totalPages: 0 } } };
  }
  const { batch } = call.body as { readonly batch: readonly SentEvent[] };
  return {
    status: 207,
    json: { successes: batch.map(({ id }) => ({ id, status: 201 })), errors: [] },
  };
}
