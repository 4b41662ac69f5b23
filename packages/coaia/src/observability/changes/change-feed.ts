/**
 * One reader of the event sequence per store, shared by everybody who listens. It runs only while somebody does:
 * five times a second it asks for the change token, which is cheap, and reads the sequence when it has moved.
 */
import { listChanges, readLastChange, type ChangeRow, type Database } from '#store';
import { addWake } from './poller.ts';

/** Milliseconds between two looks. */
const INTERVAL_MS = 200;
/**
 * Looks after the last movement during which the sequence is read anyway: parallel writers may fill a number
 * that was left open a little later.
 */
const TRAILING_LOOKS = 15;
const PAGE = 1000;

type Listener = (changes: readonly ChangeRow[]) => void;

interface Feed {
  readonly listeners: Set<Listener>;
  last: number;
  token: string;
  looksLeft: number;
  timer: NodeJS.Timeout | undefined;
  /** Resolves when the place to start from is known; undefined while nobody listens. */
  started: Promise<void> | undefined;
  /** The look under way; the next one waits for it. */
  looking: Promise<void> | undefined;
  isKicked: boolean;
  removeWake: () => void;
}

const feeds = new WeakMap<Database, Feed>();

/** Calls `listener` with what is committed from now on, in order, until the returned function is called. */
export async function addChangeListener(
  db: Database,
  listener: Listener,
): Promise<{ readonly since: number; readonly remove: () => void }> {
  const feed = findFeed(db);
  feed.listeners.add(listener);
  const remove = () => {
    feed.listeners.delete(listener);
    if (feed.listeners.size === 0) stopFeed(feed);
  };
  try {
    feed.started ??= startFeed(db, feed);
    await feed.started;
  } catch (error) {
    remove();
    throw error;
  }
  return { since: feed.last, remove };
}

function findFeed(db: Database): Feed {
  const known = feeds.get(db);
  if (known !== undefined) return known;
  const made: Feed = {
    listeners: new Set(),
    last: 0,
    token: '',
    looksLeft: 0,
    timer: undefined,
    started: undefined,
    looking: undefined,
    isKicked: false,
    removeWake: () => undefined,
  };
  feeds.set(db, made);
  return made;
}

/** From the newest change on; the token is taken first, so that nothing between the two is missed. */
async function startFeed(db: Database, feed: Feed): Promise<void> {
  feed.token = await db.changeToken();
  feed.last = await readLastChange(db);
  // Everybody may have gone while this was waiting.
  if (feed.listeners.size === 0) return;
  feed.timer = setInterval(() => look(db, feed), INTERVAL_MS);
  feed.timer.unref();
  feed.removeWake = addWake(db, () => {
    feed.isKicked = true;
    look(db, feed);
  });
}

function stopFeed(feed: Feed): void {
  clearInterval(feed.timer);
  feed.timer = undefined;
  feed.started = undefined;
  feed.removeWake();
}

function look(db: Database, feed: Feed): void {
  if (feed.looking !== undefined || feed.timer === undefined) return;
  feed.looking = readNew(db, feed)
    // A store that is busy or away is asked again in 200 ms.
    .catch(() => undefined)
    .finally(() => {
      feed.looking = undefined;
      if (feed.isKicked) look(db, feed);
    });
}

async function readNew(db: Database, feed: Feed): Promise<void> {
  const token = await db.changeToken();
  if (token !== feed.token || feed.isKicked) feed.looksLeft = TRAILING_LOOKS;
  feed.isKicked = false;
  if (feed.looksLeft === 0) return;
  feed.looksLeft--;
  feed.token = token;
  for (;;) {
    const changes = await listChanges(db, feed.last, PAGE);
    if (changes.length === 0) return;
    feed.last = changes.at(-1)?.seq ?? feed.last;
    for (const listener of feed.listeners) listener(changes);
    if (changes.length < PAGE) return;
  }
}
