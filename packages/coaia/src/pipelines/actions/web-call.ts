/** Calls to web addresses that somebody else named: to public addresses only, and read within limits. */
import { isIP } from 'node:net';
import { isCoaiaError } from '#base';
import { toUnreachable } from '#egress';
import type { Egress, EgressInit } from '#egress';
import { loadPrivateAddresses } from '#observability';
import { runFailures } from '../runs/errors.ts';

export interface WebCall {
  readonly reason: string;
  readonly url: string;
  readonly init: EgressInit;
  /** Also addresses of this machine and of private networks. */
  readonly isPrivateAllowed: boolean;
}

/**
 * The head of the answer; redirects are not followed. Fails with COAIA-5103 (refused address) and the codes of
 * unreachable servers. Names are looked up once: the address that was checked is the one connected to.
 */
export async function callWeb(
  egress: Pick<Egress, 'fetch'>,
  { reason, url: address, init, isPrivateAllowed }: WebCall,
): Promise<Response> {
  const url = URL.parse(address);
  if (url === null || !/^https?:$/.test(url.protocol))
    throw runFailures.create('COAIA-5103', `${address.slice(0, 200)} is no web address.`);
  const { createPublicLookup, isPrivateAddress } = await loadPrivateAddresses();
  const host = url.hostname.replaceAll(/[[\]]/g, '');
  if (!isPrivateAllowed && isIP(host) !== 0 && isPrivateAddress(host)) throw refuse(url.host);
  try {
    return await egress.fetch(reason, url, {
      ...init,
      redirect: 'manual',
      ...(isPrivateAllowed ? {} : { lookup: createPublicLookup(url.hostname) }),
    });
  } catch (error) {
    if (isStopped(init.signal)) throw error;
    if ((error as NodeJS.ErrnoException).code === 'EPRIVATE') throw refuse(url.host);
    throw isCoaiaError(error) ? error : toUnreachable(error, address);
  }
}

/** Stopped by the caller, not by the time that the call is given. */
function isStopped(signal: AbortSignal | null | undefined): boolean {
  return signal?.aborted === true && (signal.reason as Error | undefined)?.name !== 'TimeoutError';
}

function refuse(host: string) {
  return runFailures.create(
    'COAIA-5103',
    `${host} lies inside a private network; nothing was sent.`,
    { hint: 'coaia pipeline allow http --private' },
  );
}

/** The body as text. Fails with COAIA-5103 beyond the limit in bytes. */
export async function readLimited(answer: Response, limit: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  if (answer.body !== null)
    for await (const chunk of answer.body as unknown as AsyncIterable<Uint8Array>) {
      size += chunk.length;
      if (size > limit)
        throw runFailures.create('COAIA-5103', `The answer has more than ${limit} bytes.`);
      chunks.push(chunk);
    }
  return Buffer.concat(chunks).toString('utf8');
}
