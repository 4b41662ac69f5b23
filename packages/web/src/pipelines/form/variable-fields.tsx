import { CheckField, SelectField, TextAreaField, TextField } from '../../ui/form/fields.tsx';
import { words } from '../messages.ts';
import type { PipelineVariable } from '../pipeline.ts';
import { toFieldText, type FormValues } from './values.ts';

const part = words.form;

/** One field per variable of a pipeline, by its type; what is wrong stands below once it was tried. */
export function VariableFields({
  variables,
  values,
  faults,
  onChange,
}: {
  readonly variables: readonly PipelineVariable[];
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
  readonly variable: PipelineVariable;
  readonly value: string | boolean;
  readonly fault: string | undefined;
  readonly onChange: (value: string | boolean) => void;
}

function VariableField({ variable, value, fault, onChange }: VariableFieldProps) {
  const hint = toHint(variable);
  const label = isNeeded(variable) ? `${variable.name} (${part.required})` : variable.name;
  const shared = { label, error: fault, ...(hint === undefined ? {} : { hint }) };
  if (typeof value === 'boolean') {
    return (
      <CheckField
        label={variable.name}
        {...(hint === undefined ? {} : { hint })}
        checked={value}
        onChange={onChange}
      />
    );
  }
  if (variable.type === 'list') {
    return <TextAreaField {...shared} rows={3} value={value} onChange={onChange} />;
  }
  const choices = (variable.choices ?? []).map((choice) => toFieldText(choice));
  if (choices.length > 0) {
    const all = choices.includes(value) ? choices : ['', ...choices];
    return (
      <SelectField
        {...shared}
        value={value}
        options={all.map((choice) => ({ value: choice, label: choice === '' ? '–' : choice }))}
        onChange={onChange}
      />
    );
  }
  const offered = (variable.suggestions ?? []).map((one) => toFieldText(one));
  if (variable.type === 'string' && variable.secret !== true && isLong(variable, value)) {
    return <TextAreaField {...shared} rows={2} value={value} onChange={onChange} />;
  }
  return (
    <TextField
      {...shared}
      type={variable.secret === true ? 'password' : 'text'}
      value={value}
      onChange={onChange}
      {...(offered.length === 0 ? {} : { options: offered })}
    />
  );
}

function isNeeded({ required, default: value }: PipelineVariable): boolean {
  return required && (value === undefined || value === null);
}

function isLong({ name }: PipelineVariable, value: string): boolean {
  return value.length > 60 || value.includes('\n') || /content|prompt|text|context/.test(name);
}

function toHint(variable: PipelineVariable): string | undefined {
  const hints = [
    variable.description,
    variable.type === 'list' ? part.perLine : undefined,
    variable.secret === true ? part.secret : undefined,
  ].filter((one) => one !== undefined && one !== null && one !== '');
  return hints.length === 0 ? undefined : hints.join(' ');
}
