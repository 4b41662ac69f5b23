import type { PlaygroundConnection } from '@coaia/client';
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { toClass } from '../../ui/class-names.ts';
import { IconChevronDown, IconChevronRight, IconClose, IconPlay } from '../../ui/icons.ts';
import type { Column } from './draft.ts';
import { MessageList } from './message-list.tsx';
import { words } from './messages.ts';
import { ModelFields } from './model-fields.tsx';
import { OutputPane } from './output-pane.tsx';
import { PromptPicker } from './prompt-picker.tsx';
import { SaveDialog } from './save-dialog.tsx';
import { SettingsFields } from './settings-fields.tsx';
import { isOpen } from './runs.ts';
import { stopRuns, type ColumnRuns } from './use-runs.ts';

/** One side of the comparison: prompt, model, settings, and what came out. */
export function ColumnView({
  name,
  project,
  column,
  connections,
  state,
  write,
  onRun,
  onRemove,
}: {
  readonly name: string;
  readonly project: string;
  readonly column: Column;
  readonly connections: readonly PlaygroundConnection[];
  readonly state: ColumnRuns[string] | undefined;
  readonly write: (change: (column: Column) => Partial<Column>) => void;
  readonly onRun: () => void;
  /** Absent on the only column. */
  readonly onRemove: (() => void) | undefined;
}) {
  const [saving, setSaving] = useState(false);
  const isRunning = state?.runs.some(isOpen) === true;
  // Alone on a wide screen, what goes in and what comes out stand side by side.
  const isWide = onRemove === undefined;
  return (
    <section
      aria-label={name}
      data-column={name}
      className={toClass(
        'flex min-h-0 w-full min-w-90 flex-1 snap-start flex-col border-r border-line last:border-r-0 max-sm:min-w-full',
        isWide && 'lg:flex-row',
      )}
    >
      <div className="min-h-0 min-w-0 flex-3 overflow-y-auto p-3 lg:flex-1">
        <div className="flex items-end gap-2">
          <PromptPicker project={project} column={column} write={write} />
          {onRemove === undefined ? null : (
            <Button tone="ghost" square label={words.removeColumn} onClick={onRemove}>
              <IconClose size={14} />
            </Button>
          )}
        </div>
        <ModelFields column={column} connections={connections} write={write} />
        <MessageList column={column} write={write} />
        <Settings column={column} write={write} />
      </div>
      <div
        className={toClass(
          'flex min-h-50 min-w-0 flex-2 flex-col border-t border-line-strong bg-surface lg:flex-1',
          isWide && 'lg:border-t-0 lg:border-l lg:border-line',
        )}
      >
        <div className="flex h-10 shrink-0 items-center gap-2 border-b border-line px-3">
          {isRunning ? (
            <Button onClick={() => stopRuns(column.id)}>{words.stop}</Button>
          ) : (
            <Button aria-label={words.runColumn(name)} onClick={onRun}>
              <IconPlay size={14} />
              {words.run}
            </Button>
          )}
          <span className="flex-1" />
          <Button tone="ghost" onClick={() => setSaving(true)}>
            {words.save.action}
          </Button>
        </div>
        <OutputPane name={name} project={project} state={state} />
      </div>
      {saving ? (
        <SaveDialog
          project={project}
          column={column}
          onClose={() => setSaving(false)}
          onSaved={(prompt) => write(() => ({ prompt }))}
        />
      ) : null}
    </section>
  );
}

function Settings({
  column,
  write,
}: {
  readonly column: Column;
  readonly write: (change: (column: Column) => Partial<Column>) => void;
}) {
  const count =
    Object.values(column.parameters).filter((text) => text !== '').length +
    [column.tools, column.schema].filter((text) => text.trim() !== '').length;
  const [isShown, setShown] = useState(false);
  const Icon = isShown ? IconChevronDown : IconChevronRight;
  return (
    <div className="mt-2">
      <Button
        tone="ghost"
        className="-ml-2"
        aria-expanded={isShown}
        onClick={() => setShown(!isShown)}
      >
        <Icon size={14} />
        {words.settings}
        {count === 0 ? null : <span className="tnum text-xs text-accent">{count}</span>}
      </Button>
      {isShown ? <SettingsFields column={column} write={write} /> : null}
    </div>
  );
}
