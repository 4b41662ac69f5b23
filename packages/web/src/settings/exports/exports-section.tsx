import { useQuery } from '@tanstack/react-query';
import { Failure, SkeletonRows } from '../../ui/panels.tsx';
import { Part, Section } from '../parts/section.tsx';
import { ExportForm } from './export-form.tsx';
import { ExportState } from './export-state.tsx';
import { words } from './messages.ts';
import { exportQuery } from './queries.ts';
import { ExportRuns } from './export-runs.tsx';

const rights = { read: 'exports:read', write: 'exports:write' };

/** Where the project's records go by themselves, how that stands, and the last runs. */
export function ExportsSection({ project }: { readonly project: string }) {
  return (
    <Section rights={rights} wide>
      {(mayWrite) => <Exports project={project} mayWrite={mayWrite} />}
    </Section>
  );
}

function Exports({ project, mayWrite }: { readonly project: string; readonly mayWrite: boolean }) {
  const query = useQuery(exportQuery(project));
  const { data } = query;
  if (data === undefined && !query.isError)
    return (
      <Part title={words.title} lead={words.lead}>
        <SkeletonRows rows={8} height="48px" />
      </Part>
    );
  if (data === undefined)
    return (
      <Failure title={words.failed} error={query.error} onRetry={() => void query.refetch()} />
    );
  return (
    <>
      <Part title={words.title} lead={words.lead}>
        {data === null ? (
          <p className="mb-4 max-w-180 text-pretty text-muted" data-empty="exports">
            {words.none}
          </p>
        ) : null}
        {data === null ? null : <ExportState project={project} row={data} mayWrite={mayWrite} />}
        {data === null && !mayWrite ? null : (
          <ExportForm
            key={data?.updatedAt}
            project={project}
            saved={data ?? undefined}
            disabled={!mayWrite}
          />
        )}
      </Part>
      {data === null ? null : <ExportRuns project={project} />}
    </>
  );
}
