import type { ReactNode } from 'react';
import type { FilterProblem } from '../filter/filter.ts';
import type { FilterKey } from '../filter/keys.ts';
import { parseFilter } from '../filter/parse.ts';

/**
 * The coloured text behind the transparent one of the input: keys in the muted colour, a fault underlined.
 * It is decoration, so assistive technology hears only the input.
 */
export function QueryInk({
  text,
  keys,
  problem,
  scroll,
}: {
  readonly text: string;
  readonly keys: readonly FilterKey[];
  readonly problem: FilterProblem | undefined;
  readonly scroll: number;
}) {
  const { clauses, spans } = parseFilter(text, keys);
  const parts: ReactNode[] = [];
  let at = 0;
  const put = (end: number, className: string) => {
    if (end <= at) return;
    const wrong = problem !== undefined && at < problem.end && end > problem.start;
    parts.push(
      <span
        key={at}
        className={wrong ? 'text-error underline decoration-wavy underline-offset-3' : className}
      >
        {text.slice(at, end)}
      </span>,
    );
    at = end;
  };
  for (const [index, span] of spans.entries()) {
    put(span.start, 'text-fg');
    const clause = clauses[index];
    if (clause?.kind === 'field') {
      const colon = text.indexOf(':', span.start + clause.path.join('.').length);
      put(colon === -1 || colon > span.end ? span.start : colon + 1, 'text-accent');
    }
    put(span.end, 'text-fg');
  }
  put(text.length, 'text-fg');
  return (
    <div
      aria-hidden="true"
      className="pointer-events-none absolute inset-y-0 left-0 flex items-center px-2 font-mono text-xs whitespace-pre"
      style={{ transform: `translateX(${-scroll}px)` }}
    >
      <span>{parts}</span>
    </div>
  );
}
