import { sendRequest } from '../lib/api.ts';
import { updatePreferences, usePreferences } from '../lib/preferences.ts';
import { signedOut } from '../lib/query-client.ts';
import type { ServerSession } from '../lib/server.ts';
import { Button } from '../ui/button.tsx';
import { IconSignOut, IconTheme } from '../ui/icons.ts';
import { Menu, MenuChoices, MenuItem, MenuLine } from '../ui/menu.tsx';
import { words } from './messages.ts';

/** Theme, density, time zone, sign out. */
export function AppearanceMenu({ session }: { readonly session: ServerSession | undefined }) {
  const { theme, density, utc } = usePreferences();
  return (
    <Menu
      align="start"
      renderTrigger={(props) => (
        <Button {...props} tone="ghost" square label={words.appearance}>
          <IconTheme size={16} />
        </Button>
      )}
    >
      <MenuChoices
        label={words.theme.label}
        value={theme}
        onChange={(next) => updatePreferences({ theme: next })}
        options={(['system', 'light', 'dark', 'contrast'] as const).map((value) => ({
          value,
          label: words.theme[value],
        }))}
      />
      <MenuLine />
      <MenuChoices
        label={words.density.label}
        value={density}
        onChange={(next) => updatePreferences({ density: next })}
        options={(['compact', 'comfortable'] as const).map((value) => ({
          value,
          label: words.density[value],
        }))}
      />
      <MenuLine />
      <MenuChoices
        label={words.times.label}
        value={utc ? 'utc' : 'local'}
        onChange={(next) => updatePreferences({ utc: next === 'utc' })}
        options={(['local', 'utc'] as const).map((value) => ({ value, label: words.times[value] }))}
      />
      <MenuLine />
      {session === undefined ? null : (
        <MenuItem icon={<IconSignOut size={14} />} onSelect={() => void sendSignOut()}>
          {words.signOut}
        </MenuItem>
      )}
    </Menu>
  );
}

async function sendSignOut(): Promise<void> {
  await sendRequest('/api/v1/sign-out', { method: 'POST' }).catch(() => undefined);
  signedOut.write(true);
}
