/** Which store or server the settings choose (ARCHITECTURE.md, "Local or remote"). */
import { configErrors } from './errors.ts';
import { readJsonFile } from './json-file.ts';
import type { ResolvedSettings } from './resolve.ts';

export type Target =
  | {
      readonly kind: 'local';
      /**
       * Keys that are set without an address and are not those in credentials.json: whoever opens the store must
       * check them against it, choose their project, and otherwise throw `foreignKeys(...)`.
       */
      readonly keys?: { readonly publicKey: string; readonly secretKey: string };
    }
  | {
      readonly kind: 'remote';
      /** Without a trailing slash. */
      readonly baseUrl: string;
      readonly publicKey: string;
      readonly secretKey: string;
    };

/**
 * Address and keys: that server. Neither: the store in the home. Keys alone: the local store if they can be
 * its own. Address without both keys: COAIA-0211, except for the address of the running server of this home.
 */
export function resolveTarget(settings: ResolvedSettings): Target {
  const { langfuse_base_url: baseUrl, langfuse_public_key: publicKey } = settings.values;
  const secretKey = settings.values.langfuse_secret_key;
  const keys =
    publicKey === undefined || secretKey === undefined ? undefined : { publicKey, secretKey };
  if (baseUrl !== undefined) {
    if (keys !== undefined) return { kind: 'remote', baseUrl, ...keys };
    if (publicKey === undefined && secretKey === undefined && isOwnServer(settings, baseUrl))
      return { kind: 'local' };
    throw missingKeys(settings, baseUrl);
  }
  if (keys === undefined || isOwnPair(settings, keys)) return { kind: 'local' };
  if (!settings.candidates.langfuse_public_key.some(({ wins }) => wins)) return { kind: 'local' };
  return { kind: 'local', keys };
}

function readRecord(path: string): Readonly<Record<string, unknown>> {
  return readJsonFile(path) ?? {};
}

function isOwnServer(settings: ResolvedSettings, baseUrl: string): boolean {
  const { baseUrl: running, url } = readRecord(settings.paths.server);
  return [running, url].some(
    (address) => typeof address === 'string' && address.replace(/\/+$/, '') === baseUrl,
  );
}

function isOwnPair(
  settings: ResolvedSettings,
  keys: { readonly publicKey: string; readonly secretKey: string },
): boolean {
  const own = readRecord(settings.paths.credentials);
  if (own['publicKey'] === keys.publicKey && own['secretKey'] === keys.secretKey) return true;
  const { env } = settings;
  return (
    env['LANGFUSE_INIT_PROJECT_PUBLIC_KEY'] === keys.publicKey &&
    env['LANGFUSE_INIT_PROJECT_SECRET_KEY'] === keys.secretKey
  );
}

function missingKeys(settings: ResolvedSettings, baseUrl: string) {
  const origin = settings.candidates.langfuse_base_url.find(({ wins }) => wins);
  const where = origin === undefined ? '' : ` (${origin.key} in ${origin.source})`;
  const isElsewhere = (['langfuse_public_key', 'langfuse_secret_key'] as const).some((name) =>
    settings.candidates[name].some(({ wins }) => !wins),
  );
  const also = isElsewhere ? ' Keys from another source are never sent to it.' : '';
  return configErrors.create(
    'COAIA-0211',
    `The server ${baseUrl} is chosen${where}, but its public and secret key are not set beside it.${also}`,
    {
      hint: `set LANGFUSE_PUBLIC_KEY and LANGFUSE_SECRET_KEY in the same place, or unset ${origin?.key ?? 'LANGFUSE_BASE_URL'} to work on the local store`,
    },
  );
}

/** The error for keys without an address that no project of the local store has. */
export function foreignKeys(publicKey: string) {
  return configErrors.create(
    'COAIA-0210',
    `The public key ${publicKey} belongs to no project of the local store, and no server address is set.`,
    {
      hint: 'export LANGFUSE_BASE_URL=https://your-server to use that server, or unset LANGFUSE_PUBLIC_KEY LANGFUSE_SECRET_KEY to use the local store',
    },
  );
}
