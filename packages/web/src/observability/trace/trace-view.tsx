import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, type ReactNode, type RefObject } from 'react';
import { ApiError } from '../../lib/api.ts';
import { addRecent, updatePreferences, usePreferences } from '../../lib/preferences.ts';
import { sessionQuery } from '../../lib/server.ts';
import { writeCommand, writeLink } from '../../ui/copy-as-menu.tsx';
import { Failure, SkeletonRows } from '../../ui/panels.tsx';
import { Splitter } from '../../ui/splitter.tsx';
import { useElementWidth } from '../../ui/use-element-width.ts';
import { toTraceCall } from '../traces/copy-as.ts';
import { DetailPane } from './detail/detail-pane.tsx';
import { LogPane } from './log-pane.tsx';
import { words } from './messages.ts';
import type { TraceTreeAnswer } from './node.ts';
import { usePaneLabel } from './pane-name.ts';
import { TraceBar } from './trace-bar.tsx';
import { TraceSummary } from './trace-summary.tsx';
import { TraceToolbar } from './trace-toolbar.tsx';
import type { TraceTree } from './tree.ts';
import { useLocalPlace, type PlaceState } from './use-trace-place.ts';
import { useNeighbours } from './use-neighbours.ts';
import { useTrace } from './use-trace.ts';
import { useTraceKeys } from './use-trace-keys.ts';
import { useWaterfall, type Waterfall } from './use-waterfall.ts';
import { WaterfallPane } from './waterfall-pane.tsx';

interface TraceViewProps {
  readonly project: string;
  readonly traceId: string;
  /** In the peek panel: places live in memory, the list keeps its keys. */
  readonly compact?: boolean;
  readonly state?: PlaceState;
  readonly actions?: ReactNode;
}

/** One trace: summary, tree and timeline or log, and the detail of what is selected. */
export function TraceView({
  project,
  traceId,
  compact = false,
  state: given,
  actions,
}: TraceViewProps) {
  const local = useLocalPlace();
  const state = given ?? local;
  const { query, tree } = useTrace(project, traceId);
  const waterfall = useWaterfall(tree, state);
  const find = useRef<HTMLInputElement>(null);
  const neighbours = useNeighbours(project, traceId);
  const session = useQuery(sessionQuery).data;
  const answer = query.data;
  const focusFind = () => find.current?.focus();
  const call = toTraceCall(session?.server.baseUrl ?? location.origin, traceId);
  useTraceKeys({
    tree,
    waterfall,
    state,
    neighbours,
    compact,
    focusFind,
    copyCommand: () => writeCommand(call),
    copyLink: () => writeLink(),
  });
  useRecent(project, traceId, compact ? undefined : answer?.trace.name);
  return (
    <>
      <TraceBar
        project={project}
        traceId={traceId}
        trace={answer?.trace}
        call={call}
        compact={compact}
        neighbours={neighbours}
        actions={actions}
      />
      {query.isError && answer === undefined ? (
        <TraceFailure error={query.error} onRetry={() => void query.refetch()} />
      ) : null}
      {query.isPending ? <SkeletonRows rows={14} /> : null}
      {answer === undefined ? null : (
        <TraceBody
          project={project}
          answer={answer}
          tree={tree}
          waterfall={waterfall}
          state={state}
          find={find}
        />
      )}
    </>
  );
}

function TraceBody({
  project,
  answer,
  tree,
  waterfall,
  state,
  find,
}: {
  readonly project: string;
  readonly answer: TraceTreeAnswer;
  readonly tree: TraceTree;
  readonly waterfall: Waterfall;
  readonly state: PlaceState;
  readonly find: RefObject<HTMLInputElement | null>;
}) {
  const left = (
    <>
      <TraceToolbar tree={tree} waterfall={waterfall} state={state} findRef={find} />
      {state.place.view === 'log' ? (
        <LogPane tree={tree} waterfall={waterfall} />
      ) : (
        <WaterfallPane trace={answer.trace} tree={tree} waterfall={waterfall} />
      )}
    </>
  );
  const right = (
    <DetailPane
      project={project}
      answer={answer}
      item={waterfall.span === null ? undefined : tree.byId.get(waterfall.span)}
      tab={state.place.tab ?? 'messages'}
      onTab={(tab) => state.go({ tab: tab === 'messages' ? undefined : tab })}
    />
  );
  return (
    <>
      <TraceSummary project={project} answer={answer} tree={tree} />
      <Panes left={left} right={right} />
    </>
  );
}

// Side by side where there is room, one over the other in a panel or a narrow window.
function Panes({ left, right }: { readonly left: ReactNode; readonly right: ReactNode }) {
  const box = useRef<HTMLDivElement>(null);
  const width = useElementWidth(box);
  const { treeShare } = usePreferences();
  const [treeLabel, detailLabel] = [usePaneLabel(words.treeLabel), usePaneLabel(words.detail)];
  const stacked = width < 860;
  const share = stacked ? Math.min(treeShare, 0.5) : treeShare;
  const size = `${share * 100}%`;
  return (
    <div ref={box} className={`flex min-h-0 flex-1 ${stacked ? 'flex-col' : ''}`}>
      <section
        className="flex min-h-0 min-w-0 shrink-0 flex-col"
        aria-label={treeLabel}
        style={stacked ? { height: size } : { width: size }}
      >
        {left}
      </section>
      <Splitter
        label={detailLabel}
        direction={stacked ? 'column' : 'row'}
        share={share}
        min={0.25}
        max={stacked ? 0.5 : 0.75}
        onChange={(next) => updatePreferences({ treeShare: next })}
      />
      <section className="flex min-h-0 min-w-0 flex-1 flex-col" aria-label={detailLabel}>
        {right}
      </section>
    </div>
  );
}

function TraceFailure({
  error,
  onRetry,
}: {
  readonly error: unknown;
  readonly onRetry: () => void;
}) {
  if (error instanceof ApiError && error.status === 404) {
    return (
      <div className="max-w-160 p-4" data-empty="trace">
        <p className="font-medium">{words.missing}</p>
        <p className="mt-1 text-muted">{words.missingLead}</p>
      </div>
    );
  }
  return <Failure title={words.loadFailed} error={error} onRetry={onRetry} />;
}

function useRecent(project: string, traceId: string, name: string | null | undefined): void {
  useEffect(() => {
    if (name === undefined) return;
    const path = `/p/${encodeURIComponent(project)}/traces/${encodeURIComponent(traceId)}`;
    addRecent({ path, label: name ?? traceId, kind: 'trace' });
  }, [project, traceId, name]);
}
