import { useCallback, useEffect, useRef, useState } from 'react';
import type { TracePlace } from './trace-search.ts';
import { toPlace, type PlaceChange, type PlaceState } from './use-trace-place.ts';

/** Milliseconds after the last step until the address follows. */
const calm = 200;

/**
 * The place kept in the address. Steps are drawn at once and written a moment after the last of them:
 * a held key or a turning wheel must not navigate sixty times a second. A change of the address from
 * elsewhere, such as the back button, wins.
 */
export function useAddressPlace(
  address: TracePlace,
  write: (place: TracePlace) => void,
): PlaceState {
  const [place, setPlace] = useState(address);
  const [seen, setSeen] = useState(address);
  const [written, setWritten] = useState(toKey(address));
  if (seen !== address) {
    setSeen(address);
    // Our own writing comes back as well; by then the reader may be further on.
    if (toKey(address) !== written) setPlace(address);
  }
  const latest = useRef({ place, write });
  useEffect(() => {
    latest.current = { place, write };
  });
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const go = useCallback((change: PlaceChange) => {
    const next = toPlace(latest.current.place, change);
    latest.current = { ...latest.current, place: next };
    setPlace(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      setWritten(toKey(latest.current.place));
      latest.current.write(latest.current.place);
    }, calm);
  }, []);
  return { place, go };
}

function toKey({ span, tab, view, zoom, find }: TracePlace): string {
  return JSON.stringify([span, tab, view, zoom, find]);
}
