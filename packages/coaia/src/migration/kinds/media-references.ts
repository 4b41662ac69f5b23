/** Finds references to files in what people sent: `@@@langfuseMedia:type=...|id=...|source=...@@@`. */
import type { Wire } from '../sources/wire.ts';
import type { MediaPlace } from './kind.ts';

const REFERENCE = /@@@langfuseMedia:[^@]*?\bid=([A-Za-z0-9_-]{1,100})[^@]*?@@@/g;

/** Each file once per member it stands in. */
export function findReferences(
  item: Wire,
  fields: readonly string[],
  place: Pick<MediaPlace, 'subject' | 'parentId' | 'subjectId'>,
): readonly MediaPlace[] {
  return fields.flatMap((field) => {
    const text = JSON.stringify(item[field] ?? null);
    if (!text.includes('@@@langfuseMedia:')) return [];
    const ids = [...text.matchAll(REFERENCE)].map(([, id = '']) => id);
    return [...new Set(ids)].map((mediaId) => ({ ...place, mediaId, field }));
  });
}
