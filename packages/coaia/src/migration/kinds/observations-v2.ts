/** The v2 form of observations: texts instead of values, and long metadata cut unless it is asked for. */
import { isObject } from '#base';
import { readFollowing } from '../sources/pages.ts';
import type { Position, SourcePage } from '../sources/pages.ts';
import type { Source } from '../sources/source.ts';
import { readText, toWire } from '../sources/wire.ts';
import type { Wire } from '../sources/wire.ts';

const FIELDS = 'core,basic,time,io,metadata,model,usage,prompt,trace_context';

/** Values of this length may have been cut. */
const METADATA_CUT = 200;

/** One page with metadata whole, in the form of the older API plus `traceName`. */
export async function readObservationsV2(
  source: Source,
  position: Position | undefined,
): Promise<SourcePage> {
  const page = await readWith(source, position, undefined);
  const cut = [...new Set(page.items.flatMap(findCutKeys))];
  const whole = cut.length === 0 ? page : await readWith(source, position, cut.join(','));
  return { ...whole, items: whole.items.map(toEntity) };
}

function readWith({ api, since }: Source, position: Position | undefined, expandMetadata?: string) {
  const query = { fields: FIELDS, fromStartTime: since, expandMetadata };
  return readFollowing(api, { segments: ['v2', 'observations'], query, limit: 100 }, position);
}

function findCutKeys(item: Wire): readonly string[] {
  return Object.entries(toWire(item['metadata']))
    .filter(([, value]) => typeof value === 'string' && value.length >= METADATA_CUT)
    .map(([key]) => key);
}

function toEntity(item: Wire): Wire {
  return {
    ...item,
    model: item['providedModelName'] ?? null,
    input: toValue(readText(item, 'input')),
    output: toValue(readText(item, 'output')),
    metadata: isObject(item['metadata']) ? item['metadata'] : {},
    // Marks the form, also where the trace has no name.
    traceName: item['traceName'] ?? null,
  };
}

/** Objects and lists are JSON inside the text; every other text is taken as it is. */
function toValue(text: string | null): unknown {
  if (text === null || !/^\s*[[{]/.test(text)) return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
