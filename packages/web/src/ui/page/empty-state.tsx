import type { ReactNode } from 'react';
import { Snippet } from '../panels.tsx';

/** What a page without content shows: what belongs here, one action, one snippet that works when pasted. */
export function EmptyState({
  name,
  title,
  lead,
  action,
  snippet,
  snippetLabel,
  children,
}: {
  /** Mark for tests: `data-empty`. */
  readonly name: string;
  readonly title: string;
  readonly lead?: string;
  readonly action?: ReactNode;
  readonly snippet?: string;
  readonly snippetLabel?: string;
  readonly children?: ReactNode;
}) {
  return (
    <div className="min-h-0 flex-1 overflow-y-auto" data-empty={name}>
      <div className="mx-auto w-full max-w-180 px-4 py-8 md:py-14">
        <h2 className="text-lg font-semibold">{title}</h2>
        {lead === undefined ? null : <p className="mt-1 text-pretty text-muted">{lead}</p>}
        {action === undefined ? null : <div className="mt-5 flex flex-wrap gap-2">{action}</div>}
        {snippet === undefined ? null : (
          <Snippet className="mt-5" text={snippet} label={snippetLabel ?? title} />
        )}
        {children}
      </div>
    </div>
  );
}

/** One line where a filter or a part of a page has nothing to show. */
export function NothingHere({
  name,
  children,
}: {
  readonly name: string;
  readonly children: ReactNode;
}) {
  return (
    <p className="p-4 text-muted" role="status" data-empty={name}>
      {children}
    </p>
  );
}
