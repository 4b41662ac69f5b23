import { Tabs } from '@base-ui/react/tabs';
import { Link } from '@tanstack/react-router';
import { useQuery } from '@tanstack/react-query';
import { useDeferredValue } from 'react';
import { toCost, toCount, toDuration } from '../../../lib/format.ts';
import { toButtonClass } from '../../../ui/button.tsx';
import { IconPlayground } from '../../../ui/icons.ts';
import { Failure } from '../../../ui/panels.tsx';
import { Amount, Id } from '../../../ui/value.tsx';
import { observationQuery, traceDetailQuery } from '../detail-query.ts';
import { words } from '../messages.ts';
import { typeLooks, type TraceTreeAnswer } from '../node.ts';
import { detailTabs, type DetailTab } from '../trace-search.ts';
import type { TreeNode } from '../tree.ts';
import { TypeIcon } from '../type-icon.tsx';
import { JsonTab } from './json-tab.tsx';
import { MessagesTab } from './messages-tab.tsx';
import { MetadataTab } from './metadata-tab.tsx';
import { ScoresTab } from './scores-tab.tsx';
import { UsageTab } from './usage-tab.tsx';

/** What is selected, in five tabs. Without a span it is the trace itself. */
export function DetailPane({
  project,
  answer,
  item,
  tab,
  onTab,
}: {
  readonly project: string;
  readonly answer: TraceTreeAnswer;
  readonly item: TreeNode | undefined;
  readonly tab: DetailTab;
  readonly onTab: (tab: DetailTab) => void;
}) {
  // Holding an arrow key skips over spans without asking for each.
  const id = useDeferredValue(item?.node.id);
  const traceId = answer.trace.id;
  const trace = useQuery({ ...traceDetailQuery(project, traceId), enabled: id === undefined });
  const observation = useQuery({
    ...observationQuery(project, traceId, id ?? ''),
    enabled: id !== undefined,
  });
  const query = id === undefined ? trace : observation;
  const scores = answer.scores.filter((score) => id === undefined || score.observationId === id);
  return (
    <Tabs.Root
      value={tab}
      onValueChange={(next) => onTab(next as DetailTab)}
      className="flex min-h-0 flex-1 flex-col"
    >
      <DetailHead project={project} answer={answer} item={item} />
      <Tabs.List
        aria-label={words.detail}
        className="flex h-9 shrink-0 gap-1 overflow-x-auto border-b border-line px-2"
      >
        {detailTabs.map((one, index) => (
          <Tabs.Tab
            key={one}
            value={one}
            data-hint={`${words.tabs[one]} (${index + 1})`}
            className="-mb-px flex h-9 shrink-0 items-center gap-1 border-b-2 border-transparent px-2 text-xs text-muted hover:text-fg focus-visible:-outline-offset-2 data-active:border-accent data-active:text-fg"
          >
            {words.tabs[one]}
            {one === 'scores' && scores.length > 0 ? (
              <span className="tnum text-muted">{scores.length}</span>
            ) : null}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel
        key={tab}
        value={tab}
        tabIndex={0}
        aria-busy={query.isPending}
        className="min-h-0 flex-1 overflow-y-auto focus-visible:-outline-offset-2"
      >
        {query.isError ? (
          <Failure
            title={words.loadFailed}
            error={query.error}
            onRetry={() => void query.refetch()}
          />
        ) : null}
        {query.isPending ? <DetailSkeleton /> : null}
        {query.data === undefined ? null : tab === 'messages' ? (
          <MessagesTab
            subject={query.data}
            running={item === undefined ? answer.trace.running : item.node.durationMs === null}
          />
        ) : tab === 'json' ? (
          <JsonTab key={query.data.id} subject={query.data} />
        ) : tab === 'metadata' ? (
          <MetadataTab subject={query.data} />
        ) : tab === 'usage' ? (
          <UsageTab subject={query.data} answer={answer} item={item} />
        ) : (
          <ScoresTab scores={scores} answer={answer} />
        )}
      </Tabs.Panel>
    </Tabs.Root>
  );
}

function DetailHead({
  project,
  answer,
  item,
}: {
  readonly project: string;
  readonly answer: TraceTreeAnswer;
  readonly item: TreeNode | undefined;
}) {
  const { trace } = answer;
  const node = item?.node;
  const amounts = [
    toDuration(node === undefined ? trace.latencyMs : node.durationMs),
    toCount((node ?? trace).totalTokens),
    toCost((node ?? trace).totalCost),
  ];
  return (
    <div className="flex min-h-10 shrink-0 items-center gap-2 px-3 pt-1">
      <TypeIcon type={node?.type ?? 'TRACE'} />
      <h2 className="min-w-0 truncate font-semibold">
        {node === undefined ? (trace.name ?? trace.id) : (node.name ?? typeLooks[node.type].label)}
      </h2>
      <Id id={node?.id ?? trace.id} />
      <span className="flex-1" />
      <OpenInPlayground project={project} trace={trace.id} node={node} />
      {amounts.map((amount, index) =>
        amount.exact === '' ? null : (
          <Amount key={index} of={amount} className={index === 0 ? '' : 'max-sm:hidden'} />
        ),
      )}
    </div>
  );
}

function OpenInPlayground({
  project,
  trace,
  node,
}: {
  readonly project: string;
  readonly trace: string;
  readonly node: TreeNode['node'] | undefined;
}) {
  if (node?.type !== 'GENERATION') return null;
  return (
    <Link
      to="/p/$project/playground"
      params={{ project }}
      search={{ trace, observation: node.id }}
      aria-label={words.playground}
      data-hint={words.playground}
      className={toButtonClass('ghost', true)}
    >
      <IconPlayground size={14} />
    </Link>
  );
}

function DetailSkeleton() {
  return (
    <div className="late space-y-3 p-3" aria-hidden="true">
      {[30, 92, 84, 60, 24, 88, 72].map((width, index) => (
        <div key={index} className="skeleton h-3" style={{ width: `${width}%` }} />
      ))}
    </div>
  );
}
