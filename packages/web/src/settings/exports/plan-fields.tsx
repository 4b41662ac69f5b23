import { CheckField, SelectField, TextField } from '../../ui/form/fields.tsx';
import type { ExportDraft } from './export-draft.ts';
import { words } from './messages.ts';

function toOptions<T extends string>(labels: Readonly<Record<T, string>>) {
  return (Object.keys(labels) as T[]).map((value) => ({ value, label: labels[value] }));
}

const frequencies = toOptions(words.frequencies);
const formats = toOptions(words.formats);
const modes = toOptions(words.modes);

/** How often, from when, in which form. */
export function PlanFields({
  draft,
  onChange,
}: {
  readonly draft: ExportDraft;
  readonly onChange: (part: Partial<ExportDraft>) => void;
}) {
  return (
    <>
      <SelectField
        label={words.frequency}
        value={draft.frequency}
        options={frequencies}
        onChange={(frequency) => onChange({ frequency })}
      />
      <SelectField
        label={words.format}
        value={draft.format}
        options={formats}
        onChange={(format) => onChange({ format })}
      />
      <SelectField
        label={words.from}
        value={draft.mode}
        options={modes}
        onChange={(mode) => onChange({ mode })}
      />
      {draft.mode === 'FROM_CUSTOM_DATE' ? (
        <TextField
          label={words.day}
          hint={words.dayHint}
          value={draft.day}
          onChange={(day) => onChange({ day })}
        />
      ) : null}
      <div className="sm:col-span-2">
        <CheckField
          label={words.enabled}
          checked={draft.enabled}
          onChange={(enabled) => onChange({ enabled })}
        />
        <CheckField
          label={words.compressed}
          checked={draft.compressed}
          onChange={(compressed) => onChange({ compressed })}
        />
        {draft.type === 'FOLDER' ? null : (
          <CheckField
            label={words.pathStyle}
            checked={draft.pathStyle}
            onChange={(pathStyle) => onChange({ pathStyle })}
          />
        )}
      </div>
    </>
  );
}
