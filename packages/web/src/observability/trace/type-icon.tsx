import type { ObservationType } from '@coaia/client';
import { typeLooks } from './node.ts';

/** The letter of a type in its hue; its name is read out and shown on hover. */
export function TypeIcon({ type }: { readonly type: ObservationType | 'TRACE' }) {
  const look = type === 'TRACE' ? { hue: 'slate', letter: '', label: 'Trace' } : typeLooks[type];
  return (
    <span
      data-hue={look.hue}
      data-hint={look.label}
      role="img"
      aria-label={look.label}
      className="type-icon inline-flex size-4 shrink-0 items-center justify-center rounded-sm font-mono text-2xs leading-none font-semibold text-hue"
    >
      {look.letter === '' ? <span className="dot size-1.5 rounded-full bg-hue" /> : look.letter}
    </span>
  );
}
