/** A server in front of another one, which may answer in its place: to be old, slow or away. */
import { createServer, request as sendRequest } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ProxyAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export interface SourceProxy {
  readonly url: string;
  /** Path and query of every request, in order. */
  readonly requests: readonly string[];
  close(): Promise<void>;
}

/** What to answer instead of the server; undefined passes the request on. */
export type Intercept = (path: string, count: number) => ProxyAnswer | undefined;

/** Starts it on a free port. */
export async function openSourceProxy(
  target: string,
  intercept: Intercept = () => undefined,
): Promise<SourceProxy> {
  const requests: string[] = [];
  const server = createServer((incoming, outgoing) => {
    const path = incoming.url ?? '/';
    requests.push(path);
    const instead = intercept(path, requests.length);
    if (instead !== undefined) {
      outgoing.writeHead(instead.status, {
        'content-type': 'application/json',
        ...instead.headers,
      });
      outgoing.end(JSON.stringify(instead.body ?? { message: 'no', error: 'no' }));
      return;
    }
    const { host: _host, ...headers } = incoming.headers;
    const passed = sendRequest(
      `${target}${path}`,
      { method: incoming.method, headers },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      },
    );
    passed.on('error', () => outgoing.destroy());
    incoming.pipe(passed);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** Answers as Langfuse 4 does in its default mode: the reads of version 3 are not there. */
export const asEventsOnly: Intercept = (path) => {
  const isOld =
    /^\/api\/public\/(?:traces|observations|metrics|scores|sessions|v2\/scores)(?:[/?]|$)/.test(
      path,
    ) || /^\/api\/public\/(?:datasets\/[^/]+\/runs|dataset-run-items)(?:[/?]|$)/.test(path);
  return isOld
    ? {
        status: 404,
        body: { message: 'Not available in events_only mode', error: 'LangfuseNotFoundError' },
      }
    : undefined;
};
