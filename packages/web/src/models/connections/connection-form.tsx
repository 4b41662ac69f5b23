import type { LlmConnectionInput } from '@coaia/client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { addToast } from '../../lib/toasts.ts';
import { Button } from '../../ui/button.tsx';
import { SelectField, TextField } from '../../ui/form/fields.tsx';
import { Failure } from '../../ui/panels.tsx';
import { toModelsKey } from '../playground/queries.ts';
import { words } from './messages.ts';
import { toConnectionsKey, writeConnection } from './queries.ts';

type Kind = keyof typeof words.kinds;

interface Fields {
  readonly kind: Kind;
  readonly provider: string;
  readonly baseUrl: string;
  readonly secretKey: string;
  readonly models: string;
}

const presets: Readonly<Record<Kind, Pick<Fields, 'provider' | 'baseUrl'>>> = {
  ollama: { provider: 'ollama', baseUrl: 'http://127.0.0.1:11434/v1' },
  compatible: { provider: 'local', baseUrl: 'http://127.0.0.1:8000/v1' },
  openai: { provider: 'openai', baseUrl: '' },
  anthropic: { provider: 'anthropic', baseUrl: '' },
};

const kinds = Object.keys(presets) as readonly Kind[];

function toInput({ kind, provider, baseUrl, secretKey, models }: Fields): LlmConnectionInput {
  return {
    provider: provider.trim(),
    adapter: kind === 'anthropic' ? 'anthropic' : 'openai',
    // Servers on one's own machine ask for no key, but the API has no connection without one.
    secretKey: secretKey.trim() === '' ? 'none' : secretKey.trim(),
    baseURL: baseUrl.trim() === '' ? null : baseUrl.trim(),
    customModels: models.split(',').flatMap((name) => (name.trim() === '' ? [] : [name.trim()])),
  };
}

const isVendor = ({ kind }: Fields): boolean => kind === 'openai' || kind === 'anthropic';

function isReady(fields: Fields): boolean {
  const needed = isVendor(fields) ? fields.secretKey : fields.baseUrl;
  return fields.provider.trim() !== '' && needed.trim() !== '';
}

/** Adds a connection: the kind of server fills in the rest. */
export function ConnectionForm({ project }: { readonly project: string }) {
  const client = useQueryClient();
  const [fields, setFields] = useState<Fields>({
    kind: 'ollama',
    secretKey: '',
    models: '',
    ...presets.ollama,
  });
  const save = useMutation({
    mutationFn: () => writeConnection(toInput(fields)),
    onSuccess: async ({ provider }) => {
      addToast({ text: words.added(provider) });
      setFields((now) => ({ ...now, secretKey: '' }));
      await client.invalidateQueries({ queryKey: toConnectionsKey(project) });
      await client.invalidateQueries({ queryKey: toModelsKey(project) });
    },
  });
  return (
    <form
      aria-label={words.add}
      className="grid gap-3 sm:grid-cols-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady(fields) && !save.isPending) save.mutate();
      }}
    >
      <FormFields
        fields={fields}
        onChange={(change) => setFields((now) => ({ ...now, ...change }))}
      />
      {save.isError ? (
        <div className="-m-4 sm:col-span-2">
          <Failure title={words.saveFailed} error={save.error} />
        </div>
      ) : null}
      <div className="flex justify-end sm:col-span-2">
        <Button type="submit" tone="primary" disabled={!isReady(fields) || save.isPending}>
          {words.save}
        </Button>
      </div>
    </form>
  );
}

function FormFields({
  fields,
  onChange,
}: {
  readonly fields: Fields;
  readonly onChange: (change: Partial<Fields>) => void;
}) {
  const hints = isVendor(fields)
    ? { placeholder: words.vendor, secret: words.secretHint }
    : { baseUrl: words.baseUrlHint, placeholder: '', secret: words.noSecretHint };
  return (
    <>
      <SelectField
        className="sm:col-span-2"
        label={words.kind}
        value={fields.kind}
        options={kinds.map((value) => ({ value, label: words.kinds[value] }))}
        onChange={(kind) => onChange({ kind, ...presets[kind] })}
      />
      <TextField
        label={words.name}
        value={fields.provider}
        onChange={(provider) => onChange({ provider })}
      />
      <TextField
        label={words.baseUrl}
        value={fields.baseUrl}
        mono
        placeholder={hints.placeholder}
        hint={hints.baseUrl}
        onChange={(baseUrl) => onChange({ baseUrl })}
      />
      <TextField
        label={words.secret}
        type="password"
        value={fields.secretKey}
        hint={hints.secret}
        onChange={(secretKey) => onChange({ secretKey })}
      />
      <TextField
        label={words.models}
        value={fields.models}
        mono
        hint={words.modelsHint}
        onChange={(models) => onChange({ models })}
      />
    </>
  );
}
