import { SelectField, TextField } from '../../ui/form/fields.tsx';
import type { ExportDraft } from './export-draft.ts';
import { words } from './messages.ts';

const types = (['FOLDER', 'S3', 'S3_COMPATIBLE'] as const).map((value) => ({
  value,
  label: words.types[value],
}));

/** Where the files go, and the keys for it. */
export function TargetFields({
  draft,
  hasSecret,
  onChange,
}: {
  readonly draft: ExportDraft;
  /** A secret is saved, so that an empty one means that it stays. */
  readonly hasSecret: boolean;
  readonly onChange: (part: Partial<ExportDraft>) => void;
}) {
  const isFolder = draft.type === 'FOLDER';
  return (
    <>
      <SelectField
        label={words.target}
        value={draft.type}
        options={types}
        onChange={(type) => onChange({ type })}
      />
      <TextField
        label={isFolder ? words.folder : words.bucket}
        hint={isFolder ? words.folderHint : undefined}
        value={draft.bucket}
        mono
        onChange={(bucket) => onChange({ bucket })}
      />
      {draft.type === 'S3_COMPATIBLE' ? (
        <TextField
          label={words.endpoint}
          value={draft.endpoint}
          mono
          placeholder="https://minio.example"
          onChange={(endpoint) => onChange({ endpoint })}
        />
      ) : null}
      {isFolder ? null : (
        <>
          <TextField
            label={words.region}
            value={draft.region}
            mono
            placeholder="eu-central-1"
            onChange={(region) => onChange({ region })}
          />
          <TextField
            label={words.accessKey}
            value={draft.accessKey}
            mono
            onChange={(accessKey) => onChange({ accessKey })}
          />
          <TextField
            label={words.secret}
            type="password"
            value={draft.secret}
            hint={hasSecret ? words.secretKept : words.secretHint}
            onChange={(secret) => onChange({ secret })}
          />
        </>
      )}
      <TextField
        label={words.prefix}
        hint={words.prefixHint}
        value={draft.prefix}
        mono
        onChange={(prefix) => onChange({ prefix })}
      />
    </>
  );
}
