/** What text commands need: which model server, where calls are recorded, and the stored prompts. */
import { CoaiaError, isCoaiaError, systemClock } from '#base';
import type { Scope } from '#base';
import type { SettingValues } from '#config';
import { openLocalPrompts } from '#curation';
import { createEgress } from '#egress';
import type { Egress } from '#egress';
import { openChat, openLocalConnections, toModelBase } from '#models';
import type { ChatModels, ModelPorts, SettingsServer } from '#models';
import { createLocalObservability, openRemoteCalls, openRemoteObservability } from '#observability';
import type { Database, Transaction } from '#store';
import type { Question, TextApi, TokenizeAddress } from '#text';
import { createConnectionsApi, createPromptsApi } from '@coaia/client';
import type {
  ChatAnswer,
  CoaiaClient,
  ConnectionsApi,
  LlmConnection,
  ObservabilityApi,
  PromptsApi,
} from '@coaia/client';
import { toModelPorts } from './open-evaluations.ts';
import type { OpenNeedOptions } from './open-options.ts';
import { openSecrets } from './open-secrets.ts';

type Options = Pick<OpenNeedOptions, 'env' | 'ledgerPath' | 'offline' | 'settings'>;

/** What the settings say about models and tags; a server that works for many people says nothing. */
export interface TextSettings {
  readonly values: Partial<
    Pick<SettingValues, 'model' | 'max_input_tokens' | 'openai_api_key' | 'openai_api_url'>
  >;
  readonly records: readonly Readonly<Record<string, unknown>>[];
}

/** What the two kinds of places have in common. */
interface Place {
  readonly records: Pick<ObservabilityApi, 'ingest'>;
  readonly connections: Pick<ConnectionsApi, 'listConnections'>;
  readonly prompts: Pick<PromptsApi, 'getPrompt'>;
  /** Asks through a connection of the project, and records it. */
  readonly askProject: TextApi['ask'];
  /** Asks the server of the settings, and records it. */
  readonly askSettings: (server: SettingsServer) => TextApi['ask'];
}

/** Over the store of this home, for a project of it. */
export async function openLocalText(
  db: Database,
  scope: Scope,
  options: Options,
): Promise<TextApi> {
  const { env, ledgerPath, offline, settings } = options;
  const egress = createEgress({ offline, ledgerPath, env });
  const secrets = openSecrets(settings.paths.keys, settings.values);
  return openProjectText(toModelPorts({ db, egress, secrets }), scope, settings, egress);
}

/** The same over ports that are open already, as a server has them. */
export async function openProjectText(
  models: ModelPorts,
  scope: Scope,
  settings: TextSettings,
  egress: Pick<Egress, 'fetch'>,
): Promise<TextApi> {
  const ports = { db: models.db, clock: systemClock };
  const place: Place = {
    records: createLocalObservability(ports, scope),
    connections: await openLocalConnections(models, scope),
    prompts: await openLocalPrompts(ports, scope),
    askProject: (question, onText) => follow(openChat(models), scope, question, onText),
    askSettings: (server) => {
      const chat = openChat({ ...models, server });
      return (question, onText) => follow(chat, scope, question, onText).catch(throwAsSettings);
    },
  };
  return toTextApi(place, settings, egress);
}

/** Over a server, which asks through its own connections; the server of the settings is asked from here. */
export async function openRemoteText(
  client: CoaiaClient,
  options: OpenNeedOptions,
): Promise<TextApi> {
  const { env, ledgerPath, offline, settings } = options;
  const egress = createEgress({ offline, ledgerPath, env });
  const connections = await openRemoteCalls(createConnectionsApi(client));
  const remote = await openRemoteObservability(client);
  const place: Place = {
    records: remote,
    connections,
    prompts: await openRemoteCalls(createPromptsApi(client)),
    askProject: (question, onText) => askServer(connections, question, onText),
    askSettings: (server) => {
      const chat = openChat({ ...toRemotePorts(remote, egress), server });
      return (question, onText) => follow(chat, REMOTE, question, onText).catch(throwAsSettings);
    },
  };
  return toTextApi(place, settings, egress);
}

/** The keys say which project it is; nobody here asks. */
const REMOTE: Scope = { projectId: 'remote', level: 'project', via: 'local' };

/** Calls are recorded by sending them; there is no store here that a connection could be looked up in. */
function toRemotePorts(
  remote: Pick<ObservabilityApi, 'ingest'>,
  egress: Pick<Egress, 'fetch'>,
): ModelPorts {
  const nowhere = new Proxy({} as Database, {
    get: (_, name) => {
      if (name === 'write')
        return async (work: (tx: Transaction) => Promise<unknown>) => work({} as Transaction);
      throw new TypeError(`there is no store to ${String(name)}`);
    },
  });
  return {
    db: nowhere,
    clock: systemClock,
    egress,
    recorder: {
      record: async (_, __, events) => {
        await remote.ingest(events);
      },
    },
    secrets: {
      seal: () => {
        throw new TypeError('nothing is sealed here');
      },
      open: () => {
        throw new TypeError('nothing is opened here');
      },
    },
  };
}

async function toTextApi(
  place: Place,
  { values, records }: TextSettings,
  egress: Pick<Egress, 'fetch'>,
): Promise<TextApi> {
  let listed: Promise<readonly LlmConnection[]> | undefined;
  const list = () => (listed ??= listConnections(place.connections));
  const server = await findServer(values, list);
  const ask = server === undefined ? place.askProject : place.askSettings(server);
  const findConnection = async (provider: string | undefined) => {
    const all = await list();
    return provider === undefined ? all.at(-1) : all.find((one) => one.provider === provider);
  };
  const isSettings = (provider: string | undefined) =>
    server !== undefined && provider === undefined;
  return {
    ask: (question, onText) =>
      question.provider === undefined ? ask(question, onText) : place.askProject(question, onText),
    async record(events) {
      await place.records.ingest(events);
    },
    async defaultModel(provider) {
      if (values.model !== undefined && provider === undefined) return values.model;
      return isSettings(provider) ? undefined : (await findConnection(provider))?.customModels[0];
    },
    async tokenize(provider) {
      if (isSettings(provider)) return toTokenize(server?.baseUrl ?? null, server?.secretKey ?? '');
      return toTokenize((await findConnection(provider))?.baseURL ?? null, '');
    },
    fetch: (url, init) => egress.fetch('text', url, init),
    getPrompt: (name, label) => place.prompts.getPrompt(name, label === undefined ? {} : { label }),
    records,
    maxInputTokens: values.max_input_tokens,
  };
}

/** An address that is set; a key alone means OpenAI, unless the project is connected to something else. */
async function findServer(
  values: TextSettings['values'],
  list: () => Promise<readonly LlmConnection[]>,
): Promise<SettingsServer | undefined> {
  const { openai_api_url: address, openai_api_key: secretKey = '' } = values;
  if (address !== undefined) return { baseUrl: toModelBase(address), secretKey };
  if (secretKey === '') return undefined;
  return (await list()).length === 0 ? { baseUrl: null, secretKey } : undefined;
}

/** Oldest last, as the API has it; a server of Langfuse that tells none has none. */
async function listConnections(
  api: Pick<ConnectionsApi, 'listConnections'>,
): Promise<readonly LlmConnection[]> {
  const { data } = await api.listConnections({ limit: 100 });
  return data;
}

function toTokenize(baseUrl: string | null, key: string): TokenizeAddress | undefined {
  if (baseUrl === null) return undefined;
  const headers = key === '' ? {} : { authorization: `Bearer ${key}` };
  return { url: `${baseUrl.replace(/\/v1$/, '')}/tokenize`, headers };
}

async function follow(
  chat: ChatModels,
  scope: Scope,
  { model, provider, messages, temperature, trace, signal }: Question,
  onText: ((text: string) => void) | undefined,
): Promise<ChatAnswer> {
  const parameters = temperature === undefined ? {} : { temperature };
  const request = { model, provider, messages, parameters };
  const options = { scope, trace, signal };
  if (onText === undefined) return chat.send(request, options);
  for await (const chunk of chat.stream(request, options)) {
    if (chunk.type === 'text') onText(chunk.text);
    else if (chunk.type === 'answer') return chunk.answer;
  }
  throw new TypeError('a stream ended without an answer');
}

/** Failures name the connection and how to change it; this one is in the settings. */
function throwAsSettings(error: unknown): never {
  if (!isCoaiaError(error)) throw error;
  const message = error.message.replace('the connection "settings"', 'openai_api_url');
  const isKey = error.code === 'COAIA-4004';
  throw new CoaiaError(error.code, error.definition, message, {
    hint: `coaia config explain ${isKey ? 'openai_api_key' : 'openai_api_url'}`,
    cause: error,
  });
}

async function askServer(
  connections: ConnectionsApi,
  { model, provider, messages, temperature, trace, signal }: Question,
  onText: ((text: string) => void) | undefined,
): Promise<ChatAnswer> {
  const { traceId: id, name, sessionId, userId, tags, prompt } = trace;
  const run = {
    model,
    // What takes the place of a placeholder is left as it is, also where it looks like a variable.
    messages: [{ type: 'placeholder', name: 'messages' } as const],
    placeholders: { messages },
    parameters: temperature === undefined ? {} : { temperature },
    trace: { id, name, sessionId, userId, tags },
    ...(provider === undefined ? {} : { provider }),
    ...(prompt === undefined ? {} : { prompt }),
  };
  return onText === undefined || connections.followPrompt === undefined
    ? connections.runPrompt(run)
    : connections.followPrompt(run, onText, signal);
}
