import { lazy, Suspense } from 'react';
import { toClass } from '../class-names.ts';
import { words } from '../messages.ts';
import type { LineMark } from './line-marks.ts';

/** What an editor takes. */
export interface CodeEditorProps {
  /** Its accessible name. */
  readonly label: string;
  readonly value: string;
  readonly onChange?: (value: string) => void;
  readonly language: 'json' | 'yaml' | 'text';
  /** Line numbers, and as high as the text: the page around it scrolls. */
  readonly whole?: boolean;
  /** Lines with something wrong. */
  readonly marks?: readonly LineMark[];
  /** The cursor goes to this line each time the object is another one. */
  readonly place?: { readonly line: number } | undefined;
  readonly minLines?: number;
  readonly readOnly?: boolean;
  readonly invalid?: boolean;
  readonly placeholder?: string;
  /** Ctrl+Enter (or Cmd) in the editor. */
  readonly onSubmit?: () => void;
  readonly className?: string;
}

const load = async () => ({ default: (await import('./code-editor-body.tsx')).CodeEditorBody });
const Body = lazy(load);

/** A code editor; its code (CodeMirror) is read when the first one is shown, and the height is there before. */
export function CodeEditor(props: CodeEditorProps) {
  return (
    <div
      data-own-keys=""
      data-invalid={props.invalid}
      className={toClass(
        'code-editor overflow-hidden rounded-md border border-field bg-bg font-mono text-xs focus-within:outline-2 focus-within:outline-offset-1 focus-within:outline-accent data-[invalid=true]:border-error',
        props.className,
      )}
      style={{ minHeight: `${(props.minLines ?? 4) * 18 + 14}px` }}
    >
      <Suspense fallback={<Waiting {...props} />}>
        <Body {...props} />
      </Suspense>
    </div>
  );
}

// The text itself, at the place where the editor puts it.
function Waiting({ value }: CodeEditorProps) {
  return (
    <pre
      aria-busy="true"
      aria-label={words.openEditor}
      className="px-2 py-1.5 leading-[18px] whitespace-pre-wrap"
    >
      {value.slice(0, 4000)}
    </pre>
  );
}
