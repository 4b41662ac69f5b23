import type {
  PipelineRun,
  PipelineRunDetail,
  PipelineRunState,
  PipelineRunStep,
  PipelineStepState,
} from '@coaia/client';

/** A run as lists have it, and what the page calls its parts. */
export type Run = PipelineRun;
export type RunDetail = PipelineRunDetail;
export type RunState = PipelineRunState;
export type RunStep = PipelineRunStep;
export type StepState = PipelineStepState;
/** A step that waits for somebody's yes or no. */
export type Approval = PipelineRunDetail['approvals'][number];

const ended: ReadonlySet<string> = new Set(['succeeded', 'failed', 'cancelled']);

/** True when nothing more happens to it by itself. */
export function hasEnded(run: Pick<Run, 'state'>): boolean {
  return ended.has(run.state);
}

/** Milliseconds between two times, up to `now` while it goes on; null before it began. */
export function toRunMs(
  { startedAt, endedAt }: Pick<Run, 'startedAt' | 'endedAt'>,
  now: number,
): number | null {
  if (startedAt === null) return null;
  return Math.max(0, (endedAt === null ? now : Date.parse(endedAt)) - Date.parse(startedAt));
}
