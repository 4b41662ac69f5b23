import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { IconLock } from '../../ui/icons.ts';
import { Failure, SkeletonRows } from '../../ui/panels.tsx';
import { meQuery } from '../me.ts';
import { words } from '../messages.ts';

interface Rights {
  /** Permission to see it. */
  readonly read: string;
  /** Permission to change it. */
  readonly write: string;
}

/** A part of the settings as the person may see it: not at all, to look at, or to change. */
export function Section({
  rights,
  wide = false,
  children,
}: {
  readonly rights?: Rights;
  /** Over the whole width, as lists are. */
  readonly wide?: boolean;
  readonly children: (mayWrite: boolean) => ReactNode;
}) {
  const me = useQuery(meQuery);
  if (rights === undefined) return <Frame wide={wide}>{children(true)}</Frame>;
  if (me.data === undefined)
    return me.isError ? (
      <Failure title={words.meFailed} error={me.error} onRetry={() => void me.refetch()} />
    ) : (
      <Frame wide={wide}>
        <SkeletonRows rows={6} height="44px" />
      </Frame>
    );
  const { permissions, role } = me.data;
  const who = role === null ? words.keyOf : words.roleOf(role);
  const mayRead = permissions.includes(rights.read);
  const mayWrite = permissions.includes(rights.write);
  return (
    <Frame wide={wide}>
      {mayRead && mayWrite ? null : (
        <p
          className="mb-4 flex items-start gap-2 rounded-r-lg border border-line border-l-2 border-l-line-strong px-3 py-2 text-muted"
          data-read-only=""
        >
          <IconLock size={14} aria-hidden="true" className="mt-0.5 shrink-0" />
          {mayRead ? words.readOnly(who, rights.write) : words.refused(who, rights.read)}
        </p>
      )}
      {mayRead ? children(mayWrite) : null}
    </Frame>
  );
}

function Frame({ wide, children }: { readonly wide: boolean; readonly children: ReactNode }) {
  return <div className={`px-4 py-4 md:px-6 ${wide ? '' : 'max-w-180'}`}>{children}</div>;
}

/** A heading with what it is about, and at the right what can be done. */
export function Part({
  title,
  lead,
  actions,
  children,
}: {
  readonly title: string;
  readonly lead?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <section className="mb-8 last:mb-2">
      <div className="mb-3 flex flex-wrap items-start gap-x-3 gap-y-2">
        <div className="min-w-0 flex-1 basis-60">
          <h2 className="text-md font-semibold">{title}</h2>
          {lead === undefined ? null : (
            <p className="mt-0.5 max-w-180 text-pretty text-muted">{lead}</p>
          )}
        </div>
        {actions === undefined ? null : <div className="flex gap-2">{actions}</div>}
      </div>
      {children}
    </section>
  );
}
