/** `last_used_at` of keys: noted in memory, written at most once a minute per key, never in a request's way. */
import type { Clock } from '#base';
import type { Database } from '#store';

const EVERY_MS = 60_000;
/** Uses within this time are written together. */
const GATHER_MS = 1_000;

export interface KeyUsage {
  /** Remembers that a key was used now. */
  add(keyId: string, lastUsedAt: number | null): void;
  /** Writes what is still unwritten and stops the timer. */
  close(): Promise<void>;
}

/** Starts with nothing noted. A failed write is dropped: the next use a minute later tries again. */
export function createKeyUsage(db: Database, clock: Clock): KeyUsage {
  const noted = new Map<string, number>();
  const pending = new Map<string, number>();
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();

  const flush = () => {
    timer = undefined;
    const batch = [...pending];
    pending.clear();
    if (batch.length === 0) return;
    writing = db
      .write(async (transaction) => {
        for (const [id, time] of batch)
          await transaction.run('UPDATE api_keys SET last_used_at = ? WHERE id = ?', [time, id]);
      })
      .catch(() => {});
  };

  return {
    add(keyId, lastUsedAt) {
      const now = clock();
      const before = noted.get(keyId) ?? lastUsedAt ?? 0;
      if (now - before < EVERY_MS && now >= before) return;
      noted.set(keyId, now);
      pending.set(keyId, now);
      timer ??= setTimeout(flush, GATHER_MS).unref();
    },
    async close() {
      clearTimeout(timer);
      flush();
      await writing;
    },
  };
}
