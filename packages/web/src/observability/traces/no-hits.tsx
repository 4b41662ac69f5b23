import { useQueries } from '@tanstack/react-query';
import { Button } from '../../ui/button.tsx';
import { parseFilter } from '../filter/parse.ts';
import { toEditedText } from '../filter/serialize.ts';
import { words } from '../messages.ts';
import { facetsQuery } from './queries.ts';
import type { ListScope } from './traces-search.ts';

interface Removal {
  readonly label: string;
  readonly code: boolean;
  readonly scope: ListScope;
  readonly apply: () => void;
}

/** No trace matches: what each condition costs, the one that excludes most first, each removed by a click. */
export function NoHits({
  project,
  scope,
  onFilter,
  onClearTime,
  onClear,
}: {
  readonly project: string;
  readonly scope: ListScope;
  readonly onFilter: (q: string) => void;
  readonly onClearTime: () => void;
  readonly onClear: () => void;
}) {
  const removals = toRemovals(scope, onFilter, onClearTime);
  const counts = useQueries({
    queries: removals.map((removal) => facetsQuery(project, removal.scope)),
  });
  const pending = counts.some((count) => count.isPending);
  const ranked = removals
    .map((removal, index) => ({ ...removal, total: counts[index]?.data?.total ?? 0 }))
    .toSorted((a, b) => b.total - a.total);
  return (
    <div className="min-h-0 flex-1 overflow-y-auto px-4 py-10" data-empty="hits">
      <div className="mx-auto max-w-140">
        <div role="status">
          <h2 className="text-md font-semibold">{words.noHits.title}</h2>
        </div>
        <p className="mt-1 text-muted">{words.noHits.lead}</p>
        {pending ? <p className="late mt-2 text-muted">{words.noHits.asking}</p> : null}
        <ul className="mt-3 border-t border-line">
          {(pending ? removals.map((removal) => ({ ...removal, total: 0 })) : ranked).map(
            (removal) => (
              <li key={removal.label} className="row-line flex min-h-10 items-center gap-3">
                <span
                  className={
                    removal.code ? 'min-w-0 flex-1 truncate font-mono text-xs' : 'min-w-0 flex-1'
                  }
                >
                  {removal.label}
                </span>
                <span className="tnum text-xs text-muted">
                  {pending ? '' : words.noHits.without(removal.total)}
                </span>
                <Button
                  aria-label={`${words.noHits.remove} ${removal.label}`}
                  onClick={removal.apply}
                >
                  {words.noHits.remove}
                </Button>
              </li>
            ),
          )}
        </ul>
        <Button className="mt-4" onClick={onClear}>
          {words.noHits.clear}
        </Button>
      </div>
    </div>
  );
}

function toRemovals(
  scope: ListScope,
  onFilter: (q: string) => void,
  onClearTime: () => void,
): readonly Removal[] {
  const source = scope.q ?? '';
  const parsed = parseFilter(source);
  const { clauses } = parsed;
  const { from: _from, to: _to, ...untimed } = scope;
  const byClause = clauses.slice(0, 8).map((clause, index): Removal => {
    const q = toEditedText(source, parsed, clauses.toSpliced(index, 1));
    const { q: _q, ...rest } = scope;
    return {
      label: toEditedText(source, parsed, [clause]),
      code: true,
      scope: q === '' ? rest : { ...rest, q },
      apply: () => onFilter(q),
    };
  });
  if (scope.from === undefined && scope.to === undefined) return byClause;
  return [
    ...byClause,
    { label: words.noHits.timeRange, code: false, scope: untimed, apply: onClearTime },
  ];
}
