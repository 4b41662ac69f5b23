import { updatePreferences, usePreferences } from '../lib/preferences.ts';
import { useMedia } from '../ui/use-media.ts';

/** Whether the menu is a column of icons: as chosen, else by the width of the window; and how to turn it. */
export function useNavCollapsed(): readonly [collapsed: boolean, toggle: () => void] {
  const { navCollapsed } = usePreferences();
  const tight = useMedia('(max-width: 1199px)');
  const collapsed = navCollapsed ?? tight;
  return [collapsed, () => updatePreferences({ navCollapsed: !collapsed })];
}
