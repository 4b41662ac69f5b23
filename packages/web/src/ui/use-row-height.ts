import { usePreferences } from '../lib/preferences.ts';

/** Height of a row in the chosen density, in pixels. */
export function useRowHeight(): number {
  return usePreferences().density === 'compact' ? 26 : 36;
}
