/** Entries of one project in the store. */
import { isUtf8 } from 'node:buffer';
import type { Clock } from '#base';
import type { Database, StashEntryRow } from '#store';
import { stashErrors } from '../errors.ts';
import { checkKey, conflict, MAX_VALUE_BYTES, toVersion } from './entry.ts';
import type { StashEntry, StashStore, StashWrite } from './entry.ts';
import { matchesGlob } from './glob.ts';

/** Entries that are over are removed this often. */
const PURGE_MS = 60_000;

const purged = new WeakMap<Database, number>();

/** The entries of one project of a store. */
export function openEmbeddedStash(db: Database, projectId: string, clock: Clock): StashStore {
  return {
    place: 'the embedded store',
    put: (write) => put(db, projectId, write, clock()),
    async get(key) {
      const [row] = await db.read<StashEntryRow>(
        'SELECT * FROM stash_entries WHERE project_id = ? AND key = ?',
        [projectId, checkKey(key)],
      );
      return row === undefined || isOver(row, clock()) ? undefined : toEntry(row);
    },
    async list(pattern, limit) {
      const rows = await db.read<StashEntryRow>(
        'SELECT * FROM stash_entries WHERE project_id = ? ORDER BY key',
        [projectId],
      );
      return rows
        .filter((row) => !isOver(row, clock()) && matchesGlob(pattern, row.key))
        .slice(0, limit)
        .map((row) => toEntry(row))
        .map(({ key, value, expiresAt }) => ({ key, bytes: value.length, expiresAt }));
    },
    delete: (key) => remove(db, projectId, checkKey(key), clock()),
  };
}

async function put(db: Database, projectId: string, write: StashWrite, now: number) {
  const { value, lifeSeconds } = write;
  const key = checkKey(write.key);
  if (value.length > MAX_VALUE_BYTES)
    throw stashErrors.create(
      'COAIA-6157',
      `The value under ${key} has ${value.length} bytes; at most ${MAX_VALUE_BYTES} are kept.`,
    );
  const expiresAt = lifeSeconds === null ? null : now + lifeSeconds * 1000;
  await db.write(async (tx) => {
    await tx.lock([`stash:${projectId}:${key}`]);
    const [row] = await tx.read<StashEntryRow>(
      'SELECT * FROM stash_entries WHERE project_id = ? AND key = ?',
      [projectId, key],
    );
    const known = row === undefined || isOver(row, now) ? undefined : row;
    if (!isAllowed(write, known)) throw conflict(write);
    const created = known?.created_at ?? now;
    const stored = { value: toStored(value), created_at: created, updated_at: now };
    await tx.upsert('stash_entries', [
      { project_id: projectId, key, ...stored, expires_at: expiresAt },
    ]);
    if (now - (purged.get(db) ?? -Infinity) < PURGE_MS) return;
    purged.set(db, now);
    await tx.run('DELETE FROM stash_entries WHERE project_id = ? AND expires_at <= ?', [
      projectId,
      now,
    ]);
  });
  return { version: toVersion(value), expiresAt };
}

async function remove(db: Database, projectId: string, key: string, now: number) {
  return db.write(async (tx) => {
    const where = 'project_id = ? AND key = ?';
    const live = `${where} AND (expires_at IS NULL OR expires_at > ?)`;
    return (await tx.run(`DELETE FROM stash_entries WHERE ${live}`, [projectId, key, now])) > 0;
  });
}

function isAllowed({ onlyIf }: StashWrite, known: StashEntryRow | undefined): boolean {
  if (onlyIf === undefined) return true;
  if (onlyIf === 'absent') return known === undefined;
  return known !== undefined && toEntry(known).version === onlyIf.version;
}

function isOver({ expires_at: at }: StashEntryRow, now: number): boolean {
  return at !== null && at <= now;
}

function toEntry({ key, value: text, expires_at: expiresAt }: StashEntryRow): StashEntry {
  const value = fromStored(text);
  return { key, value, version: toVersion(value), expiresAt };
}

/** What is no text that both databases keep stands as base64 behind this character, which no text begins with. */
const MARK = '\u0001';

function toStored(value: Uint8Array): string {
  const bytes = Buffer.from(value);
  if (isUtf8(bytes) && !bytes.includes(0) && bytes[0] !== 1) return bytes.toString('utf8');
  return MARK + bytes.toString('base64');
}

function fromStored(text: string): Buffer {
  return text.startsWith(MARK) ? Buffer.from(text.slice(1), 'base64') : Buffer.from(text, 'utf8');
}
