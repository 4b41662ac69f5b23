import type { Quantity } from '../lib/format.ts';
import { toAbsolute, toRelative, useNow } from '../lib/time.ts';
import { usePreferences } from '../lib/preferences.ts';
import { writeClipboard } from '../lib/clipboard.ts';
import { toClass } from './class-names.ts';
import { words } from './messages.ts';

/** A number with its unit muted, the exact value on hover. */
export function Amount({ of, className }: { readonly of: Quantity; readonly className?: string }) {
  const glued = of.unit === 'k' || of.unit === 'M' || of.unit === 'G';
  return (
    <span
      className={toClass('tnum whitespace-nowrap', className)}
      data-hint={of.exact === of.value ? '' : of.exact}
    >
      {of.exact === '' ? <span className="text-faint">{of.value}</span> : of.value}
      {of.unit === '' ? null : (
        <span className="text-muted">
          {glued ? '' : ' '}
          {of.unit}
        </span>
      )}
    </span>
  );
}

/** A relative time, absolute on hover. */
export function Time({ iso, className }: { readonly iso: string; readonly className?: string }) {
  const now = useNow();
  const { utc } = usePreferences();
  return (
    <time
      dateTime={iso}
      className={toClass('tnum whitespace-nowrap', className)}
      data-hint={toAbsolute(iso, utc)}
    >
      {toRelative(iso, now)}
    </time>
  );
}

/** The head of an id in mono; a click copies the whole. */
export function Id({ id, length = 8 }: { readonly id: string; readonly length?: number }) {
  const shown = id.length > length + 2 ? id.slice(0, length) : id;
  return (
    <button
      type="button"
      data-hint={words.copyId(id)}
      aria-label={words.copyId(shown)}
      className="inline-flex h-6 items-center rounded-sm px-1 font-mono text-xs text-muted hover:bg-hover hover:text-fg"
      onClick={() => void writeClipboard(id, words.copied)}
    >
      {shown}
    </button>
  );
}

type State = 'ok' | 'warning' | 'error' | 'running';

/** A dot and a word; never colour alone. */
export function Status({ state, word }: { readonly state: State; readonly word?: string }) {
  const tones: Record<State, string> = {
    ok: 'bg-ok',
    warning: 'bg-warn',
    error: 'bg-error',
    running: 'bg-accent pulse',
  };
  const texts: Record<State, string> = {
    ok: 'text-muted',
    warning: 'text-warn',
    error: 'text-error',
    running: 'text-accent',
  };
  return (
    <span className={toClass('inline-flex items-center gap-1.5 whitespace-nowrap', texts[state])}>
      <span className={toClass('dot size-1.5 shrink-0 rounded-full', tones[state])} />
      {word ?? words[state]}
    </span>
  );
}

/** A small word in a hairline box. */
export function Tag({
  children,
  tone,
}: {
  readonly children: React.ReactNode;
  readonly tone?: 'accent';
}) {
  return (
    <span
      className={toClass(
        'inline-flex h-[18px] max-w-40 shrink-0 items-center truncate rounded-sm border px-1 text-2xs',
        tone === 'accent' ? 'border-accent text-accent' : 'border-line-strong text-muted',
      )}
    >
      {children}
    </span>
  );
}
