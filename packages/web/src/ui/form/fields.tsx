import { useId, type ReactNode, type Ref } from 'react';
import { toClass } from '../class-names.ts';

/** What every labelled field takes. */
export interface FieldProps {
  readonly label: string;
  /** A muted line below the field. */
  readonly hint?: ReactNode;
  /** What is wrong; the field is marked invalid and described by it. */
  readonly error?: string | undefined;
  readonly className?: string;
}

/** Ids and descriptions that tie a control to its label, hint and fault. */
export interface FieldControl {
  readonly id: string;
  readonly 'aria-invalid': true | undefined;
  readonly 'aria-describedby': string | undefined;
}

const control =
  'w-full rounded-md border border-field bg-bg px-2 placeholder:text-faint aria-invalid:border-error disabled:opacity-60';

/** A label above its control, with hint and fault below. */
export function Field({
  label,
  hint,
  error,
  className,
  render,
}: FieldProps & { readonly render: (control: FieldControl) => ReactNode }) {
  const id = useId();
  const note = error ?? hint;
  return (
    <div className={className}>
      <label htmlFor={id} className="mb-1 block text-xs text-muted">
        {label}
      </label>
      {render({
        id,
        'aria-invalid': error === undefined ? undefined : true,
        'aria-describedby': note === undefined ? undefined : `${id}-note`,
      })}
      {note === undefined ? null : (
        <p
          id={`${id}-note`}
          className={toClass('mt-1 text-xs', error === undefined ? 'text-muted' : 'text-error')}
        >
          {note}
        </p>
      )}
    </div>
  );
}

interface TextProps extends FieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly placeholder?: string;
  readonly mono?: boolean;
  readonly disabled?: boolean;
  readonly inputRef?: Ref<HTMLInputElement>;
  readonly type?: 'text' | 'number' | 'password' | 'email' | 'datetime-local' | 'search';
  /** Known values to choose from while typing. */
  readonly options?: readonly string[];
}

/** One line of text. */
export function TextField({ value, onChange, mono, inputRef, options, ...props }: TextProps) {
  const list = useId();
  return (
    <Field
      {...props}
      render={(ids) => (
        <>
          <input
            {...ids}
            ref={inputRef}
            type={props.type ?? 'text'}
            value={value}
            placeholder={props.placeholder}
            disabled={props.disabled}
            list={options === undefined ? undefined : list}
            autoComplete="off"
            spellCheck={false}
            className={toClass(control, 'h-7', mono === true && 'font-mono text-xs')}
            onChange={(event) => onChange(event.target.value)}
          />
          {options === undefined ? null : (
            <datalist id={list}>
              {options.map((option) => (
                <option key={option} value={option}>
                  {option}
                </option>
              ))}
            </datalist>
          )}
        </>
      )}
    />
  );
}

/** Several lines of text; grows with what is typed between `rows` and the window. */
export function TextAreaField({
  value,
  onChange,
  mono,
  rows = 3,
  ...props
}: Omit<TextProps, 'type' | 'options' | 'inputRef'> & { readonly rows?: number }) {
  return (
    <Field
      {...props}
      render={(ids) => (
        <textarea
          {...ids}
          value={value}
          rows={rows}
          placeholder={props.placeholder}
          disabled={props.disabled}
          spellCheck={false}
          className={toClass(
            control,
            'field-sizing-content max-h-[60vh] min-h-14 resize-y py-1.5 leading-normal',
            mono === true && 'font-mono text-xs',
          )}
          style={{ minHeight: `${rows * 19 + 14}px` }}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    />
  );
}

/** One of several, with the browser's own list. */
export function SelectField<T extends string>({
  value,
  options,
  onChange,
  disabled,
  ...props
}: FieldProps & {
  readonly value: T;
  readonly options: readonly { readonly value: T; readonly label: string }[];
  readonly onChange: (value: T) => void;
  readonly disabled?: boolean;
}) {
  return (
    <Field
      {...props}
      render={(ids) => (
        <select
          {...ids}
          value={value}
          disabled={disabled}
          className={toClass(control, 'h-7 px-1.5')}
          onChange={(event) => onChange(event.target.value as T)}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    />
  );
}

/** A yes or no with its label at the right. */
export function CheckField({
  label,
  hint,
  checked,
  onChange,
  disabled,
  className,
}: Omit<FieldProps, 'error'> & {
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly disabled?: boolean;
}) {
  return (
    <label className={toClass('flex min-h-6 items-start gap-2 py-0.5', className)}>
      <input
        type="checkbox"
        className="check mt-0.5"
        checked={checked}
        disabled={disabled}
        onChange={(event) => onChange(event.target.checked)}
      />
      <span>
        {label}
        {hint === undefined ? null : <span className="block text-xs text-muted">{hint}</span>}
      </span>
    </label>
  );
}
