import type { AnnotationQueueItem, ScoreConfig } from '@coaia/client';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useMemo, useRef } from 'react';
import { useShortcuts } from '../../lib/keyboard.ts';
import { useServerUrl } from '../../lib/use-server-url.ts';
import { PageFrame } from '../../shell/page/page-frame.tsx';
import { Button, toButtonClass } from '../../ui/button.tsx';
import { CheckField } from '../../ui/form/fields.tsx';
import { EmptyState } from '../../ui/page/empty-state.tsx';
import { ErrorState } from '../../ui/page/error-state.tsx';
import { Failure, Key, SkeletonRows } from '../../ui/panels.tsx';
import { words } from './messages.ts';
import {
  configsQuery,
  itemsQuery,
  queueCalls,
  queueQuery,
  refreshQueues,
  subjectQuery,
  type QueueLine,
  type Subject,
} from './queries.ts';
import { ScoreFields } from './score-fields.tsx';
import { OtherScores, SubjectView } from './subject-view.tsx';
import { useReview } from './use-review.ts';

const route = getRouteApi('/p/$project/annotate/$queueId');

/** One queue: its items one at a time, scored with the keyboard. */
export function ReviewPage() {
  const { project, queueId } = route.useParams();
  const search = route.useSearch();
  const queue = useQuery(queueQuery(project, queueId));
  const status = search.view === 'done' ? 'COMPLETED' : 'PENDING';
  const items = useQuery(itemsQuery(project, queueId, status));
  const configs = useQuery(configsQuery(project)).data;
  const baseUrl = useServerUrl();
  const line = queue.data;
  return (
    <PageFrame
      title={line?.name ?? words.title}
      crumbs={[{ label: words.title, link: { to: '/p/$project/annotate', params: { project } } }]}
      detail={line === undefined ? null : words.position(line.total - line.pending, line.total)}
      call={{
        command: `coaia queues items ${queueId}`,
        path: `/api/public/annotation-queues/${queueId}/items`,
        baseUrl,
      }}
    >
      {queue.isError ? (
        <ErrorState
          title={words.failedOne}
          missing={words.missing}
          error={queue.error}
          onRetry={() => void queue.refetch()}
        />
      ) : null}
      {line === undefined || items.data === undefined || configs === undefined ? (
        queue.isError ? null : (
          <SkeletonRows rows={10} />
        )
      ) : (
        <QueueBody project={project} queue={line} items={items.data} configs={configs} />
      )}
    </PageFrame>
  );
}

function QueueBody({
  project,
  queue,
  items,
  configs,
}: {
  readonly project: string;
  readonly queue: QueueLine;
  readonly items: readonly AnnotationQueueItem[];
  readonly configs: readonly ScoreConfig[];
}) {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const go = (id: string | undefined) =>
    void navigate({ search: ({ item: _old, ...rest }) => (id ? { ...rest, item: id } : rest) });
  const at = Math.max(
    0,
    items.findIndex(({ id }) => id === search.item),
  );
  const item = items[at];
  const wanted = useMemo(
    () => queue.scoreConfigIds.flatMap((id) => configs.find((one) => one.id === id) ?? []),
    [queue.scoreConfigIds, configs],
  );
  if (item === undefined) return <NothingLeft project={project} queue={queue} />;
  const to = (by: number) => go(items[(at + by + items.length) % items.length]?.id);
  return (
    <ReviewItem
      key={item.id}
      project={project}
      queue={queue}
      item={item}
      configs={wanted}
      onNext={() => to(1)}
      onPrevious={() => to(-1)}
    />
  );
}

function NothingLeft({ project, queue }: { readonly project: string; readonly queue: QueueLine }) {
  const isUntouched = queue.total === 0;
  return (
    <EmptyState
      name="items"
      title={isUntouched ? words.noItems : words.nothingPending}
      lead={isUntouched ? words.noItemsLead : words.nothingPendingLead}
      action={
        <>
          <Link to="/p/$project/traces" params={{ project }} className={toButtonClass('primary')}>
            {words.toTraces}
          </Link>
          {isUntouched ? null : (
            <Link
              to="/p/$project/annotate/$queueId"
              params={{ project, queueId: queue.id }}
              search={{ view: 'done' }}
              className={toButtonClass()}
            >
              {words.review}
            </Link>
          )}
        </>
      }
    />
  );
}

interface ReviewItemProps {
  readonly project: string;
  readonly queue: QueueLine;
  readonly item: AnnotationQueueItem;
  readonly configs: readonly ScoreConfig[];
  readonly onNext: () => void;
  readonly onPrevious: () => void;
}

function ReviewItem(props: ReviewItemProps) {
  const { project, item, configs } = props;
  const query = useQuery(subjectQuery(project, item));
  const subject = query.data;
  const review = useReview({ ...props, subject });
  const comment = useRef<HTMLTextAreaElement>(null);
  useReviewKeys(props, review, comment);
  return (
    <div className="flex min-h-0 flex-1 max-md:flex-col">
      <div
        className="min-h-0 min-w-0 flex-1 overflow-y-auto max-md:border-b max-md:border-line"
        role="region"
        tabIndex={0}
        aria-label={item.objectId}
      >
        {query.isError ? <Failure title={words.failedOne} error={query.error} /> : null}
        {query.isPending ? <SkeletonRows rows={8} /> : null}
        {subject === null ? <GoneItem {...props} /> : null}
        {subject ? <SubjectView project={project} subject={subject} /> : null}
      </div>
      <aside
        aria-label={words.scores}
        className="flex w-88 shrink-0 flex-col border-l border-line max-md:w-full max-md:border-l-0"
      >
        <div className="min-h-0 flex-1 overflow-y-auto p-4">
          <ScoreFields review={review} configs={configs} commentRef={comment} />
          {review.error === undefined ? null : (
            <div className="-mx-4">
              <Failure title={words.saveFailed} error={review.error} />
            </div>
          )}
          {subject ? <Others subject={subject} /> : null}
        </div>
        <ReviewButtons {...props} review={review} />
      </aside>
    </div>
  );
}

function ReviewButtons({
  project,
  item,
  review,
  onNext,
  onPrevious,
}: ReviewItemProps & { readonly review: ReturnType<typeof useReview> }) {
  const client = useQueryClient();
  const reopen = async () => {
    await queueCalls.setStatus(item, 'PENDING');
    await refreshQueues(client, project);
  };
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-2 border-t border-line p-3">
      <Button tone="primary" disabled={!review.isReady} onClick={() => void review.save()}>
        {words.save}
        <Key>↵</Key>
      </Button>
      <Button onClick={onNext}>{words.skip}</Button>
      <Button tone="ghost" onClick={onPrevious}>
        {words.previous}
      </Button>
      {item.status === 'COMPLETED' ? (
        <Button onClick={() => void reopen()}>{words.reopen}</Button>
      ) : null}
    </div>
  );
}

function Others({ subject }: { readonly subject: Subject }) {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const isBlind = search.blind === 'on';
  const toggle = (on: boolean) =>
    void navigate({
      search: ({ blind: _old, ...rest }) => (on ? { ...rest, blind: 'on' as const } : rest),
      replace: true,
    });
  return (
    <section aria-label={words.others} className="mt-6 border-t border-line pt-3">
      <CheckField label={words.blind} hint={words.blindHint} checked={isBlind} onChange={toggle} />
      {isBlind ? null : (
        <div className="mt-2">
          <h2 className="mb-1.5 text-xs font-medium text-muted">{words.others}</h2>
          <OtherScores scores={subject.scores} />
        </div>
      )}
    </section>
  );
}

function GoneItem({ project, item, onNext }: ReviewItemProps) {
  const client = useQueryClient();
  const remove = async () => {
    await queueCalls.removeItem(item);
    onNext();
    await refreshQueues(client, project);
  };
  return (
    <div className="p-4">
      <p>{words.gone}</p>
      <Button className="mt-2" onClick={() => void remove()}>
        {words.goneAction}
      </Button>
    </div>
  );
}

const digits = ['1', '2', '3', '4', '5', '6', '7', '8', '9'];

function useReviewKeys(
  { onNext, onPrevious }: ReviewItemProps,
  review: ReturnType<typeof useReview>,
  comment: React.RefObject<HTMLTextAreaElement | null>,
): void {
  const { keys } = words;
  useShortcuts(keys.layer, [
    { keys: digits, label: keys.choose, run: (event) => review.chooseByKey(event.key) },
    { keys: ['j', 'ArrowDown'], label: keys.next, run: () => review.move(1) },
    { keys: ['k', 'ArrowUp'], label: keys.before, run: () => review.move(-1) },
    { keys: ['Enter', 'Mod+Enter'], label: keys.save, run: () => void review.save() },
    { keys: ['s'], label: keys.skip, run: onNext },
    { keys: ['p'], label: keys.previous, run: onPrevious },
    { keys: ['m'], label: keys.comment, run: () => comment.current?.focus() },
  ]);
}
