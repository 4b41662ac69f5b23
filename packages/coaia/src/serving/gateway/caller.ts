/** Who calls, and what the key allows. */
import { gatewayFailures } from './errors.ts';

export interface Caller {
  /** Public key, or a name for the log. */
  readonly id: string;
  /** `predict:MODEL`, `predict:*`, `deploy:MODEL`, `deploy:*`; undefined: everything. */
  readonly scopes?: readonly string[];
}

/** Headers with lower-case names, as Node has them. */
export type CallerHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Finds out who calls, or fails with a code whose status is 401 or 429. */
export type Authenticate = (headers: CallerHeaders) => Promise<Caller>;

/** Refuses with AO441 what the scopes of the key do not include. */
export function requireScope(
  caller: Caller | undefined,
  right: 'predict' | 'deploy',
  model: string,
): void {
  const scopes = caller?.scopes;
  if (scopes === undefined || scopes.includes(`${right}:${model}`) || scopes.includes(`${right}:*`))
    return;
  throw gatewayFailures.create(
    'AO441',
    `This key may not ${right} ${model}; its scopes are ${scopes.join(', ') || 'empty'}.`,
    { hint: `coaia keys create --scope ${right}:${model}` },
  );
}

/** Whether some scope of the key names the model; others do not even see it. */
export function mayKnow(caller: Caller | undefined, model: string): boolean {
  const scopes = caller?.scopes;
  return (
    scopes === undefined || scopes.some((one) => one.endsWith(`:${model}`) || one.endsWith(':*'))
  );
}
