/**
 * Opens what a command needs: the embedded store in this home, or a server through the client. Both satisfy
 * the same interface, so no command knows which one it talks to.
 */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { localScope } from '#access';
import { systemClock } from '#base';
import { createLocalObservability, openRemoteObservability } from '#observability';
import { openDatabase } from '#store';
import type { StoreLocation } from '#store';
import type { Target } from '#config';

export interface Opened {
  readonly api: unknown;
  close(): Promise<void>;
}

export interface OpenNeedOptions {
  readonly target: Target;
  /** Where the local store lies. */
  readonly store: StoreLocation;
  readonly timeoutMs?: number | undefined;
  readonly offline: boolean;
  /** Path of the ledger of outbound calls. */
  readonly ledgerPath: string;
  readonly signal?: AbortSignal;
}

/** Opens the interface with the given need's name. Every command closes what it opened. */
export async function openNeed(name: string, options: OpenNeedOptions): Promise<Opened> {
  if (name !== 'observability') throw new TypeError(`nothing provides ${name}`);
  return options.target.kind === 'remote'
    ? openRemote(options.target, options)
    : openLocal(options.store);
}

async function openLocal(location: StoreLocation): Promise<Opened> {
  if (location.kind === 'sqlite')
    mkdirSync(dirname(location.path), { recursive: true, mode: 0o700 });
  const db = await openDatabase(location, { mode: 'process', migrate: 'create' });
  try {
    const scope = await localScope(db);
    const api = createLocalObservability({ db, clock: systemClock }, scope);
    return { api, close: () => db.close() };
  } catch (error) {
    await db.close();
    throw error;
  }
}

async function openRemote(
  target: Extract<Target, { readonly kind: 'remote' }>,
  options: OpenNeedOptions,
): Promise<Opened> {
  const [{ createClient }, { createEgress }] = await Promise.all([
    import('@coaia/client'),
    import('#egress'),
  ]);
  const egress = createEgress({ offline: options.offline, ledgerPath: options.ledgerPath });
  const client = createClient({
    baseUrl: target.baseUrl,
    publicKey: target.publicKey,
    secretKey: target.secretKey,
    fetch: (input, init) => egress.fetch('observability', input, init),
    ...(options.timeoutMs === undefined ? {} : { timeoutMs: options.timeoutMs }),
  });
  return { api: await openRemoteObservability(client), close: async () => {} };
}
