/** What each run did with the items of one page. */
import { fromStored, type Json, type Scope } from '#base';
import type { DatasetItemRow } from '#store';
import type { ComparedCell, ComparedRow } from '@coaia/client';
import type { CurationPorts } from '../../ports.ts';
import {
  findVersion,
  readContents,
  readVersionsById,
  toExperimentParts,
  type StoredContent,
} from '../details.ts';
import type { Measure } from './measures.ts';
import type { Answer } from './run-facts.ts';
import { readStatusMessages } from './sources.ts';

/** What the rows of one comparison are made of. */
export interface RowSource {
  /** The baseline first. */
  readonly runIds: readonly string[];
  /** Answers by item. */
  readonly answers: ReadonlyMap<string, readonly Answer[]>;
  /** Scores, then cost and latency. */
  readonly measures: readonly Measure[];
  readonly preview: number;
}

/** The rows of one page, in the order of `itemIds`. */
export async function readRows(
  { db }: CurationPorts,
  { projectId }: Scope,
  itemIds: readonly string[],
  source: RowSource,
): Promise<readonly ComparedRow[]> {
  const own = itemIds.flatMap((id) => source.answers.get(id) ?? []);
  const spanIds = own.flatMap(({ stored: { observation_id: id } }) => (id === null ? [] : [id]));
  const traceIds = own.map(({ stored }) => stored.trace_id);
  const failed = own.filter(({ isError }) => isError).map(({ stored }) => stored.trace_id);
  const [spans, traces, versions, messages] = await Promise.all([
    readContents(db, projectId, 'observations', spanIds),
    readContents(db, projectId, 'traces', traceIds),
    readVersionsById(db, projectId, itemIds),
    readStatusMessages(db, projectId, failed),
  ]);
  const find = ({ stored }: Answer) =>
    spans.get(stored.observation_id ?? '') ?? traces.get(stored.trace_id);
  return itemIds.map((itemId) => {
    const answers = source.answers.get(itemId) ?? [];
    const [first] = answers;
    return {
      itemId,
      ...toItemPart(
        source.preview,
        // A run may be older than the item, where its history was brought in later: then its first version.
        findVersion(versions.get(itemId), first && toAnswerTime(first)) ??
          versions.get(itemId)?.at(-1),
        first && find(first),
      ),
      cells: Object.fromEntries(
        source.runIds.flatMap((runId) => {
          const given = answers.filter((answer) => answer.runId === runId);
          const last = given.at(-1);
          if (last === undefined) return [];
          const message = messages.get(last.stored.trace_id) ?? null;
          return [[runId, toCell(source, last, { given, content: find(last), message })]];
        }),
      ),
    };
  });
}

/** The item as the dataset had it, else as the span of an answer tells it. */
function toItemPart(
  preview: number,
  version: DatasetItemRow | undefined,
  content: StoredContent | undefined,
) {
  const cut = (value: Json) => toCut(value, preview).value;
  if (version !== undefined) {
    return {
      input: cut(fromStored(version.input)),
      expectedOutput: cut(fromStored(version.expected_output)),
      metadata: fromStored(version.metadata),
    };
  }
  const { item } = toExperimentParts(content?.metadata);
  return {
    input: cut(fromStored(content?.input)),
    expectedOutput: cut(item['expected_output'] ?? null),
    metadata: item['metadata'] ?? null,
  };
}

/** The time whose version of the item counted: the version the run names, else its start. */
function toAnswerTime({ stored }: Answer): number {
  const named = stored.version === null ? Number.NaN : Number(stored.version);
  return Number.isFinite(named) ? named : stored.start_time;
}

interface CellSource {
  readonly given: readonly Answer[];
  readonly content: StoredContent | undefined;
  readonly message: string | null;
}

function toCell(source: RowSource, last: Answer, parts: CellSource): ComparedCell {
  const { itemId, runId } = last;
  const [baseline = ''] = source.runIds;
  const read = (measure: Measure, run: string) => measure.values.get(run)?.get(itemId);
  const pick = (name: string) => {
    const measure = source.measures.find((one) => one.name === name && one.isFact);
    return measure === undefined ? null : ((read(measure, runId) as number | undefined) ?? null);
  };
  const { value, isCut } = toCut(fromStored(parts.content?.output ?? null), source.preview);
  return {
    traceId: last.stored.trace_id,
    observationId: last.stored.observation_id,
    output: value,
    outputCut: isCut,
    isError: parts.given.some(({ isError }) => isError),
    statusMessage: parts.message,
    cost: pick('cost'),
    latency: pick('latency'),
    scores: Object.fromEntries(
      source.measures.flatMap((measure) => {
        const own = measure.isFact ? undefined : read(measure, runId);
        return own === undefined ? [] : [[measure.name, own]];
      }),
    ),
    ...(runId === baseline
      ? {}
      : {
          deltas: Object.fromEntries(
            source.measures.flatMap((measure) => {
              const [before, after] = [read(measure, baseline), read(measure, runId)];
              if (typeof before !== 'number' || typeof after !== 'number') return [];
              return [[measure.name, after - before]];
            }),
          ),
        }),
    repetitions: parts.given.length - 1,
  };
}

/** A value cut to so many characters: a text stays a text, anything else becomes the beginning of its JSON. */
function toCut(value: Json, most: number): { readonly value: Json; readonly isCut: boolean } {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  if (text.length <= most) return { value, isCut: false };
  return { value: text.slice(0, most), isCut: true };
}
