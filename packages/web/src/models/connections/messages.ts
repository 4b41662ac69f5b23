import { createCatalogue } from '../../lib/i18n.ts';

const en = {
  title: 'Connections to model servers',
  failed: 'The connections could not be read.',
  none: 'There is no connection yet.',
  add: 'Add a connection',
  added: (name: string) => `Connected ${name}`,
  deleted: (name: string) => `Deleted ${name}`,
  deleteFailed: 'The connection could not be deleted.',
  remove: (name: string) => `Delete ${name}`,
  test: 'Test',
  testOf: (name: string) => `Test ${name}`,
  testing: 'asking',
  works: (count: number) => (count === 1 ? 'answers, 1 model' : `answers, ${count} models`),
  key: (shown: string) => `key ${shown}`,
  vendor: 'address of the vendor',
  kind: 'Kind of server',
  kinds: {
    ollama: 'Ollama on this machine',
    compatible: 'OpenAI-compatible server (vLLM, LM Studio, llama.cpp, a gateway)',
    openai: 'OpenAI',
    anthropic: 'Anthropic',
  },
  name: 'Name',
  baseUrl: 'Address',
  baseUrlHint: 'Usually ends in /v1',
  secret: 'Secret key',
  secretHint: 'Stored encrypted; it is never shown again.',
  noSecretHint: 'A server on this machine needs none.',
  models: 'Models',
  modelsHint: 'With commas; those that the server lists are offered without being named here.',
  save: 'Connect',
  saveFailed: 'The connection could not be stored.',
  empty: {
    title: 'No model to ask yet',
    lead: 'The playground sends prompts to a model server that this project is connected to. Start Ollama on this machine, or use the key of a provider. Nothing is sent anywhere before that.',
    ollama: 'For Ollama',
    key: 'For a key in OPENAI_API_KEY or ANTHROPIC_API_KEY',
  },
};

/** Words of connections. */
export const words = createCatalogue({ en });
