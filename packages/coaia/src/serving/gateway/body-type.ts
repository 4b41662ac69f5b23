/** What a request sends and what it wants back, by its headers. */
import { gatewayFailures } from './errors.ts';
import type { Exchange } from './exchange.ts';

/** `plain`: no type that says anything, as some clients send JSON (vetiver in R and Python, bare curl). */
export type BodyType = 'json' | 'csv' | 'plain' | 'binary';

/** Fails with AO415 for types in which no rows come. */
export function readBodyType(exchange: Exchange): BodyType {
  const header = exchange.headers['content-type'];
  if (header === 'application/json') return 'json';
  if (header === undefined || header === '') return 'plain';
  const [type = ''] = header.toLowerCase().split(';');
  const plain = type.trim();
  if (plain === 'application/json' || plain.endsWith('+json')) return 'json';
  if (plain === 'text/csv' || plain === 'application/csv') return 'csv';
  if (plain === 'application/octet-stream') return 'binary';
  if (plain === 'application/x-www-form-urlencoded') return 'plain';
  throw gatewayFailures.create(
    'AO415',
    `Content-Type ${plain} is not taken here; send rows as application/json or text/csv.`,
  );
}

/** Whether the answer should be CSV: asked for, or as the question came when nothing else is asked for. */
export function wantsCsv(exchange: Exchange, isCsv: boolean): boolean {
  const accept = exchange.headers.accept ?? '*/*';
  if (accept.includes('text/csv')) return true;
  return isCsv && !accept.includes('json');
}
