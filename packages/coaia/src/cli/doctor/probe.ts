/** One question to a service: does it answer, does it take the credentials. */
import { createEgress, toUnreachable } from '#egress';
import { isCoaiaError } from '#base';
import type { CheckInput, CheckResult } from './check.ts';
import { fail } from './check.ts';

/** Longest wait for one answer; doctor asks several. */
const TIMEOUT_MS = 10_000;

export interface Probe {
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export type ProbeAnswer =
  | { readonly status: number; readonly headers: Headers; readonly json: unknown }
  | { readonly failure: CheckResult };

/** Asks through egress; what keeps it from an answer is a result already. */
export async function askService(
  name: string,
  { context, settings }: CheckInput,
  { url, headers = {} }: Probe,
): Promise<ProbeAnswer> {
  const egress = createEgress({
    offline: settings?.values.offline ?? false,
    ledgerPath: settings?.paths.egressLedger ?? '',
    env: context.env,
  });
  try {
    const answer = await egress.fetch('doctor', url, {
      headers: { ...headers },
      signal: AbortSignal.any([context.signal, AbortSignal.timeout(TIMEOUT_MS)]),
    });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, json: toJson(text) };
  } catch (error) {
    const known = isCoaiaError(error) ? error : toUnreachable(error, new URL(url).origin);
    return { failure: { ...fail(name, known.message, known.hint), reason: 'unreachable' } };
  } finally {
    egress.close();
  }
}

function toJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** What a status other than 2xx means; undefined for 2xx. */
export function toRefusal(
  name: string,
  origin: string,
  status: number,
  setting: string,
): CheckResult | undefined {
  if (status >= 200 && status < 300) return undefined;
  if (status === 401 || status === 403) {
    const hint = `coaia config explain ${setting}`;
    return {
      ...fail(name, `${origin} refuses the credentials (${status})`, hint),
      reason: 'refused',
    };
  }
  return { ...fail(name, `${origin} answered ${status}`), reason: 'unreachable' };
}
