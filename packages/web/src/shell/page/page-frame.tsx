import { Link, type LinkProps } from '@tanstack/react-router';
import { Fragment, type ReactNode } from 'react';
import type { OperationCall } from '../../lib/copy-as.ts';
import { toButtonClass } from '../../ui/button.tsx';
import { CopyAsMenu, useCopyKeys } from '../../ui/copy-as-menu.tsx';
import { IconArrowLeft } from '../../ui/icons.ts';
import { words as uiWords } from '../../ui/messages.ts';
import { PageBar } from '../page-bar.tsx';

/** A step of the way back: what it is called and where it leads, as `Link` takes it. */
export interface Crumb {
  readonly label: string;
  readonly link: LinkProps;
}

/** The frame of a list or detail page: top bar with breadcrumb, actions and "Copy as", then the page. */
export function PageFrame({
  title,
  crumbs,
  detail,
  call,
  actions,
  children,
}: {
  readonly title: string;
  /** The way here, the outermost first; the page itself is the title. */
  readonly crumbs?: readonly Crumb[];
  /** A muted fact beside the title, such as a count. */
  readonly detail?: ReactNode;
  /** What "Copy as", `y` and the API give for this page. */
  readonly call?: OperationCall | undefined;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}) {
  useCopyKeys(call);
  return (
    <>
      <PageBar
        title={title}
        detail={detail}
        before={crumbs === undefined ? undefined : <Breadcrumb crumbs={crumbs} />}
      >
        {call === undefined ? null : <CopyAsMenu call={call} />}
        {actions}
      </PageBar>
      {children}
    </>
  );
}

function Breadcrumb({ crumbs }: { readonly crumbs: readonly Crumb[] }) {
  const last = crumbs.at(-1);
  return (
    <nav aria-label={uiWords.breadcrumb} className="min-w-0 shrink-[9] overflow-hidden">
      {last === undefined ? null : (
        <Link
          {...last.link}
          aria-label={last.label}
          className={`${toButtonClass('ghost', true)} sm:hidden`}
        >
          <IconArrowLeft size={16} />
        </Link>
      )}
      <ol className="flex items-center gap-1 whitespace-nowrap text-muted max-sm:hidden">
        {crumbs.map((crumb) => (
          <Fragment key={crumb.label}>
            <li className="min-w-0 truncate">
              <Link
                {...crumb.link}
                // The way back leads elsewhere, also where its address begins this page's.
                activeOptions={{ exact: true }}
                className="inline-flex h-6 items-center rounded-sm px-1 hover:bg-hover hover:text-fg focus-visible:-outline-offset-2"
              >
                {crumb.label}
              </Link>
            </li>
            <li aria-hidden="true" className="text-faint">
              /
            </li>
          </Fragment>
        ))}
      </ol>
    </nav>
  );
}
