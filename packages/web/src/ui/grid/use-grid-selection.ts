import { useMemo, useRef, useState } from 'react';

/** Which rows of a list are selected, by key. */
export interface GridSelection {
  readonly selected: ReadonlySet<string>;
  /** Selects or deselects the row at an index; with `range` every row from the last one on. */
  readonly toggle: (index: number, range: boolean) => void;
  readonly toggleAll: () => void;
  readonly clear: () => void;
}

const nothing: ReadonlySet<string> = new Set();

/** The selection of a list whose keys are given in their order; keys that are gone are not selected. */
export function useGridSelection(keys: readonly string[]): GridSelection {
  const [chosen, setChosen] = useState(nothing);
  const anchor = useRef(-1);
  const selected = useMemo(
    () => (chosen.size === 0 ? nothing : new Set(keys.filter((key) => chosen.has(key)))),
    [chosen, keys],
  );
  return {
    selected,
    toggle: (index, range) => {
      const from = range && anchor.current >= 0 ? anchor.current : index;
      const part = keys.slice(Math.min(from, index), Math.max(from, index) + 1);
      const on = range || !selected.has(keys[index] ?? '');
      anchor.current = index;
      const next = new Set(selected);
      for (const key of part) {
        if (on) next.add(key);
        else next.delete(key);
      }
      setChosen(next);
    },
    toggleAll: () => setChosen(selected.size >= keys.length ? nothing : new Set(keys)),
    clear: () => setChosen(nothing),
  };
}
