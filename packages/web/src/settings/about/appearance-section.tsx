import { updatePreferences, usePreferences } from '../../lib/preferences.ts';
import { words as shellWords } from '../../shell/messages.ts';
import { CheckField, SelectField } from '../../ui/form/fields.tsx';
import { Time } from '../../ui/value.tsx';
import { words } from '../messages.ts';
import { Part, Section } from '../parts/section.tsx';

const themes = (['system', 'light', 'dark', 'contrast'] as const).map((value) => ({
  value,
  label: shellWords.theme[value],
}));
const densities = (['compact', 'comfortable'] as const).map((value) => ({
  value,
  label: shellWords.density[value],
}));
const zones = (['local', 'utc'] as const).map((value) => ({
  value,
  label: shellWords.times[value],
}));
const opened = new Date().toISOString();

/** How the page looks in this browser; each choice acts at once. */
export function AppearanceSection() {
  const { theme, density, utc, singleKeys } = usePreferences();
  return (
    <Section>
      {() => (
        <Part title={words.sections.appearance} lead={words.appearance.lead}>
          <div className="grid max-w-80 gap-4">
            <SelectField
              label={words.appearance.theme}
              value={theme}
              options={themes}
              onChange={(next) => updatePreferences({ theme: next })}
            />
            <SelectField
              label={words.appearance.density}
              value={density}
              options={densities}
              onChange={(next) => updatePreferences({ density: next })}
            />
            <SelectField
              label={words.appearance.times}
              value={utc ? 'utc' : 'local'}
              options={zones}
              hint={
                <>
                  {words.appearance.sample}: <Time iso={opened} />
                </>
              }
              onChange={(next) => updatePreferences({ utc: next === 'utc' })}
            />
            <CheckField
              label={words.appearance.keysOn}
              hint={words.appearance.keysHint}
              checked={singleKeys}
              onChange={(next) => updatePreferences({ singleKeys: next })}
            />
          </div>
        </Part>
      )}
    </Section>
  );
}
