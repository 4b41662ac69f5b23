import { createStore, useStore, type ExternalStore } from '../../lib/external-store.ts';
import type { PipelineText } from '../document/edit-text.ts';

/** A text that is being edited. */
export interface Draft extends PipelineText {
  /** Digest of the version the edit began from. */
  readonly baseDigest: string;
}

const stores = new Map<string, ExternalStore<Draft | undefined>>();

/** What was typed for a pipeline and not saved. It outlives the page while the tab is open. */
export function draftStore(project: string, name: string): ExternalStore<Draft | undefined> {
  const key = `${project}/${name}`;
  const known = stores.get(key);
  if (known !== undefined) return known;
  const store = createStore<Draft | undefined>(undefined);
  stores.set(key, store);
  return store;
}

/** The draft, followed. */
export function useDraft(project: string, name: string): Draft | undefined {
  return useStore(draftStore(project, name));
}
