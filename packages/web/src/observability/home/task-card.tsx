import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { StepMark } from '../../pipelines/runs/step-mark.tsx';
import { Time } from '../../ui/value.tsx';
import { openTasksQuery } from './home-query.ts';
import { words } from './messages.ts';

/** What works or waits in the background; nothing at all while nothing does. */
export function TaskCard({ project }: { readonly project: string }) {
  const { data } = useQuery(openTasksQuery(project));
  if (data === undefined || data.length === 0) return null;
  return (
    <section
      className="rounded-lg border border-line"
      aria-label={words.tasks}
      data-tasks={data.length}
    >
      <div className="row-line flex h-9 items-center px-3">
        <h2 className="flex-1 font-medium">{words.tasks}</h2>
        <Link
          to="/p/$project/tasks"
          params={{ project }}
          className="rounded-sm px-1 text-xs text-accent hover:underline"
        >
          {words.allTasks}
        </Link>
      </div>
      <ul>
        {data.map((task) => (
          <li key={task.id} className="row-line last:shadow-none">
            <Link
              to="/p/$project/tasks"
              params={{ project }}
              search={{ task: task.id }}
              className="flex h-8 items-center gap-3 px-3 hover:bg-hover focus-visible:-outline-offset-2"
            >
              <StepMark state={task.state} />
              <span className="min-w-0 flex-1 truncate">{task.name}</span>
              <Time iso={task.createdAt} className="text-xs text-muted" />
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
