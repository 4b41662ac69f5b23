import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { observationQuery } from '../../observability/trace/detail-query.ts';
import { typeLooks } from '../../observability/trace/node.ts';
import { TypeIcon } from '../../observability/trace/type-icon.tsx';
import { useNow } from '../../lib/time.ts';
import { toDuration } from '../../lib/format.ts';
import { Button, toButtonClass } from '../../ui/button.tsx';
import { IconClose } from '../../ui/icons.ts';
import { Until } from '../../ui/until.tsx';
import { Amount, Time } from '../../ui/value.tsx';
import { toKnownType } from '../graph/known-type.ts';
import { words } from '../messages.ts';
import { hasEnded, toRunMs, type RunDetail, type RunStep } from './run.ts';
import { StepMark } from './step-mark.tsx';
import type { RunView } from './use-run.ts';
import { ValueBlock } from './value-block.tsx';

const part = words.run;

/** A step of a run: how it stands, what went in, what came out, where it is recorded. */
export function RunStepPanel({
  view,
  run,
  step,
}: {
  readonly view: RunView;
  readonly run: RunDetail;
  readonly step: RunStep;
}) {
  const type = toKnownType(step.type);
  return (
    <div className="space-y-4 p-4" data-panel={step.id}>
      <div>
        <div className="flex items-start gap-2">
          <span className="mt-0.5">
            <TypeIcon type={type} />
          </span>
          <h2 className="min-w-0 flex-1 font-semibold break-words">{step.name}</h2>
          <Button
            tone="ghost"
            square
            label={words.panel.close}
            onClick={() => view.setStep(undefined)}
          >
            <IconClose size={14} />
          </Button>
        </div>
        <p className="text-muted">
          {typeLooks[type].label} · {step.action ?? words.graph.records}
        </p>
      </div>
      <StepFacts step={step} />
      {step.error === null ? null : (
        <div className="rounded-r-md border border-line border-l-2 border-l-error p-2.5">
          <p className="break-words text-error">{step.error.message}</p>
          {step.error.hint === null ? null : (
            <p className="mt-1 font-mono text-xs break-words">{step.error.hint}</p>
          )}
          <p className="mt-1 font-mono text-xs text-faint">{step.error.code}</p>
        </div>
      )}
      <StepActions view={view} run={run} step={step} />
      <StepInput project={view.project} run={run} step={step} />
      {step.output === null ? (
        step.state === 'succeeded' ? (
          <p className="text-muted">{part.noOutput}</p>
        ) : null
      ) : (
        <ValueBlock name={part.output} value={step.output} />
      )}
    </div>
  );
}

/** What went in stands in the step's observation. */
function StepInput({
  project,
  run,
  step,
}: {
  readonly project: string;
  readonly run: RunDetail;
  readonly step: RunStep;
}) {
  const id = step.observationId;
  const recorded = id !== null && step.endedAt !== null;
  const { data } = useQuery({
    ...observationQuery(project, run.traceId, id ?? ''),
    enabled: recorded,
  });
  if (data === undefined || data.input === undefined || data.input === null) return null;
  return <ValueBlock name={part.input} value={data.input} />;
}

function StepFacts({ step }: { readonly step: RunStep }) {
  const now = useNow();
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
      <StepMark state={step.state} />
      {step.startedAt === null ? null : <Amount of={toDuration(toRunMs(step, now))} />}
      {step.attempt > 1 ? <span className="text-muted">{part.attempt(step.attempt)}</span> : null}
      {step.startedAt === null ? null : <Time iso={step.startedAt} className="text-muted" />}
      {step.retryAt === null ? null : (
        <span className="text-muted">
          {part.retryAt} <Until iso={step.retryAt} />
        </span>
      )}
    </div>
  );
}

function StepActions({
  view,
  run,
  step,
}: {
  readonly view: RunView;
  readonly run: RunDetail;
  readonly step: RunStep;
}) {
  const { project, acts } = view;
  const canFork = hasEnded(run) && step.state !== 'pending';
  if (step.observationId === null && !canFork) return null;
  return (
    <div className="flex flex-wrap gap-2">
      {step.observationId === null ? null : (
        <Link
          to="/p/$project/traces/$traceId"
          params={{ project, traceId: run.traceId }}
          search={{ span: step.observationId }}
          className={toButtonClass()}
        >
          {part.openObservation}
        </Link>
      )}
      {canFork ? (
        <Button disabled={acts.busy} onClick={() => void acts.fork(step.id)}>
          {part.fork}
        </Button>
      ) : null}
    </div>
  );
}
