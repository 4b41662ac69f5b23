import { Link } from '@tanstack/react-router';
import { Id } from '../../ui/value.tsx';
import { words } from '../messages.ts';
import { PermissionPanel } from './permission-panel.tsx';
import { SchedulesPanel } from './schedules-panel.tsx';
import type { OpenPipeline } from './use-pipeline.ts';

const part = words.about;

/** What a pipeline is, and which permissions its actions need. */
export function AboutPanel({ open: { view, detail } }: { readonly open: OpenPipeline }) {
  const { reading } = view;
  const outline = reading.ok ? reading.outline : undefined;
  const base = outline?.extends?.split('@')[0];
  return (
    <div className="space-y-5 p-4">
      <p className="text-pretty">{outline?.description ?? detail.description}</p>
      <dl className="grid grid-cols-[88px_minmax(0,1fr)] gap-y-1">
        <dt className="text-muted">{part.version}</dt>
        <dd className="tnum">{detail.version}</dd>
        <dt className="text-muted">{part.source}</dt>
        <dd>{words.source[detail.source]}</dd>
        {base === undefined ? null : (
          <>
            <dt className="text-muted">{part.extends}</dt>
            <dd>
              <Link
                to="/p/$project/pipelines/$pipelineName"
                params={{ project: view.project, pipelineName: base }}
                className="underline underline-offset-2 hover:text-accent"
              >
                {outline?.extends}
              </Link>
            </dd>
          </>
        )}
        <dt className="text-muted">{part.digest}</dt>
        <dd className="-ml-1">
          <Id id={detail.digest.replace(/^sha256:/, '')} length={12} />
        </dd>
      </dl>
      <PermissionPanel view={view} />
      <SchedulesPanel project={view.project} name={view.name} />
      <Problems open={{ view, detail }} />
    </div>
  );
}

function Problems({ open: { view } }: { readonly open: OpenPipeline }) {
  const { list } = view.problems;
  if (list.length === 0) return null;
  return (
    <section aria-label={words.edit.problemList}>
      <h2 className="mb-1 text-xs text-muted">{words.edit.problems(list.length)}</h2>
      <ul className="space-y-1">
        {list.map((problem, at) => (
          <li key={at} className={problem.severity === 'error' ? 'text-error' : 'text-warn'}>
            {problem.message}
          </li>
        ))}
      </ul>
    </section>
  );
}
