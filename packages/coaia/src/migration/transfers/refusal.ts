/** A kind of records that the other server does not give. */
import { isCoaiaError } from '#base';
import type { KindName } from '../kinds/kind-names.ts';
import type { Copy } from './copy.ts';
import type { Counts } from './copy-kind.ts';
import { readSteps, WHOLE } from './storage.ts';

/** The server's sentence; undefined for what ends the run: no connection, wrong keys, trouble of our own store. */
export function toRefusal(error: unknown): string | undefined {
  if (!isCoaiaError(error)) return undefined;
  // COAIA-1070: refused, or an answer that makes no sense. COAIA-0003 and COAIA-0853: no such list.
  const isOfKind = ['COAIA-0003', 'COAIA-0853', 'COAIA-1070'].includes(error.code);
  const status = (error.cause as { readonly status?: unknown } | undefined)?.status;
  return isOfKind || status === 403 ? error.message.replace(/\.$/, '') : undefined;
}

/**
 * Notes that the kind, or the rest of it, was not given. Unless that is final the step stays open, so that the next
 * run tries it again.
 */
export async function writeRefusal(
  { ports, key }: Copy,
  kind: KindName,
  { reason, isFinal }: { readonly reason: string; readonly isFinal: boolean },
): Promise<Counts> {
  const now = ports.clock();
  const step = (await readSteps(ports.db, key)).get(kind);
  await ports.db.write(async (tx) => {
    await tx.upsert('transfer_gaps', [
      {
        project_id: key.projectId,
        source: key.source,
        kind,
        subject_id: WHOLE,
        reason,
        created_at: now,
      },
    ]);
    if (step !== undefined && isFinal)
      await tx.upsert('transfer_steps', [{ ...step, updated_at: now, done_at: now }]);
  });
  return { read: step?.read_count ?? 0, written: step?.written_count ?? 0 };
}
