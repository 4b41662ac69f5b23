/** One thing that doctor looks at. */
import type { ResolvedSettings } from '#config';
import type { CommandContext } from '#surface';

export type CheckStatus = 'ok' | 'warn' | 'fail';

export interface CheckResult {
  /** One or two words; stable, scripts may look for them. */
  readonly name: string;
  readonly status: CheckStatus;
  /** One line: what was found. */
  readonly detail: string;
  /** What to type or do. */
  readonly hint?: string;
  /** Why a service does not work: its setting is missing, it refuses the credentials, or it does not answer. */
  readonly reason?: 'missing' | 'refused' | 'unreachable';
}

export interface CheckInput {
  readonly context: CommandContext<unknown>;
  /** Undefined when the settings cannot be resolved; the check of settings files says why. */
  readonly settings: ResolvedSettings | undefined;
  /** Also recount what is stored. */
  readonly deep: boolean;
  /** Also ask other machines. */
  readonly network: boolean;
  /** The one service that was asked for. */
  readonly service?: string | undefined;
}

export type Check = (
  input: CheckInput,
) => CheckResult | readonly CheckResult[] | Promise<CheckResult | readonly CheckResult[]>;

/** A result that is fine. */
export function ok(name: string, detail: string): CheckResult {
  return { name, status: 'ok', detail };
}

/** A result that needs attention but stops nothing. */
export function warn(name: string, detail: string, hint?: string): CheckResult {
  return { name, status: 'warn', detail, ...(hint === undefined ? {} : { hint }) };
}

/** A result that stops something from working. */
export function fail(name: string, detail: string, hint?: string): CheckResult {
  return { name, status: 'fail', detail, ...(hint === undefined ? {} : { hint }) };
}

/** What an error says, in one line, with its hint. */
export function toFailed(name: string, error: unknown): CheckResult {
  const { message, hint } = error as { readonly message?: string; readonly hint?: string };
  return fail(name, (message ?? String(error)).split('\n')[0] ?? '', hint);
}
