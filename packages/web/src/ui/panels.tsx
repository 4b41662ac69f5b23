import { useState, type ReactNode } from 'react';
import { ApiError } from '../lib/api.ts';
import { writeClipboard } from '../lib/clipboard.ts';
import { Button } from './button.tsx';
import { toClass } from './class-names.ts';
import { IconCheck, IconCopy } from './icons.ts';
import { words } from './messages.ts';
import { Sentence } from './sentence.tsx';

/** A key cap. */
export function Key({ children }: { readonly children: ReactNode }) {
  return (
    <kbd className="inline-flex h-[18px] min-w-[18px] items-center justify-center rounded-sm border border-line-strong bg-surface px-1 font-sans text-2xs text-muted">
      {children}
    </kbd>
  );
}

/** What went wrong: the sentence, the code, the fix, a way to try again and to copy it all. */
export function Failure({
  error,
  onRetry,
  title,
}: {
  readonly error: unknown;
  readonly onRetry?: () => void;
  readonly title: string;
}) {
  const problem = error instanceof ApiError ? error : undefined;
  const sentence = error instanceof Error ? error.message : String(error);
  const text = [title, sentence, problem?.code, problem?.hint].filter(Boolean).join('\n');
  return (
    <div
      role="alert"
      className="m-4 max-w-160 rounded-r-lg border border-line border-l-2 border-l-error p-4"
    >
      <p className="font-medium">{title}</p>
      <p className="mt-1 break-words text-muted">
        <Sentence text={sentence} />
      </p>
      {problem?.hint === undefined ? null : (
        <p className="mt-2 font-mono text-xs break-words">{problem.hint}</p>
      )}
      <div className="mt-3 flex items-center gap-2">
        {onRetry === undefined ? null : <Button onClick={onRetry}>{words.retry}</Button>}
        <Button tone="ghost" onClick={() => void writeClipboard(text, words.copied)}>
          <IconCopy size={14} />
          {words.copy}
        </Button>
        {problem === undefined ? null : (
          <span className="font-mono text-xs text-faint">{problem.code}</span>
        )}
      </div>
    </div>
  );
}

/** Text that works when pasted, with a copy button. */
export function Snippet({
  text,
  label,
  className,
}: {
  readonly text: string;
  readonly label: string;
  readonly className?: string;
}) {
  const [copied, setCopied] = useState(false);
  return (
    <div
      className={toClass('flex items-start rounded-md border border-line bg-surface', className)}
    >
      <pre
        tabIndex={0}
        aria-label={label}
        className="min-w-0 flex-1 overflow-x-auto p-3 font-mono text-xs leading-[1.6]"
      >
        {text}
      </pre>
      <Button
        tone="ghost"
        square
        label={`${words.copy}: ${label}`}
        className="m-1.5 shrink-0"
        onClick={() => {
          void writeClipboard(text, words.copied);
          setCopied(true);
          setTimeout(() => setCopied(false), 1500);
        }}
      >
        {copied ? <IconCheck size={14} className="text-ok" /> : <IconCopy size={14} />}
      </Button>
    </div>
  );
}

/** Grey bars of the exact height of what replaces them. */
export function SkeletonRows({
  rows,
  height = 'var(--row)',
}: {
  readonly rows: number;
  readonly height?: string;
}) {
  return (
    <div aria-hidden="true">
      {Array.from({ length: rows }, (_, index) => (
        <div key={index} className="row-line flex items-center gap-4 px-3" style={{ height }}>
          <div className="skeleton h-2.5 w-16" />
          <div className="skeleton h-2.5" style={{ width: `${18 + ((index * 37) % 24)}%` }} />
          <div className="skeleton h-2.5" style={{ width: `${20 + ((index * 53) % 30)}%` }} />
        </div>
      ))}
    </div>
  );
}
