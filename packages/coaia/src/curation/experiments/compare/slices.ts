/** Slices of a comparison: items whose metadata has a value. */
import { fromStored, isObject, type Json } from '#base';
import type { ExperimentComparison } from '@coaia/client';
import { comparisonFailures } from './errors.ts';

/** A key with more values is an id or a text, not a kind. */
const MOST_VALUES = 20;

type MetadataByItem = ReadonlyMap<string, Json>;

/** Keys of the first level with two to twenty values, and how many items have each. */
export function toSlices(metadata: MetadataByItem): ExperimentComparison['slices'] {
  const counts = new Map<string, Map<string, number>>();
  for (const value of metadata.values()) {
    for (const [key, text] of toFacets(value)) {
      const values = counts.get(key) ?? new Map<string, number>();
      values.set(text, (values.get(text) ?? 0) + 1);
      counts.set(key, values);
    }
  }
  return [...counts]
    .filter(([, values]) => values.size > 1 && values.size <= MOST_VALUES)
    .map(([key, values]) => ({
      key,
      values: [...values]
        .map(([value, count]) => ({ value, count }))
        .toSorted((left, right) => right.count - left.count),
    }))
    .toSorted((left, right) => (left.key < right.key ? -1 : 1));
}

/** Items of the slice `key=value`; all without one. Fails with COAIA-2303 for another form. */
export function toSliceItems(
  itemIds: readonly string[],
  metadata: MetadataByItem,
  slice: string | undefined,
): readonly string[] {
  if (slice === undefined) return itemIds;
  const place = slice.indexOf('=');
  if (place < 1)
    throw comparisonFailures.create(
      'COAIA-2303',
      `The slice ${slice} is not of the form key=value.`,
    );
  const [key, wanted] = [slice.slice(0, place), slice.slice(place + 1)];
  return itemIds.filter((id) =>
    toFacets(metadata.get(id) ?? null).some(([name, value]) => name === key && value === wanted),
  );
}

function toFacets(value: Json): readonly (readonly [key: string, value: string])[] {
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, one]) =>
    typeof one === 'string' || typeof one === 'number' || typeof one === 'boolean'
      ? [[key, String(one)] as const]
      : [],
  );
}

/** Metadata of items: of the dataset's item, else what the span of the answer tells. */
export function toItemMetadata(
  itemIds: readonly string[],
  stored: ReadonlyMap<string, string | null>,
): MetadataByItem {
  return new Map(itemIds.map((id) => [id, fromStored(stored.get(id) ?? null)]));
}
