/** Texts under a key. */
import type { Clock } from '#base';
import type { Database } from '#store';

export interface Stash {
  /** Keeps the text; one that was there is replaced. Without `lifeMs` it stays. Durable when it resolves. */
  write(key: string, value: string, lifeMs?: number): Promise<void>;
  /** The text, or undefined when there is none or its time is over. */
  read(key: string): Promise<string | undefined>;
}

/** The entries of one project. */
export function openStash(db: Database, projectId: string, clock: Clock): Stash {
  return {
    async write(key, value, lifeMs) {
      const now = clock();
      const expires = lifeMs === undefined ? null : now + lifeMs;
      await db.write(async (tx) => {
        const [known] = await tx.read<{ readonly created_at: number }>(
          'SELECT created_at FROM stash_entries WHERE project_id = ? AND key = ?',
          [projectId, key],
        );
        await tx.upsert('stash_entries', [
          {
            project_id: projectId,
            key,
            value,
            created_at: known?.created_at ?? now,
            updated_at: now,
            expires_at: expires,
          },
        ]);
      });
    },
    async read(key) {
      const [row] = await db.read<{ readonly value: string; readonly expires_at: number | null }>(
        'SELECT value, expires_at FROM stash_entries WHERE project_id = ? AND key = ?',
        [projectId, key],
      );
      const isOver = row?.expires_at !== null && (row?.expires_at ?? 0) <= clock();
      return row === undefined || isOver ? undefined : row.value;
    },
  };
}
