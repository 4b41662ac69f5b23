import { Link } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { toClass } from '../ui/class-names.ts';
import type { ApiSearch } from './api-search.ts';
import type { Method, Operation } from './document.ts';
import { words } from './messages.ts';

/** Operations by noun; each is a link, so that it can be opened beside, copied and shared. */
export function OperationList({
  project,
  operations,
  search,
}: {
  readonly project: string;
  readonly operations: readonly Operation[];
  readonly search: ApiSearch;
}) {
  const groups = Object.entries(Object.groupBy(operations, ({ tag }) => tag));
  const current = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    current.current?.scrollIntoView({ block: 'center' });
  }, [search.op]);
  return (
    <nav aria-label={words.list} className="min-h-0 flex-1 overflow-y-auto pb-4">
      {groups.map(([tag, rows = []]) => (
        <section key={tag} aria-label={tag}>
          <h2 className="sticky top-0 z-10 bg-bg px-3 pt-3 pb-1 text-xs text-muted">{tag}</h2>
          <ul>
            {rows.map((row) => (
              <li key={row.id}>
                <Link
                  to="/p/$project/api"
                  params={{ project }}
                  search={{ ...search, op: row.id }}
                  ref={row.id === search.op ? current : undefined}
                  aria-current={row.id === search.op ? 'page' : undefined}
                  data-operation={row.id}
                  className={toClass(
                    'flex min-h-7 scroll-mt-8 items-center gap-2 border-l-2 px-3 focus-visible:-outline-offset-2',
                    row.id === search.op
                      ? 'border-accent bg-accent-soft'
                      : 'border-transparent hover:bg-hover',
                  )}
                >
                  <MethodName method={row.method} />
                  <span className="truncate font-mono text-xs">{toShortPath(row.path)}</span>
                </Link>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </nav>
  );
}

// The part that every address of a family shares says nothing in a list.
function toShortPath(path: string): string {
  return path.replace(/^\/api\/public\//, '').replace(/^\/api\/(v1\/)/, '$1');
}

/** The method as a short word of fixed width; what changes data is not muted. */
export function MethodName({ method }: { readonly method: Method }) {
  return (
    <span
      className={toClass(
        'w-12 shrink-0 font-mono text-2xs',
        method === 'GET' ? 'text-muted' : method === 'DELETE' ? 'text-error' : 'text-accent',
      )}
    >
      {method}
    </span>
  );
}
