import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '../../../ui/button.tsx';
import { IconTable } from '../../../ui/icons.ts';
import { words as uiWords } from '../../../ui/messages.ts';
import { SkeletonRows } from '../../../ui/panels.tsx';
import { EmptyState } from '../../../ui/page/empty-state.tsx';
import { ErrorState } from '../../../ui/page/error-state.tsx';
import { words } from '../messages.ts';
import { graphQuery } from '../queries.ts';
import { GraphPicture } from './graph-picture.tsx';
import { GraphTable } from './graph-table.tsx';

const part = words.graphPart;

/** Who includes whom in the whole project, as a picture or as a table. */
export function GraphView({ project }: { readonly project: string }) {
  const query = useQuery(graphQuery(project));
  const [asTable, setAsTable] = useState(false);
  if (query.isError) {
    return (
      <ErrorState title={part.failed} error={query.error} onRetry={() => void query.refetch()} />
    );
  }
  if (query.data === undefined) return <SkeletonRows rows={8} height="48px" />;
  const { nodes, edges } = query.data;
  if (nodes.length === 0)
    return <EmptyState name="graph" title={part.empty} lead={part.emptyLead} />;
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="flex h-10 shrink-0 items-center gap-3 px-4">
        <p className="min-w-0 flex-1 truncate text-muted">
          {part.sentence(nodes.length, edges.length)}
        </p>
        <Button tone="ghost" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
          <IconTable size={14} />
          {asTable ? uiWords.asChart : uiWords.asTable}
        </Button>
      </div>
      {asTable ? (
        <GraphTable project={project} edges={edges} />
      ) : (
        <GraphPicture project={project} nodes={nodes} edges={edges} />
      )}
    </div>
  );
}
