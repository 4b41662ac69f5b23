import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { toShellWord } from '../../../lib/copy-as.ts';
import { toPath } from '../../../lib/api.ts';
import { toProjectPath } from '../../../lib/server.ts';
import { addToast } from '../../../lib/toasts.ts';
import { useServerUrl } from '../../../lib/use-server-url.ts';
import { writeFile } from '../../../lib/write-file.ts';
import { PageBar } from '../../../shell/page-bar.tsx';
import { Button, toButtonClass } from '../../../ui/button.tsx';
import { CopyAsMenu, useCopyKeys } from '../../../ui/copy-as-menu.tsx';
import { IconArrowLeft, IconDownload } from '../../../ui/icons.ts';
import { NothingHere } from '../../../ui/page/empty-state.tsx';
import { ErrorState } from '../../../ui/page/error-state.tsx';
import { SkeletonRows } from '../../../ui/panels.tsx';
import { words as all } from '../messages.ts';
import { compareQuery, readAllRows, toCompareQuery } from '../queries.ts';
import { RunBar } from './compare-bar.tsx';
import { CompareBody } from './compare-body.tsx';
import { toComparisonCsv } from './comparison-csv.ts';
import { useCompareView, type CompareView } from './use-compare-view.ts';

const words = all.page;

/** Runs side by side: sums with differences, items, plots. */
export function ComparePage() {
  const view = useCompareView();
  const { project, search } = view;
  const query = useQuery({ ...compareQuery(project, search), placeholderData: keepPreviousData });
  const baseUrl = useServerUrl();
  const call = toCall(view, baseUrl);
  useCopyKeys(call);
  const found = query.data;
  return (
    <>
      <PageBar
        title={words.title}
        before={
          <Link
            to="/p/$project/experiments"
            params={{ project }}
            aria-label={words.back}
            data-hint={words.back}
            className={toButtonClass('ghost', true)}
          >
            <IconArrowLeft size={16} />
          </Link>
        }
      >
        <CopyAsMenu call={call} />
        <Button disabled={found === undefined} onClick={() => void exportCsv(view)}>
          <IconDownload size={14} />
          {words.export}
        </Button>
      </PageBar>
      <RunBar view={view} runs={found?.runs ?? []} />
      {search.baseline === undefined ? (
        <NothingHere name="choose">{words.choose}</NothingHere>
      ) : query.isPending ? (
        <SkeletonRows rows={16} />
      ) : query.isError && found === undefined ? (
        <ErrorState
          error={query.error}
          title={words.failed}
          missing={words.missing}
          onRetry={() => void query.refetch()}
        />
      ) : found === undefined ? null : (
        <CompareBody view={view} found={found} />
      )}
    </>
  );
}

function toCall({ project, search, candidates }: CompareView, baseUrl: string) {
  const { baseline = '', slice } = search;
  const names = candidates.map(toShellWord).join(' ');
  const of = slice === undefined ? '' : ` --slice ${toShellWord(slice)}`;
  return {
    command:
      candidates.length === 0
        ? `coaia experiments show ${toShellWord(baseline)} --items`
        : `coaia experiments compare ${names} --baseline ${toShellWord(baseline)}${of}`,
    path: toPath(toProjectPath(project, 'experiments/compare'), toCompareQuery(search)),
    baseUrl,
  };
}

async function exportCsv({ project, search }: CompareView): Promise<void> {
  try {
    const found = await readAllRows(project, search);
    writeFile('comparison.csv', 'text/csv', toComparisonCsv(found));
  } catch {
    addToast({ text: words.failed, tone: 'error' });
  }
}
