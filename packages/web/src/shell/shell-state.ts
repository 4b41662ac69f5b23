import { createStore } from '../lib/external-store.ts';

/** What floats over the page: at most one of these. */
export type Overlay = 'palette' | 'cheat-sheet' | 'menu' | null;

/** The overlay that is open now. */
export const overlay = createStore<Overlay>(null);
