import type { PlaygroundAnswer, PlaygroundFailure, PlaygroundRun } from '@coaia/client';
import { ApiError } from '../../lib/api.ts';
import { toProjectPath } from '../../lib/server.ts';

/** What comes of a run, in order: parts, then an answer or a failure. */
export type RunPart =
  | { readonly type: 'text'; readonly text: string }
  | {
      readonly type: 'tool';
      readonly index: number;
      readonly name?: string;
      readonly arguments: string;
    }
  | { readonly type: 'answer'; readonly answer: PlaygroundAnswer }
  | { readonly type: 'error'; readonly failure: PlaygroundFailure };

/** Runs on the server. Rejects with ApiError when it does not begin, TypeError when the line broke. */
export async function* streamRun(
  project: string,
  run: PlaygroundRun,
  signal: AbortSignal,
): AsyncGenerator<RunPart> {
  const response = await fetch(toProjectPath(project, 'playground/runs'), {
    method: 'POST',
    credentials: 'same-origin',
    headers: { accept: 'text/event-stream', 'content-type': 'application/json' },
    body: JSON.stringify(run),
    signal,
  });
  if (!response.ok || response.body === null) {
    const problem: unknown = await response.json().catch(() => ({}));
    throw new ApiError(response.status, problem as ConstructorParameters<typeof ApiError>[1]);
  }
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const blocks = (rest + value).split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const part = parseEvent(block);
      if (part !== undefined) yield part;
    }
  }
}

/** One event as the server writes it; undefined for comments and unknown ones. */
export function parseEvent(block: string): RunPart | undefined {
  const [, type, data] = /^event: (\w+)\ndata: (.*)$/s.exec(block) ?? [];
  if (type === undefined || data === undefined) return undefined;
  const value = JSON.parse(data) as never;
  if (type === 'answer') return { type, answer: value };
  if (type === 'error') return { type, failure: value };
  return type === 'text' || type === 'tool'
    ? ({ type, ...(value as object) } as RunPart)
    : undefined;
}
