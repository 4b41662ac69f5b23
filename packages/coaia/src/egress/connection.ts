/** Connections that are no HTTP (Redis): the same policy and the same ledger as for calls. */
import { systemClock, toIso } from '#base';
import type { EgressOptions } from './egress.ts';
import { egressErrors } from './errors.ts';
import { addLedgerLine } from './ledger.ts';
import { isLoopback } from './loopback.ts';

export type ConnectionRules = Pick<EgressOptions, 'offline' | 'ledgerPath' | 'onUnrecorded'>;

/**
 * Asks before a connection is made, and writes it down. Throws COAIA-0601 when it would leave this machine
 * offline. `reason` is one word for the ledger.
 */
export function allowConnection(
  { offline, ledgerPath, onUnrecorded }: ConnectionRules,
  reason: string,
  host: string,
  port: number,
): void {
  const isRefused = offline && !isLoopback(host);
  const address = `${host.includes(':') ? `[${host}]` : host}:${port}`;
  try {
    addLedgerLine(ledgerPath, {
      time: toIso(systemClock()),
      reason,
      method: 'CONNECT',
      host: address,
      ...(isRefused ? { error: 'COAIA-0601' } : {}),
      milliseconds: 0,
    });
  } catch (error) {
    if (!isLoopback(host) || onUnrecorded === undefined) throw error;
    onUnrecorded(error);
  }
  if (!isRefused) return;
  throw egressErrors.create(
    'COAIA-0601',
    `COAIA_OFFLINE forbids the connection to ${address}; nothing was sent.`,
    { hint: 'unset COAIA_OFFLINE to allow it, or use an address on this machine' },
  );
}
