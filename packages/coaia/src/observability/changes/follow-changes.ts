/** What changes in one project, gathered at most five times a second. */
import { setTimeout as wait } from 'node:timers/promises';
import { listChanges, type ChangeRow } from '#store';
import type { ObservabilityPorts } from '../ports.ts';
import { addChangeListener } from './change-feed.ts';
import {
  addChange,
  countPending,
  createPending,
  MAX_PENDING,
  toChangeMessage,
  type ChangeMessage,
  type PendingChanges,
} from './pending-changes.ts';

/** Least milliseconds between two messages. */
const PAUSE_MS = 200;
const PAGE = 1000;
/** Older changes than this are not told again; a reader that was away longer reads its list anew. */
const RESUME_LIMIT = 10_000;

/** First `hello` with where the feed stands, then `change` whenever something was committed. */
export type FeedMessage =
  | {
      readonly kind: 'hello';
      readonly seq: number;
      /** Where to resume when nothing more than this message arrives. */
      readonly resume: number;
      readonly complete: boolean;
    }
  | ({ readonly kind: 'change' } & ChangeMessage);

/** After which change to begin: a number that was told, otherwise so many milliseconds ago; now by default. */
export interface FeedStart {
  readonly seq?: number | undefined;
  readonly ageMs?: number | undefined;
}

/**
 * Follows one project's changes. `hello.complete` is false when changes since `start` can no longer be told, so that
 * the reader fetches anew. Ends with the signal, or when its reader leaves more than 20,000 ids unread.
 */
export async function* followChanges(
  ports: ObservabilityPorts,
  projectId: string,
  start: FeedStart,
  signal: AbortSignal,
): AsyncGenerator<FeedMessage, void, undefined> {
  const state: State = { pending: createPending(), projectId, wake: () => undefined };
  const feed = await addChangeListener(ports.db, (changes) => addAll(state, changes));
  const stop = () => state.wake();
  signal.addEventListener('abort', stop);
  try {
    const sinceSeq = start.seq ?? (await findSeq(ports, start.ageMs, feed.since));
    const complete = await addMissed(ports, state, sinceSeq, feed.since);
    const resume = complete ? (sinceSeq ?? feed.since) : feed.since;
    yield { kind: 'hello', seq: feed.since, resume, complete };
    for (;;) {
      await nextChange(state, signal);
      if (signal.aborted || countPending(state.pending) > MAX_PENDING) return;
      const message = toChangeMessage(state.pending);
      state.pending = createPending();
      yield { kind: 'change', ...message };
      await wait(PAUSE_MS, undefined, { ref: false });
    }
  } finally {
    signal.removeEventListener('abort', stop);
    feed.remove();
  }
}

interface State {
  pending: PendingChanges;
  readonly projectId: string;
  wake: () => void;
}

function addAll(state: State, changes: readonly ChangeRow[]): void {
  if (countPending(state.pending) > MAX_PENDING) return;
  for (const change of changes) {
    if (change.project_id === state.projectId) addChange(state.pending, change);
  }
  if (countPending(state.pending) > 0) state.wake();
}

function nextChange(state: State, signal: AbortSignal): Promise<void> {
  if (signal.aborted || countPending(state.pending) > 0) return Promise.resolve();
  return new Promise((resolve) => {
    state.wake = resolve;
  });
}

/** The last change that is older than that, as far back as changes are told again. */
async function findSeq(
  { db, clock }: Pick<ObservabilityPorts, 'db' | 'clock'>,
  ageMs: number | undefined,
  until: number,
): Promise<number | undefined> {
  if (ageMs === undefined) return undefined;
  const [row] = await db.read<{ readonly seq: number | null }>(
    'SELECT min(seq) AS seq FROM changes WHERE seq > ? AND at >= ?',
    [until - RESUME_LIMIT - 1, clock() - ageMs],
  );
  return row === undefined || row.seq === null ? until : row.seq - 1;
}

/** Changes between where the reader stopped and where the shared feed stands. */
async function addMissed(
  ports: ObservabilityPorts,
  state: State,
  sinceSeq: number | undefined,
  until: number,
): Promise<boolean> {
  if (sinceSeq === undefined || sinceSeq === until) return true;
  if (sinceSeq > until || until - sinceSeq > RESUME_LIMIT) return false;
  const [oldest] = await ports.db.read<{ readonly seq: number | null }>(
    'SELECT min(seq) AS seq FROM changes',
  );
  let at = sinceSeq;
  const complete = oldest?.seq !== null && oldest !== undefined && oldest.seq <= at + 1;
  while (at < until) {
    const changes = await listChanges(ports.db, at, PAGE);
    const last = changes.at(-1);
    if (last === undefined) break;
    addAll(
      state,
      changes.filter((change) => change.seq <= until),
    );
    at = last.seq;
  }
  return complete;
}
