/** Connections to model servers. */
import type { LlmAdapter } from './chat-wire.ts';
import type { CoaiaClient } from './client.ts';
import type { PlaygroundAnswer, PlaygroundRun } from './playground-wire.ts';
import type { Paged } from './wire.ts';

/** A connection as it is shown: never with its secrets. */
export interface LlmConnection {
  readonly id: string;
  /** Its name, unique in the project. */
  readonly provider: string;
  readonly adapter: LlmAdapter;
  /** `...abcd`. */
  readonly displaySecretKey: string;
  readonly baseURL: string | null;
  readonly customModels: readonly string[];
  readonly withDefaultModels: boolean;
  /** Names of the extra headers; their values are secret. */
  readonly extraHeaderKeys: readonly string[];
  readonly config: Readonly<Record<string, unknown>> | null;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface LlmConnectionInput {
  readonly provider: string;
  readonly adapter: LlmAdapter;
  readonly secretKey: string;
  readonly baseURL?: string | null;
  readonly customModels?: readonly string[] | null;
  /** True when absent. */
  readonly withDefaultModels?: boolean | null;
  readonly extraHeaders?: Readonly<Record<string, string>> | null;
  readonly config?: Readonly<Record<string, unknown>> | null;
}

/** What a model server said when it was asked. */
export interface ConnectionTest {
  readonly provider: string;
  readonly adapter: LlmAdapter;
  /** Where it was asked. */
  readonly baseUrl: string;
  /** Names of the models that the server offers. */
  readonly models: readonly string[];
  readonly latencyMs: number;
  /** The answer of the model that was asked; null when none was named. */
  readonly answer: string | null;
  /** The trace of that answer. */
  readonly traceId: string | null;
}

/** The calls about connections, the same over the embedded store and over HTTP. */
export interface ConnectionsApi {
  listConnections(query: {
    readonly page?: number;
    readonly limit?: number;
  }): Promise<Paged<LlmConnection>>;
  writeConnection(input: LlmConnectionInput): Promise<LlmConnection>;
  deleteConnection(id: string): Promise<{ readonly message: string }>;
  /** Asks the server for its models, and with `model` that model for a word. */
  testConnection(id: string, input: { readonly model?: string }): Promise<ConnectionTest>;
  /** Runs a prompt; the whole answer at once. */
  runPrompt(run: PlaygroundRun): Promise<PlaygroundAnswer>;
  /** The same, with each part of the answer's text as it arrives; absent where answers come whole. */
  followPrompt?(
    run: PlaygroundRun,
    onText: (text: string) => void,
    signal: AbortSignal,
  ): Promise<PlaygroundAnswer>;
}

/** The calls over HTTP. Rejects with ClientError. */
export function createConnectionsApi(client: CoaiaClient): ConnectionsApi {
  return {
    listConnections: (query) => client.request('GET', ['llm-connections'], { query }),
    writeConnection: (body) => client.request('PUT', ['llm-connections'], { body }),
    deleteConnection: (id) => client.request('DELETE', ['llm-connections', id]),
    testConnection: (id, body) =>
      client.request('POST', ['llm-connections', id, 'test'], { body, area: 'v1' }),
    async runPrompt(run) {
      const [project] = (await client.listProjects()).data;
      const path = ['projects', project?.id ?? '', 'playground', 'runs'];
      return client.request('POST', path, { body: { ...run, isStreamed: false }, area: 'v1' });
    },
  };
}
