import type { PlaygroundAnswer, PlaygroundFailure, PlaygroundRun } from '@coaia/client';
import { ApiError } from '../../lib/api.ts';
import { createKey } from './draft.ts';
import { streamRun } from './stream-run.ts';
import type { RunPart } from './stream-run.ts';

/** One run of a column, as far as it has come. */
export interface Run {
  readonly id: string;
  readonly status: 'waiting' | 'running' | 'done' | 'failed' | 'stopped';
  readonly text: string;
  /** Calls of tools that are being written. */
  readonly tools: readonly { readonly name: string; readonly arguments: string }[];
  readonly answer?: PlaygroundAnswer;
  readonly failure?: PlaygroundFailure;
}

/** A run that has not begun. */
export function createRun(): Run {
  return { id: createKey(), status: 'waiting', text: '', tools: [] };
}

/** True while something may still come. */
export function isOpen({ status }: Run): boolean {
  return status === 'waiting' || status === 'running';
}

/** The run with one more part. */
export function addPart(run: Run, part: RunPart): Run {
  switch (part.type) {
    case 'text':
      return { ...run, text: run.text + part.text };
    case 'tool':
      return { ...run, tools: addToolPart(run.tools, part) };
    case 'answer':
      return { ...run, status: 'done', text: part.answer.content, answer: part.answer };
    case 'error':
      return { ...run, status: 'failed', failure: part.failure };
  }
}

function addToolPart(
  tools: Run['tools'],
  part: Extract<RunPart, { readonly type: 'tool' }>,
): Run['tools'] {
  const known = tools[part.index] ?? { name: '', arguments: '' };
  const next = {
    name: known.name + (part.name ?? ''),
    arguments: known.arguments + part.arguments,
  };
  return Object.assign([...tools], { [part.index]: next });
}

/**
 * How many runs go on at once. A browser keeps at most six connections to a server, and the page needs some for
 * itself.
 */
const atOnce = 3;
let busy = 0;
const waiting: (() => void)[] = [];

async function takeTurn(): Promise<void> {
  if (busy >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve));
  busy += 1;
}

function endTurn(): void {
  busy -= 1;
  waiting.shift()?.();
}

/** Runs and tells every change; never rejects. */
export async function followRun(
  project: string,
  call: PlaygroundRun,
  run: Run,
  { signal, tell }: { readonly signal: AbortSignal; readonly tell: (run: Run) => void },
): Promise<void> {
  await takeTurn();
  let now: Run = { ...run, status: 'running' };
  try {
    signal.throwIfAborted();
    tell(now);
    for await (const part of streamRun(project, call, signal)) {
      now = addPart(now, part);
      tell(now);
    }
    // A stream that ends without its last event was cut by the server's stop.
    if (isOpen(now)) tell({ ...now, status: 'failed', failure: toFailure(undefined) });
  } catch (error) {
    tell(
      signal.aborted
        ? { ...now, status: 'stopped' }
        : { ...now, status: 'failed', failure: toFailure(error) },
    );
  } finally {
    endTurn();
  }
}

function toFailure(error: unknown): PlaygroundFailure {
  const nowhere = { traceId: null, observationId: null };
  if (error instanceof ApiError)
    return { code: error.code, message: error.message, hint: error.hint ?? null, ...nowhere };
  const message = 'The line to the server broke off before the answer was complete.';
  return { code: 'NETWORK', message, hint: null, ...nowhere };
}
