/** Files that stand in nothing any more. */
import { toBlobName } from '../media/media.ts';
import type { RetentionPorts } from './ports.ts';
import { readLooseMedia, readReferringTexts, removeLostLinks } from './storage.ts';
import type { LooseMedia } from './storage.ts';

const PAGE = 200;

export interface MediaWork {
  readonly projectId: string;
  readonly cutoff: number;
  /** Notes what a step removed. */
  readonly onRemoved: (counts: { readonly media: number; readonly mediaBytes: number }) => void;
  /** Called before each step; throws to stop. */
  readonly check: () => void;
}

/** Removes old media without a place, bytes first: what is cut off is finished by the next run. */
export async function removeOldMedia(ports: RetentionPorts, work: MediaWork): Promise<void> {
  const { projectId, cutoff } = work;
  await ports.db.write((tx) => removeLostLinks(tx, projectId, cutoff));
  let kept: ReadonlySet<string> | undefined;
  let after = '';
  for (;;) {
    work.check();
    const page = await readLooseMedia(ports.db, projectId, { cutoff, after, limit: PAGE });
    const last = page.at(-1);
    if (last === undefined) return;
    kept ??= await readReferredIds(ports, projectId);
    for (const media of page) {
      if (kept.has(media.id)) continue;
      work.check();
      await removeOne(ports, projectId, media);
      work.onRemoved({ media: 1, mediaBytes: media.stored_at === null ? 0 : media.content_length });
    }
    after = last.id;
  }
}

/** Ids in the texts of dataset items. */
export async function readReferredIds(
  { db }: RetentionPorts,
  projectId: string,
): Promise<ReadonlySet<string>> {
  const ids = new Set<string>();
  let after = '';
  for (;;) {
    const page = await readReferringTexts(db, projectId, after, PAGE);
    for (const { text } of page)
      for (const [, id] of text.matchAll(/@@@langfuseMedia:[^@]*?id=([^|@]+)/g)) ids.add(id ?? '');
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return ids;
    after = last.id;
  }
}

/** First nobody can load it, then the bytes go, then the record, unless it was uploaded again meanwhile. */
export async function removeOne(
  { db, blobs }: RetentionPorts,
  projectId: string,
  { id, sha256 }: Pick<LooseMedia, 'id' | 'sha256'>,
): Promise<void> {
  await db.write(async (tx) => {
    await tx.lock([`media:${projectId}:${id}`]);
    await tx.run('UPDATE media SET stored_at = NULL WHERE project_id = ? AND id = ?', [
      projectId,
      id,
    ]);
  });
  await blobs.remove(toBlobName(projectId, sha256));
  await db.write(async (tx) => {
    await tx.lock([`media:${projectId}:${id}`]);
    await tx.run(
      `DELETE FROM media WHERE project_id = ? AND id = ? AND stored_at IS NULL AND NOT EXISTS (
         SELECT 1 FROM media_links l WHERE l.project_id = media.project_id AND l.media_id = media.id)`,
      [projectId, id],
    );
  });
}
