import { createStore } from './external-store.ts';

/** What changed in the store, as the server tells it (at most five times a second). */
export interface ChangeEvent {
  readonly seq: number;
  readonly traces?: readonly string[];
  readonly sessions?: readonly string[];
  readonly deleted?: readonly string[];
  /** Served models of which something is new: predictions, versions, traffic, gateways. */
  readonly models?: readonly string[];
}

/** `open`: changes arrive; `lost`: nobody answers, the page keeps trying. */
export type LiveState = 'starting' | 'open' | 'lost';

/** State of the line to the server. */
export const liveState = createStore<LiveState>('starting');

/** A page reads while this line is being opened; changes since so many milliseconds before are told, too. */
const MARGIN_MS = 500;

type Listener = (event: ChangeEvent) => void;
const listeners = new Set<Listener>();
let source: EventSource | undefined;
const gapListeners = new Set<() => void>();
/** When the server was last heard of, in epoch milliseconds. */
let heardAt = 0;
let current = '';
let retryTimer: ReturnType<typeof setTimeout> | undefined;
let graceTimer: ReturnType<typeof setTimeout> | undefined;

/** Calls `listener` for every change in the project until the returned function is called. */
export function addChangeListener(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Calls `listener` when changes were missed that the server cannot tell any more: everything is to be read anew. */
export function addGapListener(listener: () => void): () => void {
  gapListeners.add(listener);
  return () => gapListeners.delete(listener);
}

/** Opens the line for a project; a second call for the same project does nothing. */
export function openLive(project: string): void {
  if (current === project && source !== undefined) return;
  closeLive();
  current = project;
  heardAt = Date.now();
  openSource();
}

/** Tries again at once, for the button in the banner. */
export function retryLive(): void {
  source?.close();
  openSource();
}

/** Ends the line. */
export function closeLive(): void {
  clearTimeout(retryTimer);
  clearTimeout(graceTimer);
  source?.close();
  source = undefined;
  current = '';
}

function openSource(): void {
  clearTimeout(retryTimer);
  const openedAt = Date.now();
  const age = Math.min(86_400_000, Math.max(0, openedAt - heardAt) + MARGIN_MS);
  const next = new EventSource(`/api/v1/projects/${encodeURIComponent(current)}/events?age=${age}`);
  source = next;
  let isGreeted = false;
  next.addEventListener('open', setOpen);
  next.addEventListener('hello', (message) => {
    // The age was right when it was sent; later the browser resumes by the number of the last event.
    const isLate = !isGreeted && Date.now() - openedAt > MARGIN_MS;
    isGreeted = true;
    setHeard();
    const { complete } = JSON.parse(String(message.data)) as { readonly complete?: boolean };
    if (complete === false || isLate) for (const listener of gapListeners) listener();
  });
  next.addEventListener('change', (message) => {
    setHeard();
    for (const listener of listeners) listener(JSON.parse(String(message.data)) as ChangeEvent);
  });
  next.addEventListener('error', () => setLost(next));
}

function setHeard(): void {
  heardAt = Date.now();
  setOpen();
}

function setOpen(): void {
  clearTimeout(graceTimer);
  graceTimer = undefined;
  liveState.write('open');
}

// A short break is not worth a banner; the browser tries again by itself unless it was refused.
function setLost(from: EventSource): void {
  if (from !== source) return;
  graceTimer ??= setTimeout(() => liveState.write('lost'), 2500);
  if (from.readyState === EventSource.CLOSED) {
    clearTimeout(retryTimer);
    retryTimer = setTimeout(openSource, 3000);
  }
}
