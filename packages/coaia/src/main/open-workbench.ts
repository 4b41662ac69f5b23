/**
 * Opens what a command needs: the embedded store in this home, or a server through the client. Both satisfy
 * the same interface, so no command knows which one it talks to.
 */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { localScope } from '#access';
import { isCoaiaError } from '#base';
import type { Scope } from '#base';
import { foreignKeys } from '#config';
import { openDatabase } from '#store';
import type { Database } from '#store';
import type { Target } from '#config';
import { commandNeeds } from './command-needs.ts';
import type { Implementation } from './command-needs.ts';
import type { Opened, OpenNeedOptions } from './open-options.ts';

export type { Opened } from './open-options.ts';

/** Opens the interface with the given need's name. Every command closes what it opened. */
export async function openNeed(name: string, options: OpenNeedOptions): Promise<Opened> {
  const implementation = commandNeeds.get(name);
  if (implementation === undefined) throw new TypeError(`nothing provides ${name}`);
  const alone = await implementation.openAlone?.(options);
  if (alone !== undefined) return alone;
  return options.target.kind === 'remote'
    ? openRemote(implementation, options.target, options)
    : openLocal(implementation, options, options.target.keys?.publicKey);
}

/** With a public key: that key's project. Keys of no project here belong to a server nobody named: COAIA-0210. */
async function openLocal(
  implementation: Implementation,
  options: OpenNeedOptions,
  publicKey?: string,
): Promise<Opened> {
  const { store: location, durability, env } = options;
  if (location.kind === 'sqlite')
    mkdirSync(dirname(location.path), { recursive: true, mode: 0o700 });
  const db = await openDatabase(location, { mode: 'process', migrate: 'create', durability });
  try {
    const scope = await findScope(db, env, publicKey);
    return { api: await implementation.openLocal(db, scope, options), close: () => db.close() };
  } catch (error) {
    await db.close();
    throw error;
  }
}

async function findScope(
  db: Database,
  env: OpenNeedOptions['env'],
  publicKey: string | undefined,
): Promise<Scope> {
  if (publicKey === undefined) return localScope(db, { env });
  try {
    return await localScope(db, { publicKey });
  } catch (error) {
    throw isCoaiaError(error) && error.code === 'COAIA-0304' ? foreignKeys(publicKey) : error;
  }
}

async function openRemote(
  implementation: Implementation,
  target: Extract<Target, { readonly kind: 'remote' }>,
  options: OpenNeedOptions,
): Promise<Opened> {
  const [{ createClient }, { createEgress }] = await Promise.all([
    import('@coaia/client'),
    import('#egress'),
  ]);
  const egress = createEgress({
    offline: options.offline,
    ledgerPath: options.ledgerPath,
    env: options.env,
  });
  const client = createClient({
    baseUrl: target.baseUrl,
    publicKey: target.publicKey,
    secretKey: target.secretKey,
    fetch: (input, init) => egress.fetch('observability', input, init),
    ...(options.timeoutMs === undefined ? {} : { timeoutMs: options.timeoutMs }),
  });
  return {
    api: await implementation.openRemote(client, options),
    close: async () => egress.close(),
  };
}
