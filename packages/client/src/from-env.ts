/** A client from the variables that Langfuse programs already have. Node only. */
import { createClient } from './client.ts';
import type { ClientOptions, CoaiaClient } from './client.ts';
import { ClientError } from './client-error.ts';

export type Env = Readonly<Record<string, string | undefined>>;

type FoundSettings = Pick<ClientOptions, 'baseUrl' | 'publicKey' | 'secretKey'>;

/**
 * Looks for the address (`LANGFUSE_BASE_URL`, then `LANGFUSE_HOST`, then `LANGFUSE_BASEURL`) and the two keys in
 * the process environment, then in `./.env`, then in `$HOME/.env`; the first place that has all three wins.
 * Rejects with ClientError of kind `config` when no place has them: no address is ever assumed.
 */
export async function createClientFromEnv(
  // oxlint-disable-next-line node/no-process-env -- reading it is what this function is for
  env: Env = process.env,
  options: Partial<ClientOptions> = {},
): Promise<CoaiaClient> {
  const found = toSettings(env) ?? (await findInFiles(env));
  if (found !== undefined) return createClient({ ...found, ...options });
  throw new ClientError(
    'No server is configured: set LANGFUSE_BASE_URL, LANGFUSE_PUBLIC_KEY and LANGFUSE_SECRET_KEY in the environment, in ./.env or in $HOME/.env.',
    { kind: 'config' },
  );
}

function toSettings(env: Env): FoundSettings | undefined {
  const baseUrl = env.LANGFUSE_BASE_URL || env.LANGFUSE_HOST || env.LANGFUSE_BASEURL;
  const publicKey = env.LANGFUSE_PUBLIC_KEY;
  const secretKey = env.LANGFUSE_SECRET_KEY;
  return baseUrl && publicKey && secretKey ? { baseUrl, publicKey, secretKey } : undefined;
}

async function findInFiles(env: Env): Promise<FoundSettings | undefined> {
  const { readFile } = await import('node:fs/promises');
  const path = await import('node:path');
  const folders = ['.', ...(env.HOME ? [env.HOME] : [])];
  for (const folder of folders) {
    const text = await readFile(path.join(folder, '.env'), 'utf8').catch(() => '');
    const found = toSettings(parseEnvFile(text));
    if (found !== undefined) return found;
  }
  return undefined;
}

const LINE = /^\s*(?:export\s+)?([A-Za-z_][\w.]*)\s*=\s*(?:'([^']*)'|"((?:\\.|[^"\\])*)"|([^\n]*))/;

/** `NAME=value` lines: `export` allowed, quotes removed, ` #` comments cut from unquoted values. */
export function parseEnvFile(text: string): Record<string, string> {
  const values: Record<string, string> = {};
  for (const line of text.replace(/^\uFEFF/, '').split(/\r?\n/)) {
    const [, name, single, double, plain] = LINE.exec(line) ?? [];
    if (name === undefined) continue;
    values[name] = single ?? (double === undefined ? toPlain(plain ?? '') : toUnescaped(double));
  }
  return values;
}

function toPlain(text: string): string {
  return text.replace(/(^|\s)#.*$/, '').trim();
}

function toUnescaped(text: string): string {
  return text.replaceAll(/\\(.)/g, (_, mark: string) => (mark === 'n' ? '\n' : mark));
}
