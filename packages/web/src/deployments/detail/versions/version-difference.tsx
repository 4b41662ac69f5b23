import { TextDiff } from '../../../ui/diff/text-diff.tsx';
import { SelectField } from '../../../ui/form/fields.tsx';
import { words } from '../../messages.ts';
import { Section } from '../section.tsx';
import type { OpenDeployment } from '../use-deployment.ts';
import { toVersionText } from './version-text.ts';

const part = words.versions;

/** What differs between two versions: fields, files by digest, interpreter and packages. */
export function VersionDifference({ open: { view, detail } }: { readonly open: OpenDeployment }) {
  const { versions } = detail;
  const [newest, second] = versions;
  if (newest === undefined || second === undefined)
    return (
      <Section title={part.difference}>
        <p className="text-muted">{part.onlyOne}</p>
      </Section>
    );
  const find = (wanted: number | undefined) => versions.find(({ version }) => version === wanted);
  const after = find(view.search.version) ?? newest;
  const before = find(view.search.against) ?? versions[versions.indexOf(after) + 1] ?? newest;
  const [left, right] = [toVersionText(before), toVersionText(after)];
  const options = versions.map(({ version }) => ({
    value: String(version),
    label: words.version(version),
  }));
  return (
    <Section title={part.difference}>
      <div className="mb-3 flex flex-wrap gap-3">
        <SelectField
          label={part.from}
          className="w-36"
          value={String(before.version)}
          options={options}
          onChange={(next) => view.update({ against: Number(next), version: after.version })}
        />
        <SelectField
          label={part.to}
          className="w-36"
          value={String(after.version)}
          options={options}
          onChange={(next) => view.update({ version: Number(next), against: before.version })}
        />
      </div>
      <div className="space-y-3">
        {(['fields', 'files', 'packages'] as const).map((key) => (
          <div key={key}>
            <h3 className="mb-1 text-xs text-muted">{part[key]}</h3>
            {left[key] === right[key] ? (
              <p className="text-muted">{part.noDifference}</p>
            ) : (
              <div className="overflow-hidden rounded-lg border border-line py-1">
                <TextDiff before={left[key]} after={right[key]} label={part[key]} />
              </div>
            )}
          </div>
        ))}
      </div>
    </Section>
  );
}
