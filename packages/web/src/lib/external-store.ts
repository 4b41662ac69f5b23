import { useSyncExternalStore } from 'react';

/** A value outside React that components can follow. */
export interface ExternalStore<T> {
  readonly read: () => T;
  readonly write: (next: T) => void;
  readonly listen: (listener: () => void) => () => void;
}

/** Makes a store; `write` tells every listener when the value is another one. */
export function createStore<T>(initial: T): ExternalStore<T> {
  let value = initial;
  const listeners = new Set<() => void>();
  return {
    read: () => value,
    write: (next) => {
      if (Object.is(next, value)) return;
      value = next;
      for (const listener of listeners) listener();
    },
    listen: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** The store's value, followed. */
export function useStore<T>(store: ExternalStore<T>): T {
  return useSyncExternalStore(store.listen, store.read, store.read);
}
