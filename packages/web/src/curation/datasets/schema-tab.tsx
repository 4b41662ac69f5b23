import type { Dataset } from '@coaia/client';
import { useState } from 'react';
import { ApiError } from '../../lib/api.ts';
import { parseJsonText, toJsonText } from '../../lib/json-text.ts';
import { addUndo } from '../../lib/undo.ts';
import { Button } from '../../ui/button.tsx';
import { JsonField } from '../../ui/form/json-field.tsx';
import { Failure } from '../../ui/panels.tsx';
import { words } from './messages.ts';
import { writeDataset } from './queries.ts';
import type { DatasetView } from './use-dataset.ts';

const fields = [
  ['inputSchema', 'input'],
  ['expectedOutputSchema', 'expectedOutput'],
] as const;

type Schemas = Pick<Dataset, 'inputSchema' | 'expectedOutputSchema'>;

/** The JSON Schemas that every item must satisfy. */
export function SchemaTab({
  view,
  dataset,
}: {
  readonly view: DatasetView;
  readonly dataset: Dataset;
}) {
  const [texts, setTexts] = useState(() => ({
    inputSchema: toText(dataset.inputSchema),
    expectedOutputSchema: toText(dataset.expectedOutputSchema),
  }));
  const [error, setError] = useState<unknown>(undefined);
  const readings = fields.map(([field]) => parseJsonText(texts[field]));
  const write = async (schemas: Schemas) => {
    await writeDataset({ name: view.name, ...schemas });
    await view.refresh();
  };
  const save = async () => {
    setError(undefined);
    const [input, expectedOutput] = readings.map((reading) =>
      reading.ok ? (reading.value ?? null) : null,
    );
    try {
      await write({
        inputSchema: input,
        expectedOutputSchema: expectedOutput,
      });
      const { inputSchema, expectedOutputSchema } = dataset;
      const old = { inputSchema, expectedOutputSchema };
      const back = async () => {
        await write(old);
        setTexts({
          inputSchema: toText(inputSchema),
          expectedOutputSchema: toText(expectedOutputSchema),
        });
      };
      addUndo(words.schema.saved, back, words.schema.failed);
    } catch (error_) {
      setError(error_);
    }
  };
  return (
    <div
      className="min-h-0 flex-1 overflow-y-auto"
      tabIndex={0}
      role="region"
      aria-label={words.tabs.schema}
    >
      <div className="max-w-180 space-y-4 p-4">
        {fields.map(([field, name]) => (
          <JsonField
            key={field}
            label={words.schema[name]}
            hint={words.schema.hint}
            value={texts[field]}
            minLines={8}
            onChange={(text) => setTexts({ ...texts, [field]: text })}
          />
        ))}
        {error === undefined ? null : (
          <div className="-mx-4">
            <Failure title={words.schema.failed} error={error} />
            <WrongItems error={error} />
          </div>
        )}
        <Button
          tone="primary"
          disabled={!readings.every((reading) => reading.ok)}
          onClick={() => void save()}
        >
          {words.schema.save}
        </Button>
      </div>
    </div>
  );
}

function toText(schema: Dataset['inputSchema']): string {
  return schema === null ? '' : toJsonText(schema);
}

interface WrongItem {
  readonly id: string;
  readonly problems: readonly string[];
}

/** The items that keep a schema from being saved, as the server names them. */
function WrongItems({ error }: { readonly error: unknown }) {
  const found = error instanceof ApiError ? (error.reasons as readonly Partial<WrongItem>[]) : [];
  const items = found.filter(
    (item): item is WrongItem => typeof item.id === 'string' && Array.isArray(item.problems),
  );
  if (items.length === 0) return null;
  return (
    <div className="px-4">
      <p className="font-medium">{words.schema.wrong}</p>
      <ul className="mt-1 space-y-1 text-xs">
        {items.map((item) => (
          <li key={item.id}>
            <span className="font-mono">{item.id}</span>: {item.problems.join('; ')}
          </li>
        ))}
      </ul>
    </div>
  );
}
