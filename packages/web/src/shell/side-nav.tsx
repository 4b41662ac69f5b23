import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { updatePreferences, usePreferences } from '../lib/preferences.ts';
import type { ServerSession } from '../lib/server.ts';
import { Button } from '../ui/button.tsx';
import { toClass } from '../ui/class-names.ts';
import { IconBook, IconHome, IconPanelLeft, IconSessions, IconTraces } from '../ui/icons.ts';
import { AppearanceMenu } from './appearance-menu.tsx';
import { Mark } from './mark.tsx';
import { words } from './messages.ts';
import { overlay } from './shell-state.ts';

/** The menu at the left: 224 px, or 52 px of icons. */
export function SideNav({
  project,
  session,
  drawer = false,
}: {
  readonly project: string;
  readonly session: ServerSession | undefined;
  /** True inside the drawer of a narrow window, where it is always wide. */
  readonly drawer?: boolean;
}) {
  const { navCollapsed } = usePreferences();
  const narrow = navCollapsed && !drawer;
  return (
    <nav
      aria-label={words.navigation}
      className={toClass(
        'flex h-full flex-col bg-surface',
        narrow ? 'w-[52px]' : 'w-56',
        !drawer && 'border-r border-line',
      )}
    >
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
            <span className="truncate text-muted">{session?.project.name ?? project}</span>
          </span>
        )}
      </div>
      <ul className="flex-1 px-2 py-1">
        <NavItem
          to="/p/$project"
          exact
          project={project}
          label={words.home}
          narrow={narrow}
          icon={<IconHome size={16} />}
        />
        <NavItem
          to="/p/$project/traces"
          project={project}
          label={words.traces}
          narrow={narrow}
          icon={<IconTraces size={16} />}
        />
        <NavItem
          to="/p/$project/sessions"
          project={project}
          label={words.sessions}
          narrow={narrow}
          icon={<IconSessions size={16} />}
        />
      </ul>
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
        {narrow || session === undefined ? (
          <span className="flex-1" />
        ) : (
          <span className="tnum flex-1 text-center text-xs text-faint">{session.server.coaia}</span>
        )}
        {drawer ? null : (
          <Button
            tone="ghost"
            square
            label={narrow ? words.expand : words.collapse}
            onClick={() => updatePreferences({ navCollapsed: !navCollapsed })}
          >
            <IconPanelLeft size={16} />
          </Button>
        )}
      </div>
    </nav>
  );
}

function NavItem({
  to,
  project,
  label,
  narrow,
  icon,
  exact = false,
}: {
  readonly to: '/p/$project' | '/p/$project/traces' | '/p/$project/sessions';
  readonly project: string;
  readonly label: string;
  readonly narrow: boolean;
  readonly icon: ReactNode;
  readonly exact?: boolean;
}) {
  return (
    <li>
      <Link
        to={to}
        params={{ project }}
        activeOptions={{ exact, includeSearch: false }}
        aria-label={narrow ? label : undefined}
        data-hint={narrow ? label : undefined}
        className={toClass(
          'mb-0.5 flex h-8 items-center gap-2.5 rounded-md text-muted hover:bg-hover hover:text-fg [&[data-status=active]]:bg-accent-soft [&[data-status=active]]:font-medium [&[data-status=active]]:text-fg [&[data-status=active]_svg]:text-accent',
          narrow ? 'justify-center' : 'px-2',
        )}
        onClick={() => overlay.write(null)}
      >
        {icon}
        {narrow ? null : label}
      </Link>
    </li>
  );
}
