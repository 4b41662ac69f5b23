/** SQL of transfers: how far each kind has come, and what waits or has no place here. */
import type { Database, Transaction, TransferGapRow, TransferStepRow } from '#store';
import type { KindName } from '../kinds/kind-names.ts';

type Reader = Pick<Transaction, 'read'>;

/** Whose records, and from where. */
export interface TransferKey {
  readonly projectId: string;
  /** Address and public key of the other server. */
  readonly source: string;
}

/** Reason of a file that was referred to and not fetched yet. */
export const WAITING = 'waiting';

/** Stands for a whole kind, or the rest of it, in the list of what was not copied. */
export const WHOLE = '*';

/** Steps of one source by kind. */
export async function readSteps(
  db: Reader,
  { projectId, source }: TransferKey,
): Promise<ReadonlyMap<string, TransferStepRow>> {
  const rows = await db.read<TransferStepRow>(
    'SELECT * FROM transfer_steps WHERE project_id = ? AND source = ?',
    [projectId, source],
  );
  return new Map(rows.map((row) => [row.kind, row]));
}

/** Starts the kinds anew; files that wait keep waiting. */
export async function startSteps(
  db: Database,
  { projectId, source }: TransferKey,
  kinds: readonly KindName[],
  facts: { readonly options: string; readonly now: number },
): Promise<void> {
  await db.write(async (tx) => {
    for (const kind of kinds)
      if (kind !== 'media')
        await tx.run('DELETE FROM transfer_gaps WHERE project_id = ? AND source = ? AND kind = ?', [
          projectId,
          source,
          kind,
        ]);
    await tx.upsert(
      'transfer_steps',
      kinds.map((kind) => ({
        project_id: projectId,
        source,
        kind,
        position: null,
        options: facts.options,
        read_count: 0,
        written_count: 0,
        started_at: facts.now,
        updated_at: facts.now,
        done_at: null,
      })),
    );
  });
}

/** What could not be copied, by kind. */
export function readGaps(
  db: Reader,
  { projectId, source }: TransferKey,
): Promise<readonly TransferGapRow[]> {
  return db.read(
    'SELECT * FROM transfer_gaps WHERE project_id = ? AND source = ? ORDER BY kind, subject_id',
    [projectId, source],
  );
}

/** Ids of files that were referred to and are not here. */
export async function readWaitingMedia(
  db: Reader,
  { projectId, source }: TransferKey,
): Promise<readonly string[]> {
  const rows = await db.read<{ readonly subject_id: string }>(
    `SELECT subject_id FROM transfer_gaps WHERE project_id = ? AND source = ? AND kind = 'media' ORDER BY subject_id`,
    [projectId, source],
  );
  return rows.map((row) => row.subject_id);
}

/** Forgets that something was missing. */
export async function removeGap(
  tx: Transaction,
  { projectId, source }: TransferKey,
  kind: KindName,
  id: string,
): Promise<void> {
  await tx.run(
    'DELETE FROM transfer_gaps WHERE project_id = ? AND source = ? AND kind = ? AND subject_id = ?',
    [projectId, source, kind, id],
  );
}
