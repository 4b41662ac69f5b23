import type { PlaygroundConnection } from '@coaia/client';
import { SelectField, TextField } from '../../ui/form/fields.tsx';
import type { Column } from './draft.ts';
import { words } from './messages.ts';

/** Which connection and which of its models; any name can be typed. */
export function ModelFields({
  column,
  connections,
  write,
}: {
  readonly column: Column;
  readonly connections: readonly PlaygroundConnection[];
  readonly write: (change: (column: Column) => Partial<Column>) => void;
}) {
  const chosen = connections.find(({ provider }) => provider === column.provider);
  const problem = chosen?.problem ?? null;
  const models = chosen === undefined ? connections.flatMap((one) => one.models) : chosen.models;
  const choose = (provider: string) => {
    const next = connections.find((one) => one.provider === provider);
    write((now) => ({
      provider,
      model:
        next === undefined || next.models.includes(now.model)
          ? now.model
          : (next.models[0] ?? now.model),
    }));
  };
  const isKnown = column.provider === '' || chosen !== undefined;
  return (
    <div className="mt-3 grid grid-cols-2 gap-2">
      <SelectField
        label={words.connection}
        value={column.provider}
        options={[
          { value: '', label: words.anyConnection },
          ...(isKnown ? [] : [{ value: column.provider, label: column.provider }]),
          ...connections.map(({ provider, isSupported }) => ({
            value: provider,
            label: isSupported ? provider : words.unsupported(provider),
          })),
        ]}
        onChange={choose}
      />
      <TextField
        label={words.model}
        value={column.model}
        mono
        placeholder={words.modelHint}
        options={[...new Set(models)]}
        onChange={(model) => write(() => ({ model }))}
      />
      {problem === null ? null : (
        <p className="col-span-2 -mt-1 text-xs break-words text-warn" role="status">
          {problem}
        </p>
      )}
    </div>
  );
}
