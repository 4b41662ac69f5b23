import { useState } from 'react';
import { TextAreaField, TextField, type FieldProps } from '../../ui/form/fields.tsx';

/** A field whose text counts when it is left, or with Enter: an id half typed is no id. */
export function LazyText({
  value,
  onChange,
  rows,
  mono = false,
  findFault,
  ...field
}: FieldProps & {
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Several lines. */
  readonly rows?: number;
  readonly mono?: boolean;
  /** What is wrong with a text; such a text does not count. */
  readonly findFault?: (value: string) => string | undefined;
}) {
  const [typed, setTyped] = useState(value);
  const [told, setTold] = useState(value);
  // The text changed from elsewhere, by the file for example.
  if (told !== value) {
    setTold(value);
    setTyped(value);
  }
  const fault = findFault?.(typed);
  const commit = () => {
    if (typed !== value && fault === undefined) onChange(typed);
  };
  const Control = rows === undefined ? TextField : TextAreaField;
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- the field inside is what is used
    <div
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && rows === undefined) commit();
      }}
    >
      <Control
        {...field}
        {...(rows === undefined ? {} : { rows })}
        mono={mono}
        value={typed}
        error={fault}
        onChange={setTyped}
      />
    </div>
  );
}
