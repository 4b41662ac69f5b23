/** Which of two ids is the trace: the documents and the code of CoAiAPy disagree, so both orders are taken. */
import type { ObservabilityApi } from '@coaia/client';
import { findKnownTraces } from './known-traces.ts';
import { terminalFailures } from './errors.ts';

export interface TargetInput {
  /** Ids as they stand on the line. */
  readonly positionals: readonly string[];
  readonly traceId: string | undefined;
  readonly observationId: string | undefined;
  /** COAIA_TRACE_ID. */
  readonly current: string | undefined;
}

export interface Target {
  readonly traceId: string;
  readonly observationId: string | undefined;
  readonly isSwapped: boolean;
}

/**
 * Named ids win and positionals fill what is left, trace first. Two positionals are swapped when the second is the
 * current trace, or when the server knows only the second as a trace. Throws COAIA-1064 when no trace is named.
 */
export async function findTarget(
  input: TargetInput,
  open: () => Promise<ObservabilityApi>,
): Promise<Target> {
  const left = [...input.positionals];
  const isOpen = input.traceId === undefined && input.observationId === undefined;
  const [first, second] = left;
  if (isOpen && first !== undefined && second !== undefined) {
    const isSwapped = await hasSwappedOrder(first, second, input.current, open);
    return isSwapped
      ? { traceId: second, observationId: first, isSwapped }
      : { traceId: first, observationId: second, isSwapped };
  }
  const traceId = input.traceId ?? left.shift() ?? input.current;
  if (traceId === undefined || traceId === '') {
    throw terminalFailures.create(
      'COAIA-1064',
      'No trace id is given and COAIA_TRACE_ID is not set.',
      {
        hint: 'eval "$(coaia fuse traces create --export-env)"',
      },
    );
  }
  return { traceId, observationId: input.observationId ?? left.shift(), isSwapped: false };
}

async function hasSwappedOrder(
  first: string,
  second: string,
  current: string | undefined,
  open: () => Promise<ObservabilityApi>,
): Promise<boolean> {
  if (first === current || first === second) return false;
  if (second === current) return true;
  const known = await findKnownTraces(await open(), [first, second]);
  return known.has(second) && !known.has(first);
}
