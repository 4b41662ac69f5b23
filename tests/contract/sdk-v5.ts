/** The official SDK 5 in this process, writing to a server of its own, and the client that it comes with. */
import { createRequire } from 'node:module';
import { LangfuseSpanProcessor } from '@langfuse/otel';
import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { openApiServer } from './api-server.ts';

// oxlint-disable-next-line typescript/no-explicit-any -- what it returns is what the tests check
type Call = (...parameters: unknown[]) => Promise<any>;

/** The part of the generated client that has a counterpart here. */
interface Client {
  readonly trace: Readonly<Record<'get' | 'list' | 'delete' | 'deleteMultiple', Call>>;
  readonly observations: Readonly<Record<'getMany', Call>>;
  readonly legacy: { readonly observationsV1: Readonly<Record<'get' | 'getMany', Call>> };
  readonly sessions: Readonly<Record<'get' | 'list', Call>>;
  readonly ingestion: Readonly<Record<'batch', Call>>;
  readonly health: Readonly<Record<'health', Call>>;
  readonly projects: Readonly<Record<'get', Call>>;
}

// A dependency of the SDK, so that it is always the one that belongs to it.
const { LangfuseAPIClient } = createRequire(import.meta.resolve('@langfuse/tracing'))(
  '@langfuse/core',
) as { LangfuseAPIClient: new (options: object) => Client };

export interface Sdk {
  readonly client: Client;
  /** Sends what has ended so far. */
  readonly flush: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Registers the tracer globally: once per process. */
export async function openSdk(): Promise<Sdk> {
  const server = await openApiServer();
  const { url: baseUrl, publicKey, secretKey } = server;
  const keys = { baseUrl, publicKey, secretKey };
  const processor = new LangfuseSpanProcessor({ ...keys, environment: 'sdk-v5', release: 'r5' });
  const provider = new NodeTracerProvider({ spanProcessors: [processor] });
  provider.register();
  const client = new LangfuseAPIClient({
    environment: '',
    baseUrl,
    username: publicKey,
    password: secretKey,
  });
  return {
    client,
    flush: () => provider.forceFlush(),
    async close() {
      await provider.shutdown();
      await server.stop();
    },
  };
}
