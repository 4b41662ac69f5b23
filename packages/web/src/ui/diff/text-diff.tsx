import { useMemo, useState } from 'react';
import { toClass } from '../class-names.ts';
import { words } from '../messages.ts';
import { toDiffCounts, toDiffLines, toFolded, type DiffLine } from './text-diff-lines.ts';

const said = { '+': words.diff.added, '-': words.diff.removed, ' ': '' };

/** Two texts as a unified diff: plus and minus in the gutter, the words that differ marked, long equal parts folded. */
export function TextDiff({
  before,
  after,
  label,
}: {
  readonly before: string;
  readonly after: string;
  readonly label: string;
}) {
  const [open, setOpen] = useState<ReadonlySet<number>>(new Set());
  const lines = useMemo(() => toDiffLines(before, after), [before, after]);
  const counts = toDiffCounts(lines);
  if (before === after) return <p className="p-3 text-muted">{words.diff.same}</p>;
  return (
    <figure
      aria-label={`${label}: ${words.diff.summary(counts.added, counts.removed)}`}
      className="overflow-x-auto font-mono text-xs leading-[19px]"
    >
      {toFolded(lines, open).map((item) =>
        item.kind === 'fold' ? (
          <button
            key={`fold-${item.from}`}
            type="button"
            className="row-line block h-6 w-full bg-surface px-3 text-left font-sans text-xs text-muted hover:text-fg focus-visible:-outline-offset-2"
            onClick={() => setOpen(new Set([...open, item.from]))}
          >
            {words.diff.folded(item.count)}
          </button>
        ) : (
          <Line key={item.index} line={item.line} />
        ),
      )}
    </figure>
  );
}

function Line({ line: { sign, segments } }: { readonly line: DiffLine }) {
  const Part = sign === '+' ? 'ins' : sign === '-' ? 'del' : 'span';
  return (
    <div data-diff={sign} className="grid min-h-[19px] grid-cols-[24px_minmax(0,1fr)]">
      <span
        aria-hidden="true"
        className={toClass(
          'text-center select-none',
          sign === '+' && 'text-ok',
          sign === '-' && 'text-error',
        )}
      >
        {sign}
      </span>
      <Part className="pr-3 break-words whitespace-pre-wrap no-underline">
        {sign === ' ' ? null : <span className="sr-only">{said[sign]} </span>}
        {segments.map((segment, index) => (
          <span
            key={index}
            className={segment.changed ? (sign === '+' ? 'diff-add' : 'diff-remove') : undefined}
          >
            {segment.text}
          </span>
        ))}
      </Part>
    </div>
  );
}
