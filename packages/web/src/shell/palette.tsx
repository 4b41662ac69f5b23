import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Dialog as Base } from '@base-ui/react/dialog';
import { Command } from 'cmdk';
import { useState } from 'react';
import { sendRequest } from '../lib/api.ts';
import { writeClipboard } from '../lib/clipboard.ts';
import { updatePreferences, usePreferences } from '../lib/preferences.ts';
import { toProjectPath } from '../lib/server.ts';
import { words as uiWords } from '../ui/messages.ts';
import { words } from './messages.ts';
import { overlay } from './shell-state.ts';

interface Entry {
  readonly id: string;
  readonly group: string;
  readonly label: string;
  readonly detail?: string;
  readonly run: () => void;
}

interface FoundTrace {
  readonly id: string;
  readonly name: string | null;
  readonly timestamp: string;
}

/** Search and jump: pages, recent objects, traces by name or id, actions, commands. */
export function Palette({
  project,
  onClose,
}: {
  readonly project: string;
  readonly onClose: () => void;
}) {
  const [text, setText] = useState('');
  const entries = useEntries(project, text.trim());
  const groups = [...new Set(entries.map((entry) => entry.group))];
  return (
    <Base.Root open onOpenChange={(open) => (open ? undefined : onClose())}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-black/30" />
        <Base.Popup
          aria-label={words.palette.label}
          className="fixed top-[12vh] left-1/2 z-40 w-[calc(100vw-32px)] max-w-140 -translate-x-1/2 overflow-hidden rounded-lg bg-raised shadow-float outline-none"
        >
          <Command label={words.palette.label} loop>
            <Command.Input
              autoFocus
              value={text}
              onValueChange={setText}
              placeholder={words.palette.placeholder}
              className="h-11 w-full border-b border-line bg-transparent px-4 text-md outline-none"
            />
            <Command.List
              className="max-h-[50vh] overflow-y-auto p-1"
              tabIndex={0}
              label={words.palette.label}
            >
              <Command.Empty className="px-3 py-6 text-center text-muted">
                {words.palette.empty}
              </Command.Empty>
              {groups.map((group) => (
                <Command.Group
                  key={group}
                  heading={group}
                  className="[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-muted"
                >
                  {entries
                    .filter((entry) => entry.group === group)
                    .map((entry) => (
                      <Command.Item
                        key={entry.id}
                        value={`${entry.id} ${entry.label}`}
                        className="flex h-8 items-center justify-between gap-3 rounded-md px-2 data-[selected=true]:bg-accent-soft data-[selected=true]:outline-1 data-[selected=true]:-outline-offset-1 data-[selected=true]:outline-transparent"
                        onSelect={() => {
                          onClose();
                          entry.run();
                        }}
                      >
                        <span className="truncate">{entry.label}</span>
                        <span className="shrink-0 truncate font-mono text-xs text-muted">
                          {entry.detail}
                        </span>
                      </Command.Item>
                    ))}
                </Command.Group>
              ))}
            </Command.List>
          </Command>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}

function useEntries(project: string, text: string): readonly Entry[] {
  const navigate = useNavigate();
  const { recent, theme } = usePreferences();
  const found = useQuery({
    queryKey: ['palette', project, text],
    queryFn: ({ signal }) =>
      sendRequest<{ readonly data: readonly FoundTrace[] }>(toProjectPath(project, 'traces'), {
        query: { q: JSON.stringify(text), limit: 6 },
        signal,
      }),
    enabled: text.length > 1,
  });
  const openTrace = (traceId: string) =>
    void navigate({ to: '/p/$project/traces/$traceId', params: { project, traceId } });
  const pages: Entry[] = [
    {
      id: 'go-home',
      group: words.palette.go,
      label: words.home,
      detail: 'g h',
      run: () => void navigate({ to: '/p/$project', params: { project } }),
    },
    {
      id: 'go-traces',
      group: words.palette.go,
      label: words.traces,
      detail: 'g t',
      run: () => void navigate({ to: '/p/$project/traces', params: { project } }),
    },
    {
      id: 'go-sessions',
      group: words.palette.go,
      label: words.sessions,
      detail: 'g s',
      run: () => void navigate({ to: '/p/$project/sessions', params: { project } }),
    },
  ];
  const objects: Entry[] = [
    ...recent.map((item) => ({
      id: item.path,
      group: words.palette.recent,
      label: item.label,
      detail: item.kind,
      run: () => void navigate({ href: item.path }),
    })),
    ...(found.data?.data ?? []).map((row) => ({
      id: `${text} ${row.id}`,
      group: words.palette.found,
      label: row.name ?? row.id,
      detail: row.id.slice(0, 8),
      run: () => openTrace(row.id),
    })),
  ];
  const typed: Entry[] =
    text === ''
      ? []
      : [
          ...(/^[\w-]{8,64}$/.test(text) && /\d/.test(text)
            ? [
                {
                  id: `${text} open`,
                  group: words.palette.actions,
                  label: words.palette.openId(text),
                  run: () => openTrace(text),
                },
              ]
            : []),
          {
            id: `${text} filter`,
            group: words.palette.actions,
            label: words.palette.filterBy(text),
            run: () =>
              void navigate({ to: '/p/$project/traces', params: { project }, search: { q: text } }),
          },
        ];
  const themes = (['system', 'light', 'dark', 'contrast'] as const)
    .filter((value) => value !== theme)
    .map((value): Entry => ({
      id: `theme-${value}`,
      group: words.palette.actions,
      label: `${words.theme.label}: ${words.theme[value]}`,
      run: () => updatePreferences({ theme: value }),
    }));
  const actions: Entry[] = [
    ...themes,
    {
      id: 'keys',
      group: words.palette.actions,
      label: words.keyboard,
      detail: '?',
      run: () => overlay.write('cheat-sheet'),
    },
    ...['coaia traces list', 'coaia doctor', 'coaia sample'].map((command): Entry => ({
      id: command,
      group: words.palette.cli,
      label: command,
      detail: uiWords.copy,
      run: () => void writeClipboard(command, uiWords.copied),
    })),
  ];
  return [...typed, ...objects, ...pages, ...actions];
}
