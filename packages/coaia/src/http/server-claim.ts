/**
 * One server per embedded store. The claim lies in the store itself, so it holds whatever path leads there,
 * and a transaction decides between two that start at once. A claim of a dead process counts for nothing.
 */
import { isObject } from '#base';
import type { Database } from '#store';
import { isRunning } from './process-mark.ts';
import type { ProcessMark } from './process-mark.ts';

const NAME = 'server.claim';

/** Claims the store; returns the mark of the server that has it already, or undefined when it is ours now. */
export async function addServerClaim(
  db: Database,
  mark: ProcessMark,
): Promise<ProcessMark | undefined> {
  return db.write(async (transaction) => {
    const rows = await transaction.read<{ value: string }>(
      'SELECT value FROM store_settings WHERE name = ?',
      [NAME],
    );
    const holder = parseMark(rows[0]?.value);
    if (holder !== undefined && holder.pid !== mark.pid && isRunning(holder)) return holder;
    await transaction.upsert('store_settings', [{ name: NAME, value: JSON.stringify(mark) }]);
    return undefined;
  });
}

/** Gives the claim up. */
export async function removeServerClaim(db: Database, mark: ProcessMark): Promise<void> {
  await db.write((transaction) =>
    transaction.run('DELETE FROM store_settings WHERE name = ? AND value = ?', [
      NAME,
      JSON.stringify(mark),
    ]),
  );
}

function parseMark(text: string | undefined): ProcessMark | undefined {
  if (text === undefined) return undefined;
  const value: unknown = JSON.parse(text);
  if (!isObject(value)) return undefined;
  const { pid, start } = value;
  return typeof pid === 'number' && typeof start === 'string' ? { pid, start } : undefined;
}
