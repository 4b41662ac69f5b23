import { createContext, use } from 'react';

/** Tells two traces on one page apart: a name for their regions, a prefix for the ids of their lines. */
export interface PaneIdentity {
  readonly name: string;
  readonly prefix: string;
}

/** Who a trace is when others stand beside it; nothing when it is alone. */
export const PaneName = createContext<PaneIdentity>({ name: '', prefix: '' });

/** The label of a region of the trace, with the trace's name where there are several. */
export function usePaneLabel(label: string): string {
  const { name } = use(PaneName);
  return name === '' ? label : `${label}: ${name}`;
}

/** Id of a line of the trace, unique on the page. */
export function useLineId(index: number): string {
  const { prefix } = use(PaneName);
  return `${prefix}span-${index}`;
}
