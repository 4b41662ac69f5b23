import type { DeploymentField } from '@coaia/client';
import { SelectField, TextAreaField, TextField } from '../../../ui/form/fields.tsx';
import { words } from '../../messages.ts';
import { toDigits } from '../../numbers.ts';
import { canBeMissing, listChoices, toControl, type TryValues } from './try-values.ts';

const part = words.try;

/** One control for each input of the model. */
export function TryFields({
  fields,
  values,
  faults,
  onChange,
}: {
  readonly fields: readonly DeploymentField[];
  readonly values: TryValues;
  readonly faults: Readonly<Record<string, string>>;
  readonly onChange: (name: string, text: string) => void;
}) {
  return (
    <div className="grid gap-x-4 gap-y-3 sm:grid-cols-2">
      {fields.map((field) => (
        <TryField
          key={field.name}
          field={field}
          value={values[field.name] ?? ''}
          error={faults[field.name]}
          onChange={(text) => onChange(field.name, text)}
        />
      ))}
    </div>
  );
}

function TryField({
  field,
  value,
  error,
  onChange,
}: {
  readonly field: DeploymentField;
  readonly value: string;
  readonly error: string | undefined;
  readonly onChange: (text: string) => void;
}) {
  const hint = toHint(field);
  const common = {
    label: field.name,
    value,
    error,
    onChange,
    ...(hint === '' ? {} : { hint }),
  };
  switch (toControl(field)) {
    case 'choice':
      return <SelectField {...common} options={listOptions(field, value)} />;
    case 'json':
      return <TextAreaField {...common} className="sm:col-span-2" mono rows={2} />;
    case 'number':
      return <TextField {...common} mono />;
    case 'text':
      return <TextField {...common} {...(field.seen ? { options: field.seen } : {})} />;
  }
}

function listOptions(field: DeploymentField, value: string) {
  const missing = { value: '', label: part.missing };
  const choices = listChoices(field).map((one) => ({
    value: JSON.stringify(one),
    label: typeof one === 'boolean' ? (one ? part.yes : part.no) : String(one),
  }));
  return canBeMissing(field) || value === '' ? [missing, ...choices] : choices;
}

function toHint(field: DeploymentField): string {
  const { description, type, shape, trained, required, levels } = field;
  const isMoment = levels === undefined && (type === 'date' || type === 'datetime');
  const hints = [
    description,
    shape.length === 0
      ? undefined
      : part.list(shape.map((size) => (size < 0 ? part.any : part.values(size))).join(' × ')),
    isMoment ? part[type] : undefined,
    trained === undefined
      ? undefined
      : part.trained(toDigits(trained.min, 4), toDigits(trained.max, 4)),
    toBounds(field),
    required ? undefined : part.optional,
  ];
  return hints.filter((one) => one !== undefined && one !== '').join(' · ');
}

function toBounds({ min, max }: DeploymentField): string | undefined {
  if (min !== undefined && max !== undefined)
    return part.allowed(toDigits(min, 4), toDigits(max, 4));
  if (min !== undefined) return part.atLeast(toDigits(min, 4));
  return max === undefined ? undefined : part.atMost(toDigits(max, 4));
}
