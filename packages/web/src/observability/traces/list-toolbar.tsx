import type { ReactNode } from 'react';
import { Button } from '../../ui/button.tsx';
import { IconClose, IconDownload, IconFilter, IconMore, IconTrash } from '../../ui/icons.ts';
import { Menu, MenuChoices, MenuItem, MenuLine } from '../../ui/menu.tsx';
import { updatePreferences, usePreferences } from '../../lib/preferences.ts';
import { words } from '../messages.ts';
import type { ExportForm } from './export-rows.ts';

/** Shows and hides the facets. */
export function FacetToggle({
  onToggle,
  shown,
}: {
  readonly onToggle: () => void;
  readonly shown: boolean;
}) {
  return (
    <Button
      square
      tone="plain"
      aria-pressed={shown}
      label={shown ? words.facets.hide : words.facets.show}
      onClick={onToggle}
    >
      <IconFilter size={14} />
    </Button>
  );
}

/** Export, grouping and density. */
export function ListMenu({
  group,
  onGroup,
  onExport,
}: {
  readonly group: 'none' | 'session' | 'name';
  readonly onGroup: (group: 'none' | 'session' | 'name') => void;
  readonly onExport: (form: ExportForm) => void;
}) {
  const { density } = usePreferences();
  return (
    <Menu
      renderTrigger={(props) => (
        <Button {...props} square label={words.list.more}>
          <IconMore size={14} />
        </Button>
      )}
    >
      <MenuItem icon={<IconDownload size={14} />} onSelect={() => onExport('json')}>
        {words.list.exportJson}
      </MenuItem>
      <MenuItem icon={<IconDownload size={14} />} onSelect={() => onExport('csv')}>
        {words.list.exportCsv}
      </MenuItem>
      <MenuLine />
      <MenuChoices
        label={words.list.group}
        value={group}
        onChange={onGroup}
        options={[
          { value: 'none', label: words.list.groupNone },
          { value: 'session', label: words.list.groupSession },
          { value: 'name', label: words.list.groupName },
        ]}
      />
      <MenuLine />
      <MenuChoices
        label={words.list.density}
        value={density}
        onChange={(next) => updatePreferences({ density: next })}
        options={[
          { value: 'compact', label: words.list.compact },
          { value: 'comfortable', label: words.list.comfortable },
        ]}
      />
    </Menu>
  );
}

/** What can be done with the selected traces; floats over the foot of the list. */
export function SelectionBar({
  count,
  actions,
  onExport,
  onDelete,
  onClear,
}: {
  readonly count: number;
  /** More that can be done, before the rest. */
  readonly actions?: ReactNode;
  readonly onExport: (form: ExportForm) => void;
  readonly onDelete: () => void;
  readonly onClear: () => void;
}) {
  return (
    <div
      className="absolute bottom-4 left-1/2 z-20 flex h-10 -translate-x-1/2 items-center gap-2 rounded-lg bg-raised pr-1.5 pl-3 shadow-float"
      role="toolbar"
      aria-label={words.list.selected(count)}
    >
      <span className="tnum pr-1 whitespace-nowrap" role="status">
        {words.list.selected(count)}
      </span>
      {actions}
      <Button onClick={() => onExport('json')}>JSON</Button>
      <Button onClick={() => onExport('csv')}>CSV</Button>
      <Button tone="danger" onClick={onDelete}>
        <IconTrash size={14} />
        {words.list.delete}
      </Button>
      <Button tone="ghost" square label={words.list.clearSelection} onClick={onClear}>
        <IconClose size={14} />
      </Button>
    </div>
  );
}

/** How many traces have come since the list was read; a click shows them. */
export function NewBar({ count, onShow }: { readonly count: number; readonly onShow: () => void }) {
  return (
    <div
      role="status"
      className="pointer-events-none absolute inset-x-0 top-9 z-20 flex justify-center"
    >
      {count === 0 ? null : (
        <button
          type="button"
          data-new={count}
          className="pointer-events-auto flex h-7 items-center gap-2 rounded-full bg-accent px-3 text-xs font-medium text-accent-text shadow-float"
          onClick={onShow}
        >
          {words.list.newBar(count)}
          <span className="underline underline-offset-2">{words.list.show}</span>
        </button>
      )}
    </div>
  );
}
