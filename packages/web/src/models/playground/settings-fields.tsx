import { TextAreaField, TextField } from '../../ui/form/fields.tsx';
import { JsonField } from '../../ui/form/json-field.tsx';
import { findFault, limits } from './draft.ts';
import type { Column, ParameterTexts } from './draft.ts';
import { words } from './messages.ts';

const numbers = Object.keys(limits) as readonly (keyof typeof limits)[];

/** Parameters, tools and the schema of the answer. */
export function SettingsFields({
  column,
  write,
}: {
  readonly column: Column;
  readonly write: (change: (column: Column) => Partial<Column>) => void;
}) {
  const { parameters, tools, schema } = column;
  const set = (change: Partial<ParameterTexts>) =>
    write((now) => ({ parameters: { ...now.parameters, ...change } }));
  return (
    <div className="mt-2 space-y-3">
      <div className="grid grid-cols-[repeat(auto-fill,minmax(88px,1fr))] gap-2">
        {numbers.map((name) => (
          <TextField
            key={name}
            label={words.parameters[name]}
            value={parameters[name]}
            placeholder={words.unset}
            error={findFault(name, parameters[name])}
            onChange={(text) => set({ [name]: text })}
          />
        ))}
      </div>
      <TextAreaField
        label={words.parameters.stop}
        value={parameters.stop}
        rows={1}
        mono
        onChange={(stop) => set({ stop })}
      />
      <JsonField
        label={words.tools}
        hint={words.toolsHint}
        value={tools}
        onChange={(text) => write(() => ({ tools: text }))}
      />
      <JsonField
        label={words.schema}
        hint={words.schemaHint}
        value={schema}
        onChange={(text) => write(() => ({ schema: text }))}
      />
    </div>
  );
}
