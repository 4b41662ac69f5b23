import { createStore, useStore, type ExternalStore } from '../../lib/external-store.ts';
import type { Draft } from './draft.ts';

const stores = new Map<string, ExternalStore<Draft | undefined>>();

/**
 * What was typed for a project. It outlives the page while the tab is open, and a reload, in the tab's own
 * storage; nothing of it leaves the browser before it is run or saved.
 */
export function draftStore(project: string): ExternalStore<Draft | undefined> {
  const known = stores.get(project);
  if (known !== undefined) return known;
  const store = createStore(readStored(project));
  store.listen(() => writeStored(project, store.read()));
  stores.set(project, store);
  return store;
}

/** The draft, followed. */
export function useDraft(project: string): Draft | undefined {
  return useStore(draftStore(project));
}

const toKey = (project: string) => `coaia.playground.${project}`;

function readStored(project: string): Draft | undefined {
  try {
    const text = sessionStorage.getItem(toKey(project));
    const draft = text === null ? undefined : (JSON.parse(text) as Draft);
    return Array.isArray(draft?.columns) && draft.columns.length > 0 ? draft : undefined;
  } catch {
    return undefined;
  }
}

function writeStored(project: string, draft: Draft | undefined): void {
  try {
    if (draft === undefined) sessionStorage.removeItem(toKey(project));
    else sessionStorage.setItem(toKey(project), JSON.stringify(draft));
  } catch {
    // Full or forbidden: the draft then lasts as long as the page.
  }
}
