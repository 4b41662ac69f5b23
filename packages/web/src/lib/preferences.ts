import { createStore, useStore } from './external-store.ts';

/** What this browser remembers; nothing of it leaves the machine. */
export interface Preferences {
  readonly theme: 'system' | 'light' | 'dark' | 'contrast';
  readonly density: 'compact' | 'comfortable';
  /** Single-letter shortcuts (WCAG 2.1.4 asks for an off switch). */
  readonly singleKeys: boolean;
  /** Null: by the width of the window. */
  readonly navCollapsed: boolean | null;
  readonly facetsHidden: boolean;
  readonly utc: boolean;
  /** Shares of the width, 0 to 1. */
  readonly peekShare: number;
  readonly treeShare: number;
  readonly nameShare: number;
  /** Ids of cards that were put away for good. */
  readonly dismissed: readonly string[];
  /** Last opened objects, newest first. */
  readonly recent: readonly RecentItem[];
}

/** Something that was open not long ago. */
export interface RecentItem {
  readonly path: string;
  readonly label: string;
  readonly kind:
    | 'trace'
    | 'session'
    | 'prompt'
    | 'dataset'
    | 'experiment'
    | 'dashboard'
    | 'pipeline'
    | 'model';
  readonly at: string;
}

const storageKey = 'coaia.preferences';

/** Below this width the facets lie over the list, so they wait until they are asked for. */
const isNarrow = typeof matchMedia === 'function' && matchMedia('(max-width: 767px)').matches;

const defaults: Preferences = {
  theme: 'system',
  density: 'compact',
  singleKeys: true,
  navCollapsed: null,
  facetsHidden: isNarrow,
  utc: false,
  peekShare: 0.46,
  treeShare: 0.56,
  nameShare: 0.46,
  dismissed: [],
  recent: [],
};

function readSaved(): Preferences {
  try {
    const saved: unknown = JSON.parse(localStorage.getItem(storageKey) ?? '{}');
    return { ...defaults, ...(saved as Partial<Preferences>) };
  } catch {
    return defaults;
  }
}

const store = createStore<Preferences>(
  typeof localStorage === 'undefined' ? defaults : readSaved(),
);

/** Saves a part of the preferences and applies it to the document at once. */
export function updatePreferences(part: Partial<Preferences>): void {
  const next = { ...store.read(), ...part };
  store.write(next);
  try {
    localStorage.setItem(storageKey, JSON.stringify(next));
  } catch {
    // Storage may be blocked or full; the choice then lasts for this visit.
  }
  renderPreferences(next);
}

/** Preferences as they are now, followed. */
export function usePreferences(): Preferences {
  return useStore(store);
}

/** Preferences as they are now, once. */
export function readPreferences(): Preferences {
  return store.read();
}

/** Puts an object at the head of the recent ones; at most eight are kept. */
export function addRecent(item: Omit<RecentItem, 'at'>): void {
  const rest = store.read().recent.filter((other) => other.path !== item.path);
  updatePreferences({ recent: [{ ...item, at: new Date().toISOString() }, ...rest].slice(0, 8) });
}

function renderPreferences(next: Preferences): void {
  const dark = matchMedia('(prefers-color-scheme: dark)').matches;
  const more = matchMedia('(prefers-contrast: more)').matches;
  const system = more ? 'contrast' : dark ? 'dark' : 'light';
  const theme = next.theme === 'system' ? system : next.theme;
  const root = document.documentElement;
  root.dataset['theme'] = theme === 'contrast' && dark ? 'contrast-dark' : theme;
  root.dataset['density'] = next.density;
}

/** Follows the system's colour scheme while the page is open. */
export function openThemeListener(): void {
  const render = () => renderPreferences(store.read());
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', render);
  matchMedia('(prefers-contrast: more)').addEventListener('change', render);
}
