/** Items of a batch, checked and made into observations (fields: docs/fuse-traces.md). */
import { isObject, toIso } from '#base';
import type { TimeContext } from '../traces/time-argument.ts';
import { readField } from './batch-fields.ts';
import type { Draft, Remarks } from './batch-draft.ts';
import { setParents } from './batch-parents.ts';
import { terminalFailures } from './errors.ts';

/** An observation as it will be sent, before it becomes an event. */
export type BatchObservation = Readonly<Record<string, unknown>> & {
  readonly id: string;
  readonly traceId: string;
  readonly type: string;
};

export interface BatchOptions {
  readonly traceId: string;
  /** Unknown fields and parents outside the batch are problems instead of notices. */
  readonly isStrict: boolean;
  readonly time: TimeContext;
}

export interface ParsedBatch {
  readonly observations: readonly BatchObservation[];
  readonly notices: readonly string[];
}

/** Reads every item. Throws COAIA-1062 naming each wrong one, and COAIA-1060 for a wrong time. */
export function parseBatchItems(items: readonly unknown[], options: BatchOptions): ParsedBatch {
  const remarks: Remarks = { problems: [], notices: [] };
  const { problems, notices } = remarks;
  const drafts = items.map((item, index) => toDraft(item, index, options, remarks));
  setParents(drafts, options.isStrict, remarks);
  if (problems.length > 0) {
    const shown = problems.slice(0, 3).join('; ');
    throw terminalFailures.create(
      'COAIA-1062',
      `The batch has ${problems.length} wrong: ${shown}.`,
      {
        details: problems,
        hint: 'coaia explain COAIA-1062',
      },
    );
  }
  return { observations: drafts.map((draft) => draft.observation), notices };
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
  const unknown = options.isStrict ? remarks.problems : remarks.notices;
  for (const [key, value] of Object.entries(rest)) {
    const field = readField(key, value, options.time);
    if ('unknown' in field) unknown.push(`${where}: unknown field ${key}`);
    else if ('problem' in field) remarks.problems.push(`${where}: ${field.problem}`);
    else if (field.value !== undefined) observation[field.name] = field.value;
  }
  observation['startTime'] ??= toIso(options.time.now);
  observation['level'] ??= 'DEFAULT';
  const isNamed = typeof parent === 'string' || typeof parent === 'number';
  return { where, observation, parent: isNamed ? String(parent) : undefined };
}
