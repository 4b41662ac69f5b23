import { CheckField, SelectField, TextAreaField, TextField } from '../../ui/form/fields.tsx';
import { words } from '../messages.ts';
import type { FormVariable } from '../pipeline.ts';
import { isComputed, toFieldText, type FormValues } from './values.ts';

const part = words.form;

/** One field per variable of a pipeline, by its type; what is wrong stands below once it was tried. */
export function VariableFields({
  variables,
  values,
  faults,
  onChange,
}: {
  readonly variables: readonly FormVariable[];
  readonly values: FormValues;
  readonly faults: Readonly<Record<string, string>>;
  readonly onChange: (values: FormValues) => void;
}) {
  if (variables.length === 0) return <p className="text-muted">{part.none}</p>;
  return (
    <div className="space-y-3">
      {variables.map((variable) => (
        <VariableField
          key={variable.name}
          variable={variable}
          value={values[variable.name] ?? ''}
          fault={faults[variable.name]}
          onChange={(value) => onChange({ ...values, [variable.name]: value })}
        />
      ))}
    </div>
  );
}

interface VariableFieldProps {
  readonly variable: FormVariable;
  readonly value: string | boolean;
  readonly fault: string | undefined;
  readonly onChange: (value: string | boolean) => void;
}

function VariableField({ variable, value, fault, onChange }: VariableFieldProps) {
  const hint = toHint(variable);
  const label = isNeeded(variable) ? `${variable.name} (${part.required})` : variable.name;
  const shared = { label, ...(hint === undefined ? {} : { hint }) };
  if (typeof value === 'boolean') {
    return <CheckField {...shared} label={variable.name} checked={value} onChange={onChange} />;
  }
  const placeholder = isComputed(variable) ? { placeholder: toFieldText(variable.default) } : {};
  const control = { ...shared, ...placeholder, error: fault, value, onChange };
  if (variable.type === 'list') return <TextAreaField {...control} rows={3} />;
  const choices = toTexts(variable.choices);
  if (choices.length > 0) {
    const all = choices.includes(value) ? choices : ['', ...choices];
    return <SelectField {...control} options={all.map((one) => toOption(one))} />;
  }
  if (isLong(variable, value)) return <TextAreaField {...control} rows={2} />;
  const offered = toTexts(variable.suggestions);
  return (
    <TextField
      {...control}
      type={variable.secret === true ? 'password' : 'text'}
      {...(offered.length === 0 ? {} : { options: offered })}
    />
  );
}

function toTexts(values: readonly unknown[] | null | undefined): readonly string[] {
  return (values ?? []).map((value) => toFieldText(value));
}

function toOption(value: string) {
  return { value, label: value === '' ? '–' : value };
}

function isNeeded({ required, default: value }: FormVariable): boolean {
  return required && (value === undefined || value === null);
}

function isLong({ name, type, secret }: FormVariable, value: string): boolean {
  if (type !== 'string' || secret === true) return false;
  return value.length > 60 || value.includes('\n') || /content|prompt|text|context/.test(name);
}

function toHint(variable: FormVariable): string | undefined {
  const hints = [
    variable.description,
    variable.type === 'list' ? part.perLine : undefined,
    variable.secret === true ? part.secret : undefined,
  ].filter((one) => one !== undefined && one !== null && one !== '');
  return hints.length === 0 ? undefined : hints.join(' ');
}
