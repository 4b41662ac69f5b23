/** Values as text: UTF-8 where they are text, base64 where not. */
import { isUtf8 } from 'node:buffer';
import { toIso } from '#base';
import type { StashItem, StashValue } from '@coaia/client';
import type { StashEntry } from './entry.ts';

export function toWireValue(value: Uint8Array): StashValue {
  const encoding = isUtf8(value) ? 'utf8' : 'base64';
  return { value: Buffer.from(value).toString(encoding), encoding };
}

export function fromWireValue({ value, encoding }: StashValue): Buffer {
  return Buffer.from(value, encoding);
}

/** ISO 8601, or null for what never ends. */
export function toWireTime(at: number | null): string | null {
  return at === null ? null : toIso(at);
}

export function toItem({ key, value, version, expiresAt }: StashEntry): StashItem {
  return { key, ...toWireValue(value), version, expiresAt: toWireTime(expiresAt) };
}
