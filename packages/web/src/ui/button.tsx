import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react';
import { toClass } from './class-names.ts';

type Tone = 'primary' | 'plain' | 'ghost' | 'danger';

/** Look of a button; also for links and menu triggers that look like one. */
export function toButtonClass(tone: Tone = 'plain', square = false): string {
  const tones: Record<Tone, string> = {
    primary: 'bg-accent text-accent-text font-medium hover:opacity-90 active:opacity-80',
    plain: 'border border-line-strong bg-raised hover:bg-surface active:bg-hover',
    ghost: 'text-muted hover:bg-hover hover:text-fg aria-expanded:bg-hover aria-expanded:text-fg',
    danger: 'border border-line-strong bg-raised text-error hover:border-error',
  };
  return toClass(
    'inline-flex h-7 shrink-0 items-center justify-center gap-1.5 rounded-md text-sm whitespace-nowrap select-none',
    'disabled:pointer-events-none disabled:opacity-50 [&_svg]:shrink-0',
    square ? 'w-7' : 'px-2.5',
    tones[tone],
  );
}

/** A button; `label` names an icon-only one and is its hint. */
export function Button({
  tone = 'plain',
  label,
  square = false,
  className,
  children,
  ...rest
}: ButtonHTMLAttributes<HTMLButtonElement> & {
  readonly tone?: Tone;
  readonly label?: string;
  readonly square?: boolean;
  readonly children?: ReactNode;
  readonly ref?: Ref<HTMLButtonElement>;
}) {
  return (
    <button
      type="button"
      aria-label={label}
      data-hint={label}
      className={toClass(toButtonClass(tone, square), className)}
      {...rest}
    >
      {children}
    </button>
  );
}
