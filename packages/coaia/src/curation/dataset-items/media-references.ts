/** References to media that stand in the fields of an item, and the files they mean. */
import type { Scope } from '#base';
import type { DatasetItem, DatasetItemMediaReference } from '@coaia/client';
import type { CurationPorts } from '../ports.ts';

const FIELDS = ['input', 'expectedOutput', 'metadata'] as const;

/** A reference as the SDKs write it: `@@@langfuseMedia:type=<mime>|id=<id>|source=<source>@@@`. */
const REFERENCE = /@@@langfuseMedia:([^@]{1,1000})@@@/g;

export interface FoundReference {
  readonly field: (typeof FIELDS)[number];
  readonly referenceString: string;
  /** Of the string that holds it, within the field. */
  readonly jsonPath: string;
  readonly mediaId: string;
}

/** Every reference of an item in the order of its fields; the same one in one string counts once. */
export function findReferences(
  item: Pick<DatasetItem, (typeof FIELDS)[number]>,
): readonly FoundReference[] {
  return FIELDS.flatMap((field) =>
    listStrings(item[field]).flatMap(({ text, jsonPath }) =>
      [...new Set(text.match(REFERENCE))].flatMap((referenceString) => {
        const mediaId = parseReference(referenceString);
        return mediaId === undefined ? [] : [{ field, referenceString, jsonPath, mediaId }];
      }),
    ),
  );
}

/** The id of a reference that has all three of its parts. */
function parseReference(text: string): string | undefined {
  const parts = text.slice('@@@langfuseMedia:'.length, -'@@@'.length).split('|');
  const values = new Map(
    parts.map((part) => {
      const at = part.indexOf('=');
      return [part.slice(0, at), part.slice(at + 1)] as const;
    }),
  );
  return values.get('type') && values.get('source') ? values.get('id') || undefined : undefined;
}

interface Place {
  readonly value: unknown;
  readonly jsonPath: string;
}

/** All strings below a value that may hold a reference, with a stack of our own: values may be deep. */
function listStrings(root: unknown) {
  const found: { readonly text: string; readonly jsonPath: string }[] = [];
  const open: Place[] = [{ value: root, jsonPath: '$' }];
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    const { value, jsonPath } = place;
    if (typeof value === 'string') {
      if (value.includes('@@@langfuseMedia:')) found.push({ text: value, jsonPath });
    } else if (typeof value === 'object' && value !== null) {
      const inner = Array.isArray(value)
        ? value.map((one: unknown, index) => ({ value: one, jsonPath: `${jsonPath}[${index}]` }))
        : Object.entries(value).map(([key, one]) => ({
            value: one as unknown,
            jsonPath: `${jsonPath}['${key.replaceAll(/['\\]/g, String.raw`\$&`)}']`,
          }));
      open.push(...inner.toReversed());
    }
  }
  return found;
}

/** The items with their references to files that this project has; others are left out. */
export async function addMediaReferences(
  { findMedia }: CurationPorts,
  scope: Scope,
  items: readonly DatasetItem[],
): Promise<readonly DatasetItem[]> {
  if (findMedia === undefined) return items;
  const found = items.map((item) => findReferences(item));
  const ids = new Set(found.flat().map(({ mediaId }) => mediaId));
  if (ids.size === 0) return items;
  const files = await findMedia(scope.projectId, [...ids]);
  return items.map((item, index) => ({
    ...item,
    mediaReferences: (found[index] ?? []).flatMap(
      ({ mediaId, ...rest }): readonly DatasetItemMediaReference[] => {
        const media = files.get(mediaId);
        return media === undefined ? [] : [{ ...rest, media }];
      },
    ),
  }));
}

/** The same for one. */
export async function addReferencesOf(
  ports: CurationPorts,
  scope: Scope,
  item: DatasetItem,
): Promise<DatasetItem> {
  const [found = item] = await addMediaReferences(ports, scope, [item]);
  return found;
}
