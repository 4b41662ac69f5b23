import { BaseEdge, type Edge, type EdgeProps } from '@xyflow/react';
import { toCurve, type Direction, type Point } from './layout.ts';

/** What a link of the graph is drawn from. */
export interface StepLinkData extends Record<string, unknown> {
  readonly direction: Direction;
  /** Places between the nodes that it passes. */
  readonly via: readonly Point[];
}

/** A link that is led around the nodes between its ends. */
export function StepLink(props: EdgeProps<Edge<StepLinkData, 'link'>>) {
  const { id, sourceX, sourceY, targetX, targetY, data } = props;
  const ends = [
    { x: sourceX, y: sourceY },
    { x: targetX, y: targetY },
  ] as const;
  const points = [ends[0], ...(data?.via ?? []), ends[1]];
  return <BaseEdge id={id} path={toCurve(points, data?.direction ?? 'LR')} />;
}
