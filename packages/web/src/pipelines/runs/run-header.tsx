import { Link } from '@tanstack/react-router';
import { useEffect, useState, type ReactNode } from 'react';
import { toDuration } from '../../lib/format.ts';
import { Until } from '../../ui/until.tsx';
import { Amount, Id, Time } from '../../ui/value.tsx';
import { words } from '../messages.ts';
import { hasEnded, toRunMs, type RunDetail } from './run.ts';
import { StepMark } from './step-mark.tsx';

const part = words.run;

/** How a run stands, in one line; its error below. */
export function RunHeader({ project, run }: { readonly project: string; readonly run: RunDetail }) {
  const now = useSeconds(!hasEnded(run));
  const done = run.steps.filter(({ state }) => state === 'succeeded' || state === 'skipped').length;
  return (
    <section
      aria-label={part.title(run.pipeline.name)}
      className="shrink-0 border-b border-line px-4 py-2"
      data-run={run.id}
      data-state={run.state}
    >
      <div className="flex min-h-6 flex-wrap items-center gap-x-5 gap-y-1">
        <span className="font-medium">
          <StepMark state={run.state} />
        </span>
        <span className="tnum">{part.progress(done, run.steps.length)}</span>
        <Fact name={part.duration}>
          <Amount of={toDuration(toRunMs(run, now))} />
        </Fact>
        <Fact name={part.started}>
          <Time iso={run.startedAt ?? run.createdAt} />
        </Fact>
        {run.attempt > 1 ? <span className="text-muted">{part.attempt(run.attempt)}</span> : null}
        {run.wakeAt === null || hasEnded(run) ? null : (
          <Fact name={part.wakes}>
            <Until iso={run.wakeAt} />
          </Fact>
        )}
        {run.worker === null ? null : (
          <Fact name={part.worker}>
            <span className="font-mono text-xs">{run.worker}</span>
          </Fact>
        )}
        {run.scheduleId === null ? null : <span className="text-muted">{part.schedule}</span>}
        {run.parentRunId === null ? null : (
          <Fact name={part.parent}>
            <Link
              to="/p/$project/pipelines/runs/$runId"
              params={{ project, runId: run.parentRunId }}
              className="font-mono text-xs underline underline-offset-2 hover:text-accent"
            >
              {run.parentRunId.slice(0, 8)}
            </Link>
          </Fact>
        )}
        <Id id={run.id} />
      </div>
      {run.error === null ? null : (
        <p role="alert" className="mt-1 text-pretty text-error">
          {run.error.message}{' '}
          <span className="font-mono text-xs text-muted">
            {[run.error.code, run.error.hint].filter(Boolean).join(' · ')}
          </span>
        </p>
      )}
    </section>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <span className="whitespace-nowrap">
      <span className="mr-1.5 text-muted">{name}</span>
      {children}
    </span>
  );
}

/** The time, told anew each second while `running`. */
function useSeconds(running: boolean): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!running) return;
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [running]);
  return now;
}
