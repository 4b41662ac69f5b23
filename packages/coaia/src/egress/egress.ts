/** The only outbound door: policy, proxies, time limits, user agent and the ledger in one place. */
import type { Agent } from 'node:http';
import type { LookupFunction } from 'node:net';
import { systemClock, toIso, version } from '#base';
import type { Clock } from '#base';
import { egressErrors } from './errors.ts';
import { addLedgerLine } from './ledger.ts';
import { isLoopback } from './loopback.ts';
import { sendExchange } from './request.ts';

export interface EgressOptions {
  /** Refuse everything that is not loopback. */
  readonly offline: boolean;
  /** File that gets one line per call. */
  readonly ledgerPath: string;
  /** Environment for HTTP_PROXY, HTTPS_PROXY and NO_PROXY; the process's when absent. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly connectTimeoutMs?: number;
  readonly readTimeoutMs?: number;
  readonly clock?: Clock;
  /** Told when a call on this machine cannot be recorded: it is made all the same. Without it, and elsewhere, it fails. */
  readonly onUnrecorded?: (error: unknown) => void;
}

/** Standard init; the time limits override the door's own for one call. */
export type EgressInit = RequestInit & {
  readonly connectTimeoutMs?: number;
  readonly readTimeoutMs?: number;
  /** How names become addresses, for callers that refuse some; asked again for each new connection. */
  readonly lookup?: LookupFunction;
};

export interface Egress {
  /**
   * `fetch` with a reason, one word for the ledger. Rejects with COAIA-0601 (offline), COAIA-0604 (address),
   * and otherwise like `fetch`: the system's error with its `code`; `toUnreachable` makes a sentence of it.
   */
  readonly fetch: (reason: string, input: string | URL, init?: EgressInit) => Promise<Response>;
  /** Closes kept connections. */
  readonly close: () => void;
}

const CONNECT_TIMEOUT_MS = 5_000;
const READ_TIMEOUT_MS = 30_000;

/** Opens the door. Nothing is loaded or connected before the first call. */
export function createEgress(options: EgressOptions): Egress {
  const agents = createAgents(options);
  const clock = options.clock ?? systemClock;
  return {
    fetch: async (reason, input, init = {}) => {
      const url = parseAddress(input);
      const isLocal = isLoopback(url.hostname);
      const start = clock();
      const method = init.method ?? 'GET';
      const record = (outcome: { readonly status: number } | { readonly error: string }) => {
        const line = {
          time: toIso(start),
          reason,
          method,
          host: url.host,
          ...outcome,
          milliseconds: clock() - start,
        };
        try {
          addLedgerLine(options.ledgerPath, line);
        } catch (error) {
          if (!isLocal || options.onUnrecorded === undefined) throw error;
          options.onUnrecorded(error);
        }
      };
      if (options.offline && !isLocal) {
        record({ error: 'COAIA-0601' });
        throw refuse(url);
      }
      try {
        const answer = await sendExchange(url, withUserAgent(init), {
          agent: agents.get(url.protocol, isLocal),
          connectTimeoutMs: init.connectTimeoutMs ?? options.connectTimeoutMs ?? CONNECT_TIMEOUT_MS,
          readTimeoutMs: init.readTimeoutMs ?? options.readTimeoutMs ?? READ_TIMEOUT_MS,
          lookup: init.lookup,
        });
        record({ status: answer.status });
        return answer;
      } catch (error) {
        record({ error: toSystemCode(error) });
        throw error;
      }
    },
    close: agents.close,
  };
}

function refuse(url: URL) {
  return egressErrors.create(
    'COAIA-0601',
    `COAIA_OFFLINE forbids the connection to ${url.host}; nothing was sent.`,
    { hint: 'unset COAIA_OFFLINE to allow it, or use an address on this machine' },
  );
}

function parseAddress(input: string | URL): URL {
  const text = String(input);
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw egressErrors.create('COAIA-0604', 'The address is not an http or https URL.', {
      hint: 'write it like https://host:port',
    });
  }
  if (url.username !== '' || url.password !== '') {
    throw egressErrors.create(
      'COAIA-0604',
      `The address of ${url.host} has a name and password inside; keys have their own settings.`,
      { hint: 'coaia config explain langfuse_public_key' },
    );
  }
  return url;
}

function withUserAgent(init: EgressInit): RequestInit {
  const headers = new Headers(init.headers);
  if (!headers.has('user-agent')) headers.set('user-agent', `coaia/${version}`);
  return { ...init, headers };
}

/** Kept connections, made on first use; those that leave the machine honour the proxy variables. */
function createAgents(options: EgressOptions) {
  const made = new Map<string, Agent>();
  return {
    get: (protocol: string, isLocal: boolean) => {
      const key = `${protocol}${isLocal ? 'local' : 'remote'}`;
      const known = made.get(key);
      if (known !== undefined) return known;
      const { Agent: KeptAgent } =
        protocol === 'https:'
          ? process.getBuiltinModule('node:https')
          : process.getBuiltinModule('node:http');
      // oxlint-disable-next-line node/no-process-env -- proxies are a matter of the process unless a caller says otherwise
      const proxyEnv = options.env ?? process.env;
      const agent = new KeptAgent({ keepAlive: true, ...(isLocal ? {} : { proxyEnv }) });
      made.set(key, agent);
      return agent;
    },
    close: () => {
      for (const agent of made.values()) agent.destroy();
      made.clear();
    },
  };
}

function toSystemCode(error: unknown): string {
  const code = (error as { readonly code?: unknown }).code;
  if (typeof code === 'string') return code;
  return error instanceof Error ? error.name : 'unknown';
}

/** A sentence for a call that got no answer: COAIA-0603 for time limits, COAIA-0602 otherwise. */
export function toUnreachable(error: unknown, address: string) {
  const code = toSystemCode(error);
  const host = URL.canParse(address) ? new URL(address).host : address;
  return code === 'ETIMEDOUT' || code === 'TimeoutError'
    ? egressErrors.create('COAIA-0603', `${host} did not answer in time.`, { cause: error })
    : egressErrors.create('COAIA-0602', `${host} cannot be reached (${code}).`, { cause: error });
}
