import { useId, type RefObject } from 'react';
import { toClass } from '../../ui/class-names.ts';
import { words } from './messages.ts';
import type { ValueForm } from './value-text.ts';

/** A value that is text or JSON, with its form beside the label. */
export function ValueField({
  label,
  text,
  form,
  error,
  rows = 4,
  fieldRef,
  onChange,
}: {
  readonly label: string;
  readonly text: string;
  readonly form: ValueForm;
  readonly error?: string | undefined;
  readonly rows?: number;
  readonly fieldRef?: RefObject<HTMLTextAreaElement | null>;
  readonly onChange: (text: string, form: ValueForm) => void;
}) {
  const id = useId();
  return (
    <div>
      <div className="mb-1 flex items-center justify-between gap-2">
        <label htmlFor={id} className="text-xs text-muted">
          {label}
        </label>
        <fieldset className="flex gap-1">
          <legend className="sr-only">{`${words.edit.form}: ${label}`}</legend>
          {(['text', 'json'] as const).map((one) => (
            <button
              key={one}
              type="button"
              aria-pressed={form === one}
              className="h-6 rounded-sm px-1.5 text-xs text-muted hover:text-fg aria-pressed:bg-accent-soft aria-pressed:text-fg"
              onClick={() => onChange(text, one)}
            >
              {words.edit[one]}
            </button>
          ))}
        </fieldset>
      </div>
      <textarea
        ref={fieldRef}
        id={id}
        value={text}
        spellCheck={false}
        aria-invalid={error === undefined ? undefined : true}
        aria-describedby={error === undefined ? undefined : `${id}-note`}
        className={toClass(
          'field-sizing-content max-h-[40vh] w-full resize-y rounded-md border border-field bg-bg px-2 py-1.5 leading-normal aria-invalid:border-error',
          form === 'json' && 'font-mono text-xs',
        )}
        style={{ minHeight: `${rows * 19 + 14}px` }}
        onChange={(event) => onChange(event.target.value, form)}
      />
      {error === undefined ? null : (
        <p id={`${id}-note`} role="status" className="mt-1 text-xs text-error">
          {error}
        </p>
      )}
    </div>
  );
}
