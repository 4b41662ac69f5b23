import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Outlet, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useEffect } from 'react';
import { useStore } from '../lib/external-store.ts';
import { useShortcuts } from '../lib/keyboard.ts';
import { addGapListener, closeLive, openLive } from '../lib/live.ts';
import { signedOut } from '../lib/query-client.ts';
import { sessionQuery } from '../lib/server.ts';
import { removeToast, toastStore } from '../lib/toasts.ts';
import { words } from './messages.ts';
import { OfflineBanner } from './offline-banner.tsx';
import { pages } from './pages.ts';
import { overlay } from './shell-state.ts';
import { SideNav } from './side-nav.tsx';
import { useNavCollapsed } from './use-nav-collapsed.ts';
import { SignInPage } from './sign-in-page.tsx';

const Palette = lazy(async () => ({ default: (await import('./palette.tsx')).Palette }));
const CheatSheet = lazy(async () => ({ default: (await import('./cheat-sheet.tsx')).CheatSheet }));
const Drawer = lazy(async () => ({ default: (await import('./drawer.tsx')).Drawer }));

/** The frame of every page of a project: menu, banner, page, overlays. */
export function AppShell({ project }: { readonly project: string }) {
  const session = useQuery(sessionQuery).data;
  const refused = useStore(signedOut);
  const open = useStore(overlay);
  useGlobalKeys(project);
  useLive(project, refused);
  if (refused) return <SignInPage />;
  return (
    <div className="flex h-full">
      <a
        href="#main"
        className="sr-only focus:not-sr-only focus:absolute focus:z-50 focus:m-2 focus:rounded-md focus:bg-raised focus:px-3 focus:py-1.5 focus:shadow-float"
      >
        {words.skip}
      </a>
      <div className="shrink-0 max-md:hidden">
        <SideNav project={project} session={session} />
      </div>
      <main id="main" tabIndex={-1} className="flex min-w-0 flex-1 flex-col outline-none">
        <OfflineBanner />
        <Outlet />
      </main>
      <Suspense fallback={null}>
        {open === 'palette' ? (
          <Palette project={project} onClose={() => overlay.write(null)} />
        ) : null}
        {open === 'cheat-sheet' ? <CheatSheet onClose={() => overlay.write(null)} /> : null}
        {open === 'menu' ? (
          <Drawer project={project} session={session} onClose={() => overlay.write(null)} />
        ) : null}
      </Suspense>
    </div>
  );
}

/** The line to the server while somebody is signed in; what it could not tell is read anew. */
function useLive(project: string, refused: boolean): void {
  const client = useQueryClient();
  useEffect(() => {
    if (refused) return;
    const stop = addGapListener(() => void client.invalidateQueries());
    openLive(project);
    return () => {
      stop();
      closeLive();
    };
  }, [client, project, refused]);
}

function useGlobalKeys(project: string): void {
  const navigate = useNavigate();
  const [, toggleNav] = useNavCollapsed();
  useShortcuts(words.keys.global, [
    { keys: ['Mod+k'], label: words.keys.palette, run: () => overlay.write('palette') },
    { keys: ['?'], label: words.keys.cheat, run: () => overlay.write('cheat-sheet') },
    ...pages.map(({ to, key, label }) => ({
      keys: [`g ${key}`],
      label: words.keys.go(label),
      run: () => void navigate({ to, params: { project } }),
    })),
    {
      keys: ['Mod+b'],
      label: words.keys.menu,
      run: toggleNav,
    },
    {
      keys: ['Mod+z'],
      label: words.keys.undo,
      run: undo,
      when: () => toastStore.read()?.undo !== undefined,
    },
  ]);
}

function undo(): void {
  const toast = toastStore.read();
  if (toast === null) return;
  toast.undo?.();
  removeToast(toast.id);
}
