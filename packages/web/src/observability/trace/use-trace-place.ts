import { useState } from 'react';
import type { TracePlace } from './trace-search.ts';

/** Changes of the place; an undefined part is taken away. */
export type PlaceChange = { readonly [K in keyof TracePlace]?: TracePlace[K] | undefined };

/** Where one is in the trace, and how to go elsewhere. */
export interface PlaceState {
  readonly place: TracePlace;
  readonly go: (change: PlaceChange) => void;
}

/** The place changed, absent parts left out. */
export function toPlace(place: TracePlace, change: PlaceChange): TracePlace {
  const entries = Object.entries({ ...place, ...change }).filter(
    ([, value]) => value !== undefined,
  );
  return Object.fromEntries(entries);
}

/** A place kept in memory, for a trace that is only peeked at. */
export function useLocalPlace(): PlaceState {
  const [place, setPlace] = useState<TracePlace>({});
  return { place, go: (change) => setPlace((before) => toPlace(before, change)) };
}
