/** Copies the pages of one kind; each page is one transaction with the place where the next one begins. */
import { isCoaiaError } from '#base';
import type { Transaction, TransferStepRow } from '#store';
import type { Gap, Kind, MediaPlace } from '../kinds/kind.ts';
import type { Position, SourcePage } from '../sources/pages.ts';
import type { Wire } from '../sources/wire.ts';
import type { Copy } from './copy.ts';
import { removeGap, WAITING, WHOLE } from './storage.ts';

export interface Counts {
  readonly read: number;
  readonly written: number;
}

/** Goes on where the step stands. Returns the sums of all runs of the step. */
export async function copyKind(kind: Kind, copy: Copy): Promise<Counts> {
  const { input, step, source } = copy;
  let counts: Counts = { read: step?.read_count ?? 0, written: step?.written_count ?? 0 };
  let position = toPosition(step?.position);
  for (;;) {
    input.signal.throwIfAborted();
    const page = await kind.readPage(source, position);
    const items = toDistinct(kind, page.items);
    const gaps = input.dryRun ? 0 : await writePage(kind, copy, { page, items, before: counts });
    counts = {
      read: counts.read + items.length,
      written: counts.written + items.length - gaps,
    };
    if (page.next === undefined) return counts;
    position = page.next;
    input.onProgress({ kind: kind.name, ...counts, isDone: false });
  }
}

function toPosition(stored: string | null | undefined): Position | undefined {
  return stored ? (JSON.parse(stored) as Position) : undefined;
}

/** A list that moves while it is read may show a record twice on one page. */
function toDistinct(kind: Kind, items: readonly Wire[]): readonly Wire[] {
  const found = new Map(items.map((item) => [kind.toId(item), item]));
  found.delete('');
  return [...found.values()];
}

interface ReadPage {
  readonly page: SourcePage;
  readonly items: readonly Wire[];
  readonly before: Counts;
}

/** Stores a page; returns how many of its records have no place here. */
async function writePage(kind: Kind, copy: Copy, read: ReadPage): Promise<number> {
  const { db } = copy.ports;
  try {
    return await db.write(async (tx) => {
      const gaps = await writeItems(kind, copy, tx, read.items);
      await endPage(tx, kind, copy, read, gaps);
      return gaps.length;
    });
  } catch (error) {
    // What the store itself reports (full, busy, away) ends the run; it goes on from here later.
    if (isCoaiaError(error) || read.items.length === 0) throw error;
    return writeOneByOne(kind, copy, read);
  }
}

/** A record that the database refuses must not keep the others of its page away. */
async function writeOneByOne(kind: Kind, copy: Copy, read: ReadPage): Promise<number> {
  const { db } = copy.ports;
  const gaps: Gap[] = [];
  for (const item of read.items) {
    try {
      gaps.push(...(await db.write((tx) => writeItems(kind, copy, tx, [item]))));
    } catch (error) {
      if (isCoaiaError(error)) throw error;
      gaps.push({ id: kind.toId(item), reason: `the store refused it: ${toSentence(error)}` });
    }
  }
  await db.write((tx) => endPage(tx, kind, copy, read, gaps));
  return gaps.length;
}

function toSentence(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split('\n')[0] ?? '';
}

async function writeItems(
  kind: Kind,
  { ports, key }: Copy,
  tx: Transaction,
  items: readonly Wire[],
): Promise<readonly Gap[]> {
  const { db, scope, clock } = ports;
  const gaps = await kind.write({ tx, db, scope, now: clock() }, items);
  const refused = new Set(gaps.map(({ id }) => id));
  const kept = items.filter((item) => !refused.has(kind.toId(item)));
  const places = kept.flatMap((item) => kind.findMedia?.(item) ?? []);
  await addMedia(tx, { ...key, now: clock() }, places);
  return gaps;
}

/** Remembers which files are referred to; they are fetched after everything else. */
async function addMedia(
  tx: Transaction,
  facts: { readonly projectId: string; readonly source: string; readonly now: number },
  places: readonly MediaPlace[],
): Promise<void> {
  if (places.length === 0) return;
  const { projectId, source, now } = facts;
  await tx.upsert(
    'media_links',
    places.map((place) => ({
      project_id: projectId,
      subject_type: place.subject,
      parent_id: place.parentId,
      subject_id: place.subjectId,
      field: place.field,
      media_id: place.mediaId,
      created_at: now,
    })),
  );
  await tx.upsert(
    'transfer_gaps',
    [...new Set(places.map(({ mediaId }) => mediaId))].map((id) => ({
      project_id: projectId,
      source,
      kind: 'media',
      subject_id: id,
      reason: WAITING,
      created_at: now,
    })),
  );
}

async function endPage(
  tx: Transaction,
  kind: Kind,
  { ports, key, step }: Copy,
  { page, items, before }: ReadPage,
  gaps: readonly Gap[],
): Promise<void> {
  const now = ports.clock();
  await removeGap(tx, key, kind.name, WHOLE);
  const reasons = new Map(gaps.map(({ id, reason }) => [id, reason]));
  await tx.upsert(
    'transfer_gaps',
    [...reasons].map(([id, reason]) => ({
      project_id: key.projectId,
      source: key.source,
      kind: kind.name,
      subject_id: id,
      reason,
      created_at: now,
    })),
  );
  if (step === undefined) return;
  const after: TransferStepRow = {
    ...step,
    position: page.next === undefined ? null : JSON.stringify(page.next),
    read_count: before.read + items.length,
    written_count: before.written + items.length - gaps.length,
    updated_at: now,
    done_at: page.next === undefined ? now : null,
  };
  await tx.upsert('transfer_steps', [after]);
}
