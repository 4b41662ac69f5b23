import type { StepGraph } from './graph-model.ts';

/** What a graph of steps takes. */
export interface StepGraphProps {
  readonly graph: StepGraph;
  readonly selected: string | undefined;
  readonly onSelect: (id: string | undefined) => void;
  /** A link was drawn from one step to another; without it nothing can be drawn. */
  readonly onLink?: (from: string, to: string) => void;
}
