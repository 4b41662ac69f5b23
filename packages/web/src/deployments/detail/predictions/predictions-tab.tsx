import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { Button } from '../../../ui/button.tsx';
import { SelectField } from '../../../ui/form/fields.tsx';
import { DataGrid, GridSkeleton } from '../../../ui/grid/data-grid.tsx';
import { NothingHere } from '../../../ui/page/empty-state.tsx';
import { ErrorState } from '../../../ui/page/error-state.tsx';
import { words } from '../../messages.ts';
import { predictionsQuery } from '../../queries.ts';
import type { PredictionFilter } from '../../search.ts';
import type { OpenDeployment } from '../use-deployment.ts';
import { useNewPredictions } from './use-new-predictions.ts';
import { predictionColumns } from './prediction-columns.tsx';
import { PredictionPanel } from './prediction-panel.tsx';

const part = words.predictions;

/** The newest predictions as they come; one of them beside the list. */
export function PredictionsTab({ open }: { readonly open: OpenDeployment }) {
  const { project, model, search, update } = open.view;
  return (
    <>
      <Filters open={open} />
      <div className="flex min-h-0 flex-1 max-md:flex-col">
        <List open={open} />
        {search.prediction === undefined ? null : (
          <PredictionPanel
            key={search.prediction}
            project={project}
            model={model}
            id={search.prediction}
            versions={open.detail.versions}
            onClose={() => update({ prediction: undefined })}
          />
        )}
      </div>
    </>
  );
}

function Filters({ open: { view, detail } }: { readonly open: OpenDeployment }) {
  const { search, update } = view;
  return (
    <div className="flex shrink-0 flex-wrap gap-3 border-b border-line px-4 py-2">
      <SelectField<PredictionFilter | ''>
        label={part.only}
        className="w-32"
        value={search.only ?? ''}
        onChange={(only) => update({ only: only === '' ? undefined : only, prediction: undefined })}
        options={[
          { value: '', label: part.all },
          { value: 'failed', label: part.onlyFailed },
          { value: 'flagged', label: part.onlyFlagged },
          { value: 'shadow', label: part.onlyShadow },
        ]}
      />
      <SelectField
        label={part.version}
        className="w-32"
        value={search.version === undefined ? '' : String(search.version)}
        onChange={(next) =>
          update({ version: next === '' ? undefined : Number(next), prediction: undefined })
        }
        options={[
          { value: '', label: part.anyVersion },
          ...detail.versions.map(({ version }) => ({
            value: String(version),
            label: words.version(version),
          })),
        ]}
      />
    </div>
  );
}

function List({ open }: { readonly open: OpenDeployment }) {
  const { project, model, search, update } = open.view;
  const { only, version } = search;
  const query = useInfiniteQuery({
    ...predictionsQuery(project, model, { only, version }),
    placeholderData: keepPreviousData,
  });
  const rows = query.data?.pages.flatMap(({ data }) => data);
  const news = useNewPredictions(open.view, (query.data?.pages.length ?? 0) > 1);
  if (query.isError && rows === undefined)
    return (
      <div className="min-w-0 flex-1">
        <ErrorState title={part.failed} error={query.error} onRetry={() => void query.refetch()} />
      </div>
    );
  if (rows === undefined)
    return (
      <div className="min-w-0 flex-1">
        <GridSkeleton />
      </div>
    );
  if (rows.length === 0)
    return (
      <div className="min-w-0 flex-1">
        <NothingHere name="predictions">
          {only === undefined && version === undefined ? part.empty : part.noHits}
        </NothingHere>
      </div>
    );
  return (
    <div className="relative flex min-h-0 min-w-0 flex-1 flex-col">
      {news.hasNew ? (
        <div className="pointer-events-none absolute inset-x-0 top-9 z-10 flex justify-center">
          <Button
            tone="primary"
            className="pointer-events-auto shadow-float"
            onClick={() => void news.showNew()}
          >
            {part.newer}
          </Button>
        </div>
      ) : null}
      <DataGrid
        label={part.list}
        rows={rows}
        columns={predictionColumns}
        toKey={({ requestId, route, version: by }) => `${requestId} ${route} ${by}`}
        toMarks={({ requestId }) => ({ 'data-prediction': requestId })}
        onOpen={({ requestId }) => update({ prediction: requestId })}
        hasMore={query.hasNextPage}
        needMore={() => void query.fetchNextPage()}
      />
    </div>
  );
}
