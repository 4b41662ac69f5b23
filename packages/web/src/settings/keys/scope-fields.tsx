import { useQuery } from '@tanstack/react-query';
import { deploymentsQuery } from '../../deployments/queries.ts';
import { CheckField, SelectField, TextField } from '../../ui/form/fields.tsx';
import { parseModels, type ScopeFields as Fields } from './key-scope.ts';
import { words } from './messages.ts';

const options = (['project', 'models'] as const).map((value) => ({
  value,
  label: words.opens[value],
}));

/** Whether a key opens the project or only served models, and which of them for what. */
export function ScopeFields({
  project,
  fields,
  onChange,
}: {
  readonly project: string;
  readonly fields: Fields;
  readonly onChange: (fields: Fields) => void;
}) {
  const { opens, predict, deploy, models } = fields;
  return (
    <>
      <SelectField
        label={words.opensLabel}
        value={opens}
        options={options}
        onChange={(next) => onChange({ ...fields, opens: next })}
      />
      {opens === 'project' ? null : (
        <fieldset className="space-y-2 border-l-2 border-line pl-3">
          <legend className="sr-only">{words.rights}</legend>
          <CheckField
            label={words.predict}
            hint={words.predictHint}
            checked={predict}
            onChange={(next) => onChange({ ...fields, predict: next })}
          />
          <CheckField
            label={words.deploy}
            hint={words.deployHint}
            checked={deploy}
            onChange={(next) => onChange({ ...fields, deploy: next })}
          />
          {predict || deploy ? null : <p className="text-xs text-error">{words.noRight}</p>}
          <Models
            project={project}
            value={models}
            onChange={(next) => onChange({ ...fields, models: next })}
          />
        </fieldset>
      )}
    </>
  );
}

function Models({
  project,
  value,
  onChange,
}: {
  readonly project: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}) {
  const known = useQuery({ ...deploymentsQuery(project), refetchInterval: false }).data ?? [];
  return (
    <TextField
      label={words.models}
      hint={words.modelsHint(known.map(({ name }) => name))}
      error={parseModels(value) === undefined ? words.modelsWrong : undefined}
      value={value}
      onChange={onChange}
      mono
    />
  );
}
