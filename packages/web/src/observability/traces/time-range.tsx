import { useState } from 'react';
import { toAbsolute } from '../../lib/time.ts';
import { usePreferences } from '../../lib/preferences.ts';
import { Button } from '../../ui/button.tsx';
import { toClass } from '../../ui/class-names.ts';
import { IconCheck, IconClock } from '../../ui/icons.ts';
import { Popover } from '../../ui/popover.tsx';
import { words } from '../messages.ts';
import { ranges } from './traces-search.ts';

/** A range of the address. */
export interface TimeChoice {
  readonly range?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** The range as one short text. */
export function toRangeText(choice: TimeChoice, utc: boolean): string {
  if (choice.range !== undefined) return words.time.last[choice.range] ?? choice.range;
  if (choice.from === undefined && choice.to === undefined) return words.time.all;
  const print = (iso: string | undefined) =>
    iso === undefined ? '…' : toAbsolute(iso, utc).slice(5, 16);
  return words.time.until(print(choice.from), print(choice.to));
}

/** Chooses the time range: presets, or two exact moments. */
export function TimeRange({
  choice,
  onChange,
  open,
  onOpenChange,
}: {
  readonly choice: TimeChoice;
  readonly onChange: (choice: TimeChoice) => void;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}) {
  const { utc } = usePreferences();
  const set = (next: TimeChoice) => {
    onChange(next);
    onOpenChange(false);
  };
  const isAll = choice.range === undefined && choice.from === undefined && choice.to === undefined;
  return (
    <Popover
      title={words.time.title}
      open={open}
      onOpenChange={onOpenChange}
      renderTrigger={(props) => (
        <Button {...props}>
          <IconClock size={14} className="text-muted" />
          <span className="tnum max-sm:max-w-24 max-sm:truncate">{toRangeText(choice, utc)}</span>
        </Button>
      )}
    >
      <div className="flex w-56 flex-col">
        <Preset label={words.time.all} chosen={isAll} onClick={() => set({})} />
        {ranges.map((range) => (
          <Preset
            key={range}
            label={words.time.last[range] ?? range}
            chosen={choice.range === range}
            onClick={() => set({ range })}
          />
        ))}
        <CustomRange choice={choice} onApply={set} />
      </div>
    </Popover>
  );
}

function Preset({
  label,
  chosen,
  onClick,
}: {
  readonly label: string;
  readonly chosen: boolean;
  readonly onClick: () => void;
}) {
  return (
    <button
      type="button"
      aria-pressed={chosen}
      className={toClass(
        'flex h-7 items-center justify-between rounded-md px-2 hover:bg-hover',
        chosen && 'font-medium',
      )}
      onClick={onClick}
    >
      {label}
      {chosen ? <IconCheck size={14} className="text-accent" /> : null}
    </button>
  );
}

const fieldClass = 'h-7 w-full rounded-md border border-field bg-bg px-2 text-xs tnum';

function toLocalField(iso: string | undefined): string {
  if (iso === undefined) return '';
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return '';
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

function fromLocalField(text: string): string | undefined {
  const date = new Date(text);
  return text === '' || Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}

function CustomRange({
  choice,
  onApply,
}: {
  readonly choice: TimeChoice;
  readonly onApply: (choice: TimeChoice) => void;
}) {
  const [from, setFrom] = useState(toLocalField(choice.from));
  const [to, setTo] = useState(toLocalField(choice.to));
  return (
    <form
      className="mt-2 flex flex-col gap-2 border-t border-line pt-3"
      onSubmit={(event) => {
        event.preventDefault();
        onApply({ from: fromLocalField(from), to: fromLocalField(to) });
      }}
    >
      <label className="text-xs text-muted">
        {words.time.from}
        <input
          type="datetime-local"
          className={fieldClass}
          value={from}
          onChange={(event) => setFrom(event.target.value)}
        />
      </label>
      <label className="text-xs text-muted">
        {words.time.to}
        <input
          type="datetime-local"
          className={fieldClass}
          value={to}
          onChange={(event) => setTo(event.target.value)}
        />
      </label>
      <Button type="submit">{words.time.apply}</Button>
    </form>
  );
}
