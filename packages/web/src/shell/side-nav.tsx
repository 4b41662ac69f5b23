import { Link } from '@tanstack/react-router';
import type { ServerSession } from '../lib/server.ts';
import { Button } from '../ui/button.tsx';
import { toClass } from '../ui/class-names.ts';
import { IconBook, IconPanelLeft } from '../ui/icons.ts';
import { AppearanceMenu } from './appearance-menu.tsx';
import { Mark } from './mark.tsx';
import { words } from './messages.ts';
import { pages, type NavPage } from './pages.ts';
import { overlay } from './shell-state.ts';
import { useNavCollapsed } from './use-nav-collapsed.ts';

interface SideNavProps {
  readonly project: string;
  readonly session: ServerSession | undefined;
  /** True inside the drawer of a narrow window, where it is always wide. */
  readonly drawer?: boolean;
}

/** The menu at the left: 224 px, or 52 px of icons. */
export function SideNav({ project, session, drawer = false }: SideNavProps) {
  const [collapsed, toggle] = useNavCollapsed();
  const narrow = collapsed && !drawer;
  return (
    <nav
      aria-label={words.navigation}
      className={toClass(
        'flex h-full flex-col bg-surface',
        narrow ? 'w-[52px]' : 'w-56',
        !drawer && 'border-r border-line',
      )}
    >
      <NavHead name={session?.project.name ?? project} narrow={narrow} />
      <ul className="min-h-0 flex-1 overflow-y-auto px-2 py-1">
        {pages.map((page) => (
          <NavItem key={page.to} page={page} project={project} narrow={narrow} />
        ))}
      </ul>
      <NavFoot session={session} narrow={narrow} onToggle={drawer ? undefined : toggle} />
    </nav>
  );
}

function NavHead({ name, narrow }: { readonly name: string; readonly narrow: boolean }) {
  return (
    <div
      className={toClass(
        'flex h-11 shrink-0 items-center gap-2 px-3',
        narrow && 'justify-center px-0',
      )}
    >
      <Mark />
      {narrow ? null : (
        <span className="flex min-w-0 items-baseline gap-2">
          <span className="text-md font-semibold">{words.product}</span>
          <span className="truncate text-muted">{name}</span>
        </span>
      )}
    </div>
  );
}

function NavFoot({
  session,
  narrow,
  onToggle,
}: {
  readonly session: ServerSession | undefined;
  readonly narrow: boolean;
  readonly onToggle: (() => void) | undefined;
}) {
  return (
    <div
      className={toClass(
        'flex shrink-0 items-center border-t border-line p-2',
        narrow && 'flex-col',
      )}
    >
      <AppearanceMenu session={session} />
      <Button
        tone="ghost"
        square
        label={words.keyboard}
        onClick={() => overlay.write('cheat-sheet')}
      >
        <IconBook size={16} />
      </Button>
      <span className="tnum flex-1 text-center text-xs text-faint">
        {narrow ? null : session?.server.coaia}
      </span>
      {onToggle === undefined ? null : (
        <Button
          tone="ghost"
          square
          label={narrow ? words.expand : words.collapse}
          onClick={onToggle}
        >
          <IconPanelLeft size={16} />
        </Button>
      )}
    </div>
  );
}

function NavItem({
  page: { to, label, icon: Icon },
  project,
  narrow,
}: {
  readonly page: NavPage;
  readonly project: string;
  readonly narrow: boolean;
}) {
  return (
    <li>
      <Link
        to={to}
        params={{ project }}
        activeOptions={{ exact: to === '/p/$project', includeSearch: false }}
        aria-label={narrow ? label : undefined}
        data-hint={narrow ? label : undefined}
        className={toClass(
          'mb-0.5 flex h-8 items-center gap-2.5 rounded-md text-muted hover:bg-hover hover:text-fg [&[data-status=active]]:bg-accent-soft [&[data-status=active]]:font-medium [&[data-status=active]]:text-fg [&[data-status=active]_svg]:text-accent',
          narrow ? 'justify-center' : 'px-2',
        )}
        onClick={() => overlay.write(null)}
      >
        <Icon size={16} />
        {narrow ? null : label}
      </Link>
    </li>
  );
}
