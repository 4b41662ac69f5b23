import { toClass } from '../../ui/class-names.ts';
import { words } from '../messages.ts';
import type { RunState, StepState } from './run.ts';

const dots: Readonly<Record<RunState | StepState, string>> = {
  pending: 'border border-field',
  queued: 'border border-field',
  running: 'bg-accent pulse',
  waiting: 'bg-warn',
  succeeded: 'bg-ok',
  failed: 'bg-error',
  skipped: 'border border-field',
  cancelled: 'bg-field',
};

const tones: Partial<Readonly<Record<RunState | StepState, string>>> = {
  running: 'text-accent',
  waiting: 'text-warn',
  failed: 'text-error',
};

/** How a run or a step stands: a dot and its word. */
export function StepMark({ state }: { readonly state: RunState | StepState }) {
  return (
    <span
      data-state-word={state}
      className={toClass(
        'inline-flex shrink-0 items-center gap-1.5 whitespace-nowrap',
        tones[state] ?? 'text-muted',
      )}
    >
      <span className={toClass('dot size-1.5 shrink-0 rounded-full', dots[state])} />
      {words.state[state]}
    </span>
  );
}
