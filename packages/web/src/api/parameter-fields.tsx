import { SelectField, TextField } from '../ui/form/fields.tsx';
import type { Parameter } from './document.ts';
import { toTypeWords } from './example.ts';
import { words } from './messages.ts';

/** Fields for the parameters of an address or a query, by their schemas. */
export function ParameterFields({
  title,
  parameters,
  values,
  onChange,
}: {
  readonly title: string;
  readonly parameters: readonly Parameter[];
  readonly values: Readonly<Record<string, string>>;
  readonly onChange: (name: string, value: string) => void;
}) {
  if (parameters.length === 0) return null;
  return (
    <section aria-label={title}>
      <h2 className="mb-2 font-medium">{title}</h2>
      <div className="grid gap-3 sm:grid-cols-2 xl:grid-cols-3">
        {parameters.map((parameter) => (
          <OneField
            key={parameter.name}
            parameter={parameter}
            value={values[parameter.name] ?? ''}
            onChange={(value) => onChange(parameter.name, value)}
          />
        ))}
      </div>
    </section>
  );
}

function OneField({
  parameter: { name, required, schema },
  value,
  onChange,
}: {
  readonly parameter: Parameter;
  readonly value: string;
  readonly onChange: (value: string) => void;
}) {
  const label = required ? `${name} (${words.needed})` : name;
  const choices = schema.enum?.map(String) ?? (schema.type === 'boolean' ? ['true', 'false'] : []);
  const hint = schema.description ?? toTypeWords(schema);
  if (choices.length > 0) {
    const options = ['', ...choices].map((choice) => ({ value: choice, label: choice }));
    return <SelectField label={label} value={value} options={options} onChange={onChange} />;
  }
  return <TextField label={label} hint={hint} mono value={value} onChange={onChange} />;
}
