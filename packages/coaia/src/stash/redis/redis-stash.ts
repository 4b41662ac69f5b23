/** Entries in Redis or Valkey: plain texts under their own keys, so that other programs read them too. */
import { isUtf8 } from 'node:buffer';
import type { Clock } from '#base';
import { stashErrors } from '../errors.ts';
import { checkKey, conflict, toVersion } from '../entries/entry.ts';
import type { StashKey, StashStore, StashWrite } from '../entries/entry.ts';

/** One way to send a command. Rejects with COAIA-6150, 6152 and 6154. */
export interface RedisPort {
  readonly place: string;
  /** False: values go as text, and bytes that are none as hex. */
  readonly takesBytes: boolean;
  /** The reply with its texts as strings; `bytes`: a text reply as it is. */
  send(command: readonly (string | Uint8Array)[], as?: 'bytes'): Promise<unknown>;
}

/** Sets KEYS[1] to ARGV[1] (hex when ARGV[2] says so) for ARGV[3] seconds, if ARGV[4] holds; 1 when it did. */
const PUT = `
local value = ARGV[1]
if ARGV[2] == 'hex' then
  value = (value:gsub('..', function(pair) return string.char(tonumber(pair, 16)) end))
end
local wanted = ARGV[4]
if wanted ~= '' then
  local known = redis.call('GET', KEYS[1])
  if wanted == 'absent' then
    if known then return 0 end
  elseif not known or string.sub(redis.sha1hex(known), 1, 12) ~= wanted then
    return 0
  end
end
if ARGV[3] == '' then
  redis.call('SET', KEYS[1], value)
else
  redis.call('SET', KEYS[1], value, 'EX', ARGV[3])
end
return 1`;

/** Length and milliseconds left of each key, as a flat list. */
const MEASURE = `
local found = {}
for _, key in ipairs(KEYS) do
  found[#found + 1] = redis.call('STRLEN', key)
  found[#found + 1] = redis.call('PTTL', key)
end
return found`;

/** The stash of a Redis. */
export function openRedisStash(port: RedisPort, clock: Clock): StashStore {
  return {
    place: port.place,
    async put(write) {
      await put(port, { ...write, key: checkKey(write.key) });
      const { value, lifeSeconds } = write;
      const expiresAt = lifeSeconds === null ? null : clock() + lifeSeconds * 1000;
      return { version: toVersion(value), expiresAt };
    },
    async get(key) {
      const value = await port.send(['GET', checkKey(key)], 'bytes');
      if (value === null) return undefined;
      if (!(value instanceof Uint8Array)) throw unexpected(port, 'GET', value);
      const left = await port.send(['PTTL', key]);
      return { key, value, version: toVersion(value), expiresAt: toExpiry(left, clock()) };
    },
    list: (pattern, limit) => list(port, clock, pattern, limit),
    async delete(key) {
      const removed = await port.send(['DEL', checkKey(key)]);
      if (typeof removed !== 'number') throw unexpected(port, 'DEL', removed);
      return removed > 0;
    },
  };
}

async function put(port: RedisPort, write: StashWrite): Promise<void> {
  const { key, value, lifeSeconds, onlyIf } = write;
  const life = lifeSeconds === null ? [] : ['EX', String(lifeSeconds)];
  const isHex = !port.takesBytes && !isUtf8(value);
  if (isHex || onlyIf !== undefined) return putByScript(port, write, isHex);
  const reply = await port.send(['SET', key, toArgument(port, value), ...life]);
  if (reply !== 'OK') throw unexpected(port, 'SET', reply);
}

async function putByScript(port: RedisPort, write: StashWrite, isHex: boolean): Promise<void> {
  const { key, value, lifeSeconds, onlyIf = '' } = write;
  const given = isHex ? Buffer.from(value).toString('hex') : toArgument(port, value);
  const wanted = typeof onlyIf === 'object' ? onlyIf.version : onlyIf;
  const values = [given, isHex ? 'hex' : '', String(lifeSeconds ?? ''), wanted];
  const reply = await port.send(['EVAL', PUT, '1', key, ...values]);
  if (reply === 0) throw conflict(write);
  if (reply !== 1) throw unexpected(port, 'EVAL', reply);
}

function toArgument({ takesBytes }: RedisPort, value: Uint8Array): string | Uint8Array {
  return takesBytes ? value : Buffer.from(value).toString('utf8');
}

async function list(
  port: RedisPort,
  clock: Clock,
  pattern: string,
  limit: number,
): Promise<readonly StashKey[]> {
  const keys = new Set<string>();
  let cursor = '0';
  do {
    const command = ['SCAN', cursor, 'MATCH', pattern, 'COUNT', '500', 'TYPE', 'string'];
    const reply = await port.send(command);
    const [next, found] = Array.isArray(reply) ? (reply as readonly unknown[]) : [];
    if (!Array.isArray(found)) throw unexpected(port, 'SCAN', reply);
    for (const key of found) keys.add(String(key));
    cursor = String(next);
    // Keys come in no order: the first ones are known only when all are.
  } while (cursor !== '0');
  const shown = [...keys].toSorted().slice(0, limit);
  if (shown.length === 0) return [];
  const numbers = await port.send(['EVAL', MEASURE, String(shown.length), ...shown]);
  if (!Array.isArray(numbers)) throw unexpected(port, 'EVAL', numbers);
  const now = clock();
  return shown.map((key, index) => ({
    key,
    bytes: Number(numbers[index * 2]),
    expiresAt: toExpiry(numbers[index * 2 + 1], now),
  }));
}

/** Redis answers -1 for keys without an end. */
function toExpiry(left: unknown, now: number): number | null {
  return typeof left === 'number' && left >= 0 ? now + left : null;
}

function unexpected({ place }: RedisPort, command: string, reply: unknown) {
  const shown = JSON.stringify(reply)?.slice(0, 100) ?? 'nothing';
  return stashErrors.create('COAIA-6154', `${place} answered ${shown} to ${command}.`);
}
