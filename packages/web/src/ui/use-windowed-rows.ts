import {
  defaultRangeExtractor,
  useVirtualizer,
  type Range,
  type VirtualItem,
} from '@tanstack/react-virtual';
import { useCallback, useEffect, type RefObject } from 'react';

/** What is mounted of a long list, and how high the whole is. */
export interface WindowedRows {
  readonly rows: readonly VirtualItem[];
  readonly height: number;
}

/**
 * Mounts only the rows in view, and always the active one: as soon as it left the document,
 * `aria-activedescendant` would point at nothing. The active row is scrolled into view when it changes.
 */
export function useWindowedRows({
  scroller,
  count,
  rowHeight,
  active,
  headHeight = 0,
}: {
  readonly scroller: RefObject<HTMLElement | null>;
  readonly count: number;
  readonly rowHeight: number;
  /** Index of the active row, -1 for none. */
  readonly active: number;
  /** Height of a sticky head inside the scroller. */
  readonly headHeight?: number;
}): WindowedRows {
  const rangeExtractor = useCallback(
    (range: Range) => {
      const shown = defaultRangeExtractor(range);
      if (active < 0 || active >= range.count || shown.includes(active)) return shown;
      return [...shown, active].toSorted((a, b) => a - b);
    },
    [active],
  );
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    scrollPaddingStart: headHeight,
    rangeExtractor,
  });
  useEffect(() => virtual.measure(), [virtual, rowHeight]);
  useEffect(() => {
    if (active >= 0) virtual.scrollToIndex(active, { align: 'auto' });
  }, [virtual, active]);
  return { rows: virtual.getVirtualItems(), height: virtual.getTotalSize() };
}
