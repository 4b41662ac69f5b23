/** `coaia models connections set`: makes or replaces a connection. Secrets come from the environment or stdin. */
import { invalidRequest, isObject } from '#base';
import { isLoopback } from '#egress';
import { defineCommand } from '#surface';
import type { CommandContext } from '#surface';
import { connectionsApi } from '../../ports.ts';
import { ADAPTERS } from '../connection.ts';

export const command = defineCommand({
  words: 'models connections set',
  summary: 'Connect to a model server, or change a connection',
  description:
    'A connection of the same name is replaced whole. The secret key is read from the variable that --key-env names, or from stdin with --key-stdin, never from the command line. A server on this machine needs none.',
  needs: connectionsApi,
  positionals: [{ name: 'name', summary: 'Name of the connection', required: true }],
  options: {
    adapter: {
      type: 'string',
      choices: ADAPTERS,
      default: 'openai',
      summary: 'Protocol of the server; openai for every OpenAI-compatible one',
    },
    'base-url': {
      type: 'string',
      placeholder: 'URL',
      summary: "Address of the server; the vendor's own when absent",
    },
    'key-env': { type: 'string', placeholder: 'NAME', summary: 'Variable with the secret key' },
    'key-stdin': { type: 'boolean', summary: 'Read the secret key from stdin' },
    model: {
      type: 'string',
      short: 'm',
      repeatable: true,
      placeholder: 'MODEL',
      summary: 'A model of the server; may be repeated',
    },
    'no-default-models': { type: 'boolean', summary: "Leave out the vendor's usual models" },
    'header-env': {
      type: 'string',
      repeatable: true,
      placeholder: 'HEADER=NAME',
      summary: 'Send this header with the value of the variable; may be repeated',
    },
    config: { type: 'string', placeholder: 'JSON', summary: "The adapter's own settings" },
  },
  examples: [
    'coaia models connections set ollama --base-url http://127.0.0.1:11434/v1 -m llama3.2',
    'coaia models connections set openai --key-env OPENAI_API_KEY',
    'coaia models connections set claude --adapter anthropic --key-env ANTHROPIC_API_KEY',
  ],
  async run(context, { options, args }) {
    const baseURL = options['base-url'];
    const secretKey = await readKey(context, { ...options, name: args.name });
    const config = options.config === undefined ? undefined : parseConfig(options.config);
    const api = await context.open();
    const connection = await api.writeConnection({
      provider: args.name,
      adapter: options.adapter as (typeof ADAPTERS)[number],
      secretKey,
      extraHeaders: readHeaders(context, options['header-env'] ?? []),
      customModels: options.model ?? [],
      withDefaultModels: options['no-default-models'] !== true,
      ...(baseURL === undefined ? {} : { baseURL }),
      ...(config === undefined ? {} : { config }),
    });
    if (context.flags.json) context.out.json(connection);
    else context.out.confirm(`Connected ${args.name} (${connection.adapter}).`);
    context.out.notice(`Try it: coaia models connections test ${args.name}`);
  },
});

interface KeyOptions {
  readonly name: string;
  readonly 'key-env': string | undefined;
  readonly 'key-stdin': boolean | undefined;
  readonly 'base-url': string | undefined;
}

async function readKey(
  context: Pick<CommandContext<unknown>, 'env' | 'stdin'>,
  options: KeyOptions,
): Promise<string> {
  const { name, 'key-env': variable, 'base-url': baseUrl } = options;
  if (variable !== undefined) return readVariable(context, variable);
  if (options['key-stdin'] === true) {
    const text = (await context.stdin()).toString('utf8').trim();
    if (text !== '') return text;
    throw invalidRequest('There is no secret key on stdin.');
  }
  const url = baseUrl === undefined ? null : URL.parse(baseUrl);
  // Servers on one's own machine ask for no key, but clients have to send something.
  if (url !== null && isLoopback(url.hostname)) return 'none';
  throw invalidRequest(
    `The connection "${name}" needs a secret key: name the variable that holds it, or pipe it in.`,
    undefined,
    `coaia models connections set ${name} --key-env OPENAI_API_KEY`,
  );
}

function readVariable({ env }: Pick<CommandContext<unknown>, 'env'>, name: string): string {
  const value = env[name]?.trim();
  if (value !== undefined && value !== '') return value;
  throw invalidRequest(`The variable ${name} is not set.`, undefined, `export ${name}=...`);
}

function readHeaders(
  context: Pick<CommandContext<unknown>, 'env'>,
  given: readonly string[],
): Readonly<Record<string, string>> {
  const pairs = given.map((text) => {
    const [, header, variable] = /^([^=]+)=(.+)$/.exec(text) ?? [];
    if (header === undefined || variable === undefined)
      throw invalidRequest('--header-env is written HEADER=NAME, NAME being a variable.');
    return [header, readVariable(context, variable)] as const;
  });
  return Object.fromEntries(pairs);
}

function parseConfig(text: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw invalidRequest('--config is no JSON.');
  }
  if (!isObject(value)) throw invalidRequest('--config is no JSON object.');
  return value;
}
