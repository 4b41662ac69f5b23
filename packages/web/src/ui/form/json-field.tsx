import { useId } from 'react';
import { parseJsonText } from '../../lib/json-text.ts';
import { CodeEditor } from '../editor/code-editor.tsx';
import type { FieldProps } from './fields.tsx';

/** JSON in an editor, read while it is typed; what is wrong and where stands below. */
export function JsonField({
  label,
  hint,
  error,
  className,
  value,
  onChange,
  minLines = 4,
  readOnly = false,
}: FieldProps & {
  /** The text as typed; `parseJsonText` reads it. */
  readonly value: string;
  readonly onChange: (text: string) => void;
  readonly minLines?: number;
  readonly readOnly?: boolean;
}) {
  const id = useId();
  const reading = parseJsonText(value);
  const fault = error ?? (reading.ok ? undefined : reading.message);
  return (
    <div className={className}>
      <p id={id} className="mb-1 text-xs text-muted">
        {label}
      </p>
      <CodeEditor
        label={label}
        language="json"
        value={value}
        onChange={onChange}
        minLines={minLines}
        readOnly={readOnly}
        invalid={fault !== undefined}
      />
      {fault === undefined ? (
        hint === undefined ? null : (
          <p className="mt-1 text-xs text-muted">{hint}</p>
        )
      ) : (
        <p role="status" className="mt-1 text-xs text-error">
          {fault}
        </p>
      )}
    </div>
  );
}
