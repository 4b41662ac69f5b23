/** Where the settings say that entries are kept. */
import type { SettingValues } from '#config';
import { stashErrors } from '../errors.ts';
import type { UpstashAddress } from './upstash-port.ts';

export interface RedisAddress {
  readonly host: string;
  readonly port: number;
  readonly username: string | undefined;
  readonly password: string | undefined;
  readonly db: number;
  readonly isTls: boolean;
}

export type StashPlace =
  | { readonly kind: 'embedded' }
  | { readonly kind: 'redis'; readonly address: RedisAddress }
  | { readonly kind: 'upstash'; readonly address: UpstashAddress };

/**
 * The place that the settings name: HTTP address, then redis_url, then redis_host; `stash` overrules. Undefined
 * when they name none. COAIA-6155.
 */
export function findStashPlace(values: SettingValues): StashPlace | undefined {
  if (values.stash === 'embedded') return { kind: 'embedded' };
  const { upstash_url: url, upstash_token: token } = values;
  if (url !== undefined) {
    if (token === undefined) throw wrong(`${url} has no token beside it`, 'upstash_token');
    return { kind: 'upstash', address: { url, token } };
  }
  if (values.redis_url !== undefined)
    return { kind: 'redis', address: parseRedisUrl(values.redis_url) };
  if (values.redis_host === undefined && values.stash !== 'redis') return undefined;
  const { redis_host: host = '127.0.0.1', redis_port: port, redis_db: db } = values;
  const { redis_username: username, redis_password: password, redis_ssl: isTls } = values;
  if (/[/@\s]/.test(host)) throw wrong('redis_host is no host name', 'redis_host');
  return { kind: 'redis', address: { host, port, username, password, db, isTls } };
}

/** `redis://user:password@host:6379/2`, `rediss://` for TLS. COAIA-6155, which does not repeat it. */
export function parseRedisUrl(text: string): RedisAddress {
  const url = URL.parse(text);
  const db = url?.pathname.replace('/', '') || '0';
  if (url === null || !/^rediss?:$/.test(url.protocol) || url.hostname === '' || !/^\d+$/.test(db))
    throw wrong('redis_url is no redis:// or rediss:// address', 'redis_url');
  return {
    host: url.hostname.replaceAll(/^\[|\]$/g, ''),
    port: url.port === '' ? 6379 : Number(url.port),
    username: decode(url.username),
    password: decode(url.password),
    db: Number(db),
    isTls: url.protocol === 'rediss:',
  };
}

function decode(text: string): string | undefined {
  if (text === '') return undefined;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function wrong(sentence: string, setting: string) {
  return stashErrors.create('COAIA-6155', `${sentence}.`, {
    hint: `coaia config explain ${setting}`,
  });
}
