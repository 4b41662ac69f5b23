import { TextAreaField } from '../../ui/form/fields.tsx';
import { parseJsonText } from '../../lib/json-text.ts';
import { findPlaceholders, findVariables } from './draft.ts';
import type { Draft } from './draft.ts';
import { words } from './messages.ts';

/** A field for every variable and placeholder that stands in a column, found while it is typed. */
export function ValuesBar({
  draft,
  write,
}: {
  readonly draft: Draft;
  readonly write: (change: (draft: Draft) => Draft) => void;
}) {
  const variables = findVariables(draft.columns);
  const placeholders = findPlaceholders(draft.columns);
  if (variables.length === 0 && placeholders.length === 0) return null;
  return (
    <section
      aria-label={words.variables}
      className="max-h-[32vh] shrink-0 overflow-y-auto border-b border-line bg-surface p-3"
    >
      <div className="grid grid-cols-[repeat(auto-fill,minmax(240px,1fr))] gap-3">
        {variables.map((name) => (
          <TextAreaField
            key={name}
            label={`{{${name}}}`}
            rows={1}
            value={draft.variables[name] ?? ''}
            placeholder={words.noValue}
            onChange={(text) =>
              write((now) => ({ ...now, variables: { ...now.variables, [name]: text } }))
            }
          />
        ))}
        {placeholders.map((name) => (
          <PlaceholderField
            key={name}
            name={name}
            value={draft.placeholders[name] ?? ''}
            onChange={(text) =>
              write((now) => ({ ...now, placeholders: { ...now.placeholders, [name]: text } }))
            }
          />
        ))}
      </div>
    </section>
  );
}

function PlaceholderField({
  name,
  value,
  onChange,
}: {
  readonly name: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
}) {
  const reading = parseJsonText(value);
  return (
    <TextAreaField
      label={name}
      rows={1}
      mono
      value={value}
      placeholder='[{"role": "user", "content": "…"}]'
      hint={words.placeholderHint}
      error={reading.ok ? undefined : reading.message}
      onChange={onChange}
    />
  );
}
