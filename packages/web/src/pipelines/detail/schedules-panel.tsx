import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { IconPlus } from '../../ui/icons.ts';
import { Until } from '../../ui/until.tsx';
import { words } from '../messages.ts';
import { schedulesQuery } from '../schedules/queries.ts';
import { ScheduleDialog } from '../schedules/schedule-dialog.tsx';
import { toWhen } from '../schedules/when.ts';

const part = words.schedules;

/** When a pipeline starts by itself, and a way to make it do so. */
export function SchedulesPanel({
  project,
  name,
}: {
  readonly project: string;
  readonly name: string;
}) {
  const all = useQuery(schedulesQuery(project)).data;
  const [creating, setCreating] = useState(false);
  const own = all?.filter(({ template }) => template === name) ?? [];
  return (
    <section aria-label={part.label} data-schedules={own.length}>
      <div className="mb-1 flex h-7 items-center">
        <h2 className="flex-1 text-xs text-muted">{part.label}</h2>
        <Button tone="ghost" square label={part.create} onClick={() => setCreating(true)}>
          <IconPlus size={14} />
        </Button>
      </div>
      {all !== undefined && own.length === 0 ? <p>{part.none}</p> : null}
      <ul className="space-y-1">
        {own.map((schedule) => (
          <li key={schedule.id} className="flex gap-2">
            <Link
              to="/p/$project/pipelines"
              params={{ project }}
              search={{ view: 'schedules' }}
              className="min-w-0 flex-1 truncate underline-offset-2 hover:text-accent hover:underline"
            >
              {toWhen(schedule)}
            </Link>
            <span className="text-muted">
              {schedule.isPaused ? (
                part.paused
              ) : schedule.nextAt === null ? null : (
                <Until iso={schedule.nextAt} />
              )}
            </span>
          </li>
        ))}
      </ul>
      {creating ? (
        <ScheduleDialog project={project} template={name} onClose={() => setCreating(false)} />
      ) : null}
    </section>
  );
}
