import type { Task } from '@coaia/client';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { toDuration } from '../lib/format.ts';
import { runQuery } from '../pipelines/runs/queries.ts';
import { StepMark } from '../pipelines/runs/step-mark.tsx';
import { ValueBlock } from '../pipelines/runs/value-block.tsx';
import { Button, toButtonClass } from '../ui/button.tsx';
import { IconClose } from '../ui/icons.ts';
import { Until } from '../ui/until.tsx';
import { Amount, Id, Time } from '../ui/value.tsx';
import { words } from './messages.ts';
import { canCancel, canRetry, type TaskActs } from './task-menu.tsx';

const names = words.columns;

/** One task beside the list: how it stands, what it was given, where it is recorded. */
export function TaskPanel({
  project,
  task,
  acts,
  onClose,
}: {
  readonly project: string;
  readonly task: Task;
  readonly acts: TaskActs;
  readonly onClose: () => void;
}) {
  return (
    <aside
      aria-label={task.name}
      className="shrink-0 space-y-4 overflow-y-auto border-line p-4 max-md:max-h-[55%] max-md:border-t md:w-96 md:border-l"
      data-panel={task.id}
    >
      <div className="flex items-start gap-2">
        <h2 className="min-w-0 flex-1 font-semibold break-words">{task.name}</h2>
        <Button tone="ghost" square label={words.close} onClick={onClose}>
          <IconClose size={14} />
        </Button>
      </div>
      <dl className="grid grid-cols-[88px_minmax(0,1fr)] gap-y-1">
        <Fact name={names.state}>
          <StepMark state={task.state} />
        </Fact>
        <Fact name={names.kind}>{task.kind}</Fact>
        <Fact name={names.attempt}>{task.attempt}</Fact>
        <Fact name={names.age}>
          <Amount of={toDuration(task.ageMs)} />
        </Fact>
        <Fact name={names.created}>
          <Time iso={task.createdAt} />
        </Fact>
        {task.nextRetry === null ? null : (
          <Fact name={names.nextRetry}>
            <Until iso={task.nextRetry} />
          </Fact>
        )}
        {task.worker === null ? null : <Fact name={names.worker}>{task.worker}</Fact>}
        <Fact name="id">
          <span className="-ml-1">
            <Id id={task.id} />
          </span>
        </Fact>
      </dl>
      {task.error === null ? null : (
        <div className="rounded-r-md border border-line border-l-2 border-l-error p-2.5">
          <p className="break-words text-error">{task.error.message}</p>
          <p className="mt-1 font-mono text-xs text-faint">{task.error.code}</p>
        </div>
      )}
      <TaskButtons project={project} task={task} acts={acts} />
      {task.kind === 'pipeline' ? <Payload project={project} id={task.id} /> : null}
    </aside>
  );
}

function TaskButtons({
  project,
  task,
  acts,
}: {
  readonly project: string;
  readonly task: Task;
  readonly acts: TaskActs;
}) {
  return (
    <div className="flex flex-wrap gap-2">
      <Link
        to="/p/$project/traces/$traceId"
        params={{ project, traceId: task.traceId }}
        className={toButtonClass()}
      >
        {words.openTrace}
      </Link>
      {task.kind === 'pipeline' ? (
        <Link
          to="/p/$project/pipelines/runs/$runId"
          params={{ project, runId: task.id }}
          className={toButtonClass()}
        >
          {words.openRun}
        </Link>
      ) : null}
      {canRetry(task) ? <Button onClick={() => acts.retry(task)}>{words.retry}</Button> : null}
      {canCancel(task) ? (
        <Button tone="danger" onClick={() => acts.cancel(task)}>
          {words.cancel}
        </Button>
      ) : null}
    </div>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="min-w-0 truncate">{children}</dd>
    </>
  );
}

/** What a run was given, as its own page tells it: secrets are masked by the server. */
function Payload({ project, id }: { readonly project: string; readonly id: string }) {
  const { data } = useQuery(runQuery(project, id));
  if (data === undefined) return null;
  const given = {
    template: `${data.template.name}@${data.template.version}`,
    variables: data.variables,
  };
  return (
    <div>
      <ValueBlock name={words.payload} value={given} />
      <p className="mt-1 text-xs text-muted">{words.payloadHint}</p>
    </div>
  );
}
