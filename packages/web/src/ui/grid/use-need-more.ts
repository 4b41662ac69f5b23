import { useEffect, useRef } from 'react';

/** Asks for the next page when the last shown row nears the end: one request per page that came, not per render. */
export function useNeedMore(
  {
    rows,
    hasMore = false,
    needMore,
  }: {
    readonly rows: readonly unknown[];
    readonly hasMore?: boolean;
    readonly needMore?: () => void;
  },
  lastShown: number,
): void {
  const near = hasMore && lastShown > rows.length - 25;
  const asked = useRef(0);
  useEffect(() => {
    if (!near || asked.current === rows.length) return;
    asked.current = rows.length;
    needMore?.();
  }, [near, rows.length, needMore]);
}
