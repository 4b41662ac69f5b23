import { Dialog as Base } from '@base-ui/react/dialog';
import { Command } from 'cmdk';
import { useRef, useState } from 'react';
import { words } from './messages.ts';
import { usePaletteEntries } from './palette-entries.ts';

/** Search and jump: pages, recent objects, traces by name or id, actions, commands. */
export function Palette({
  project,
  onClose,
}: {
  readonly project: string;
  readonly onClose: () => void;
}) {
  const [text, setText] = useState('');
  const input = useRef<HTMLInputElement>(null);
  const entries = usePaletteEntries(project, text.trim());
  const groups = [...new Set(entries.map((entry) => entry.group))];
  return (
    <Base.Root open onOpenChange={(open) => (open ? undefined : onClose())}>
      <Base.Portal>
        <Base.Backdrop className="fixed backdrop inset-0 z-40" />
        <Base.Popup
          aria-label={words.palette.label}
          initialFocus={input}
          className="fixed top-[12vh] left-1/2 z-40 w-[calc(100vw-32px)] max-w-140 -translate-x-1/2 overflow-hidden rounded-lg bg-raised shadow-float outline-none"
        >
          <Command label={words.palette.label} loop>
            <Command.Input
              ref={input}
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
