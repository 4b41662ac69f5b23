import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { sendRequest } from '../lib/api.ts';
import { writeClipboard } from '../lib/clipboard.ts';
import { updatePreferences, usePreferences } from '../lib/preferences.ts';
import { toProjectPath } from '../lib/server.ts';
import { words as settingsWords } from '../settings/messages.ts';
import { sections } from '../settings/sections.ts';
import { words as uiWords } from '../ui/messages.ts';
import { words } from './messages.ts';
import { pages, type PagePath } from './pages.ts';
import { overlay } from './shell-state.ts';

/** Something the palette leads to or does. */
export interface PaletteEntry {
  readonly id: string;
  readonly group: string;
  readonly label: string;
  readonly detail?: string;
  readonly run: () => void;
}

interface FoundTrace {
  readonly id: string;
  readonly name: string | null;
}

/** Everything on offer for the typed text, the nearest kind first. */
export function usePaletteEntries(project: string, text: string): readonly PaletteEntry[] {
  const go = useGo(project);
  const { recent, theme } = usePreferences();
  const found = useFoundTraces(project, text);
  const recentEntries = recent.map((item): PaletteEntry => ({
    id: item.path,
    group: words.palette.recent,
    label: item.label,
    detail: item.kind,
    run: () => go.path(item.path),
  }));
  const foundEntries = found.map((row): PaletteEntry => ({
    id: `${text} ${row.id}`,
    group: words.palette.found,
    label: row.name ?? row.id,
    detail: row.id.slice(0, 8),
    run: () => go.trace(row.id),
  }));
  return [
    ...listTyped(text, go),
    ...recentEntries,
    ...foundEntries,
    ...listPages(go, project),
    ...listActions(theme),
  ];
}

function useFoundTraces(project: string, text: string): readonly FoundTrace[] {
  const query = useQuery({
    queryKey: ['palette', project, text],
    queryFn: ({ signal }) =>
      sendRequest<{ readonly data: readonly FoundTrace[] }>(toProjectPath(project, 'traces'), {
        query: { q: JSON.stringify(text), limit: 6 },
        signal,
      }),
    enabled: text.length > 1,
  });
  return query.data?.data ?? [];
}

function useGo(project: string) {
  const navigate = useNavigate();
  return {
    path: (href: string) => void navigate({ href }),
    page: (to: PagePath) => void navigate({ to, params: { project } }),
    traces: (q?: string) =>
      void navigate({
        to: '/p/$project/traces',
        params: { project },
        search: q === undefined ? {} : { q },
      }),
    trace: (traceId: string) =>
      void navigate({ to: '/p/$project/traces/$traceId', params: { project, traceId } }),
  };
}

type Go = ReturnType<typeof useGo>;

function listPages(go: Go, project: string): readonly PaletteEntry[] {
  const group = words.palette.go;
  const settings = sections.map((section) => ({
    id: `go-settings-${section}`,
    group,
    label: `${words.settings}: ${settingsWords.sections[section]}`,
    run: () => go.path(`/p/${encodeURIComponent(project)}/settings/${section}`),
  }));
  const entries = pages.map(({ to, label, key }) => ({
    id: `go-${to}`,
    group,
    label,
    detail: `g ${key}`,
    run: () => go.page(to),
  }));
  return [...entries, ...settings];
}

// What is typed may be an id to open, and can always be a filter.
function listTyped(text: string, go: Go): readonly PaletteEntry[] {
  if (text === '') return [];
  const group = words.palette.actions;
  const filter = {
    id: `${text} filter`,
    group,
    label: words.palette.filterBy(text),
    run: () => go.traces(text),
  };
  const isId = /^[\w-]{8,64}$/.test(text) && /\d/.test(text);
  if (!isId) return [filter];
  return [
    { id: `${text} open`, group, label: words.palette.openId(text), run: () => go.trace(text) },
    filter,
  ];
}

const themes = ['system', 'light', 'dark', 'contrast'] as const;
const commands = ['coaia traces list', 'coaia doctor', 'coaia sample'];

function listActions(current: (typeof themes)[number]): readonly PaletteEntry[] {
  const group = words.palette.actions;
  const themeEntries = themes
    .filter((theme) => theme !== current)
    .map((theme): PaletteEntry => ({
      id: `theme-${theme}`,
      group,
      label: `${words.theme.label}: ${words.theme[theme]}`,
      run: () => updatePreferences({ theme }),
    }));
  const commandEntries = commands.map((command): PaletteEntry => ({
    id: command,
    group: words.palette.cli,
    label: command,
    detail: uiWords.copy,
    run: () => void writeClipboard(command, uiWords.copied),
  }));
  const keys = {
    id: 'keys',
    group,
    label: words.keyboard,
    detail: '?',
    run: () => overlay.write('cheat-sheet'),
  };
  return [...themeEntries, keys, ...commandEntries];
}
