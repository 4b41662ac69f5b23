/** What goes wrong in a run, as the journal keeps it and as workflows meet it. */
import { CoaiaError } from '#base';
import type { RunFailure } from './engine.ts';
import { runErrors } from './errors.ts';

/** A failure that stands in the journal, thrown alike when it happens and when the run is taken up again. */
export function toStepError(failure: RunFailure, cause?: unknown): CoaiaError {
  const hint = failure.hint === undefined ? {} : { hint: failure.hint };
  const { code, message, step } = failure;
  const error = new CoaiaError(code, runErrors.table['COAIA-0901'], message, { ...hint, cause });
  return Object.assign(error, { step });
}

/** Another worker has the run now; what this one still wanted to write is not written. */
export class ClaimLostError extends Error {
  override readonly name = 'ClaimLostError';
  override readonly message = 'another worker has taken over the run';
}

/** Any thrown value as the journal keeps it: code, sentence, way out and the step it came from. */
export function toRunFailure(error: unknown, step?: string): RunFailure {
  if (!(error instanceof Error)) return { code: 'COAIA-0901', message: String(error), ...at(step) };
  const { code, hint, step: inner } = error as Error & Partial<Record<string, unknown>>;
  return {
    code: typeof code === 'string' && code.startsWith('COAIA-') ? code : 'COAIA-0901',
    message: error.message === '' ? error.name : error.message,
    ...(typeof hint === 'string' ? { hint } : {}),
    ...at(typeof inner === 'string' ? inner : step),
  };
}

function at(step: string | undefined): { readonly step?: string } {
  return step === undefined ? {} : { step };
}

/** Answers of servers that are busy or away: the same thing may work a little later (RFC 9110, 15.5 and 15.6). */
const PASSING = new Set([408, 425, 429, 502, 503, 504]);

/** True for coded failures that pass by themselves; an error without a code is not tried again. */
export function isPassing(error: unknown): boolean {
  return error instanceof CoaiaError && PASSING.has(error.definition.status);
}

/** Trouble of the store itself: nothing can be journalled now, so the run is left to a later claim. */
export function isStoreTrouble(error: unknown): boolean {
  return error instanceof CoaiaError && error.code.startsWith('COAIA-01');
}
