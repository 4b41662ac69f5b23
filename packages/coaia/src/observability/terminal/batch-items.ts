/** Items of a batch, checked and made into observations (fields: docs/fuse-traces.md). */
import { isObject, toIso } from '#base';
import { parseTimeArgument } from '../traces/time-argument.ts';
import type { TimeContext } from '../traces/time-argument.ts';
import { terminalFailures } from './errors.ts';
import { parseObservationLevel, parseObservationType } from './observation-types.ts';

/** An observation as it will be sent, before it becomes an event. */
export type BatchObservation = Readonly<Record<string, unknown>> & {
  readonly id: string;
  readonly traceId: string;
  readonly type: string;
};

export interface BatchOptions {
  readonly traceId: string;
  /** Unknown fields and parents outside the batch are errors instead of notices. */
  readonly isStrict: boolean;
  readonly time: TimeContext;
}

export interface ParsedBatch {
  readonly observations: readonly BatchObservation[];
  /** What was ignored or assumed, one sentence each. */
  readonly notices: readonly string[];
}

/** Body field of each accepted spelling; snake_case is CoAiAPy's, camelCase the API's. */
const FIELDS: Readonly<Record<string, string>> = Object.fromEntries(
  [
    ...[
      'id',
      'type',
      'name',
      'input',
      'output',
      'metadata',
      'level',
      'model',
      'usage',
      'version',
      'environment',
    ],
    ...['parentObservationId', 'startTime', 'endTime', 'completionStartTime', 'statusMessage'],
    ...['usageDetails', 'costDetails', 'modelParameters', 'promptName', 'promptVersion'],
  ].flatMap((field) => [
    [field, field],
    [field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`), field],
  ]),
);

const TIMES = ['startTime', 'endTime', 'completionStartTime'];

/** Reads every item. Throws COAIA-1062 naming each wrong one, and COAIA-1060 for a wrong time. */
export function parseBatchItems(items: readonly unknown[], options: BatchOptions): ParsedBatch {
  const problems: string[] = [];
  const notices: string[] = [];
  const drafts = items.map((item, index) => toDraft(item, index, options, { problems, notices }));
  const observations = setParents(drafts, options, { problems, notices });
  if (problems.length > 0) {
    throw terminalFailures.create(
      'COAIA-1062',
      `The batch has ${problems.length} wrong: ${problems.slice(0, 3).join('; ')}.`,
      {
        details: problems,
        hint: 'coaia explain COAIA-1062',
      },
    );
  }
  return { observations, notices };
}

interface Remarks {
  readonly problems: string[];
  readonly notices: string[];
}

interface Draft {
  readonly where: string;
  readonly observation: Record<string, unknown> & { id: string; traceId: string; type: string };
  /** `parent`: the id or name of another item. */
  readonly parent: string | undefined;
}

function toDraft(item: unknown, index: number, options: BatchOptions, remarks: Remarks): Draft {
  const where = `item ${index + 1}`;
  const id = `${options.traceId}-obs-${index + 1}`;
  const observation: Draft['observation'] = { id, traceId: options.traceId, type: 'EVENT' };
  if (!isObject(item)) {
    remarks.problems.push(`${where} is not an object`);
    return { where, observation, parent: undefined };
  }
  const { parent, ...rest } = item;
  for (const [key, value] of Object.entries(rest)) {
    const field = FIELDS[key];
    if (field !== undefined) setField(observation, field, value, { where, options, remarks });
    else
      (options.isStrict ? remarks.problems : remarks.notices).push(
        `${where}: unknown field ${key}`,
      );
  }
  observation['startTime'] ??= toIso(options.time.now);
  observation['level'] ??= 'DEFAULT';
  return {
    where,
    observation,
    parent: parent === undefined || parent === null ? undefined : String(parent),
  };
}

interface FieldContext {
  readonly where: string;
  readonly options: BatchOptions;
  readonly remarks: Remarks;
}

function setField(
  observation: Draft['observation'],
  field: string,
  value: unknown,
  context: FieldContext,
): void {
  const { where, options, remarks } = context;
  if (value === undefined || (value === null && field !== 'input' && field !== 'output')) return;
  if (TIMES.includes(field)) observation[field] = toTime(value, options.time);
  else if (field === 'id' || field === 'name' || field === 'parentObservationId') {
    // Ids and names written as numbers are meant as text.
    if (typeof value === 'object') remarks.problems.push(`${where}: ${field} is not a text`);
    else if (field !== 'id' || value !== '') observation[field] = String(value);
  } else if (field === 'type' || field === 'level') {
    const word =
      field === 'type' ? parseObservationType(String(value)) : parseObservationLevel(String(value));
    if (word === undefined)
      remarks.problems.push(`${where}: unknown ${field} ${JSON.stringify(value)}`);
    else observation[field] = word;
  } else observation[field] = value;
}

/** YAML and JSON make numbers of unquoted TLIDs and drop the zero in front of years before 2010. */
function toTime(value: unknown, context: TimeContext): string {
  if (typeof value !== 'number') return parseTimeArgument(String(value), context);
  const digits = String(value);
  const isShort = digits.length === 9 || digits.length === 11;
  return parseTimeArgument(isShort ? `0${digits}` : digits, context);
}

/** Resolves `parent`, checks that ids are unique and that nobody is his own ancestor. */
function setParents(
  drafts: readonly Draft[],
  options: BatchOptions,
  remarks: Remarks,
): readonly BatchObservation[] {
  const byId = new Map<string, Draft>();
  const byName = new Map<string, Draft[]>();
  for (const draft of drafts) {
    const { id, name } = draft.observation;
    if (byId.has(id)) remarks.problems.push(`${draft.where}: the id ${id} appears twice`);
    byId.set(id, draft);
    if (typeof name === 'string') byName.set(name, [...(byName.get(name) ?? []), draft]);
  }
  for (const draft of drafts) {
    const { parent, where, observation } = draft;
    if (parent === undefined) {
      if (observation['parentObservationId'] === undefined) continue;
    } else {
      const named = byName.get(parent) ?? [];
      if (!byId.has(parent) && named.length > 1)
        remarks.problems.push(`${where}: ${named.length} items are named ${parent}`);
      observation['parentObservationId'] = byId.has(parent)
        ? parent
        : (named[0]?.observation.id ?? parent);
    }
    const parentId = observation['parentObservationId'] as string;
    if (!byId.has(parentId)) {
      const list = options.isStrict ? remarks.problems : remarks.notices;
      list.push(`${where}: the parent ${parentId} is not in the batch`);
    }
  }
  for (const draft of drafts) {
    if (isOwnAncestor(draft, byId))
      remarks.problems.push(`${draft.where}: its parents form a circle`);
  }
  return drafts.map((draft) => draft.observation);
}

function isOwnAncestor(draft: Draft, byId: ReadonlyMap<string, Draft>): boolean {
  const seen = new Set<string>();
  let at = draft.observation['parentObservationId'];
  while (typeof at === 'string' && !seen.has(at)) {
    if (at === draft.observation.id) return true;
    seen.add(at);
    at = byId.get(at)?.observation['parentObservationId'];
  }
  return false;
}
