/** One ingestion event: its envelope, its type, and the record it speaks about. */
import { isObject, parseTime } from '#base';
import type { AccessLevel } from '#base';
import type { ObservationType } from '@coaia/client';
import type { ConfigsById } from '../score-configs/check-score.ts';
import { ID_RULE, isId } from './body-reader.ts';
import type { FieldIssue } from './body-reader.ts';
import { toOrderKey } from './merge.ts';
import type { Patch } from './merge.ts';
import { toObservationPatch } from './observation-patch.ts';
import type { TypeSource } from './observation-patch.ts';
import { toScorePatch } from './score-patch.ts';
import type { ConfigRefusal } from './score-patch.ts';
import { toTracePatch } from './trace-patch.ts';

export type Entity = 'trace' | 'observation' | 'score';

export interface ParsedEvent {
  readonly id: string;
  readonly entity: Entity;
  /** Id of the record; the event's own id when the body names none, so that resending stays idempotent. */
  readonly subject: string;
  readonly patch: Patch;
}

export interface RefusedEvent {
  readonly id: string;
  readonly status: 400 | 401 | 404;
  readonly message: string;
  readonly error: unknown;
}

/** `undefined` in place of an event that is accepted and says nothing (`sdk-log`). */
export type EventOutcome =
  | { readonly event: ParsedEvent | undefined; readonly id: string }
  | { readonly refused: RefusedEvent };

type EventKind =
  | { readonly entity: 'trace' | 'score' | 'log' }
  | {
      readonly entity: 'observation';
      readonly verb: 'create' | 'update';
      readonly source: TypeSource;
    };

const KINDS: ReadonlyMap<unknown, EventKind> = new Map(
  Object.entries<EventKind>({
    'trace-create': { entity: 'trace' },
    'score-create': { entity: 'score' },
    'sdk-log': { entity: 'log' },
    ...kinds('event', 'EVENT', ['create']),
    ...kinds('span', 'SPAN', ['create', 'update']),
    ...kinds('generation', 'GENERATION', ['create', 'update']),
    ...kinds('agent', 'AGENT', ['create']),
    ...kinds('tool', 'TOOL', ['create']),
    ...kinds('chain', 'CHAIN', ['create']),
    ...kinds('retriever', 'RETRIEVER', ['create']),
    ...kinds('evaluator', 'EVALUATOR', ['create']),
    ...kinds('embedding', 'EMBEDDING', ['create']),
    ...kinds('guardrail', 'GUARDRAIL', ['create']),
    ...kinds('observation', undefined, ['create', 'update']),
  }),
);

function kinds(
  name: string,
  type: ObservationType | undefined,
  verbs: readonly ('create' | 'update')[],
): Readonly<Record<string, EventKind>> {
  return Object.fromEntries(
    verbs.map((verb) => [
      `${name}-${verb}`,
      {
        entity: 'observation',
        verb,
        source: { type, weak: verb === 'update' && type !== undefined },
      },
    ]),
  );
}

/** Longest event id, in characters. */
const MAX_EVENT_ID = 800;

/** Parses one element of a batch. Never throws: what cannot be stored comes back as refused, with the reason. */
export function parseEvent(
  value: unknown,
  level: AccessLevel,
  configs: ConfigsById = NO_CONFIGS,
): EventOutcome {
  if (!isObject(value)) return refuse('', 400, 'Invalid request data', 'An event is an object');
  const id = typeof value.id === 'string' ? value.id : '';
  const time = typeof value.timestamp === 'string' ? parseTime(value.timestamp) : undefined;
  if (!isEventId(id)) return refuse(id, 400, 'Invalid request data', [ID_ISSUE]);
  if (time === undefined) return refuse(id, 400, 'Invalid request data', [TIME_ISSUE]);
  const kind = KINDS.get(value.type);
  if (kind === undefined) return refuse(id, 400, 'Invalid request data', [toTypeIssue(value.type)]);
  if (level === 'scores' && kind.entity !== 'score') {
    return refuse(id, 401, 'Access Scope Denied', 'UnauthorizedError');
  }
  if (kind.entity === 'log') return { id, event: undefined };
  const body = value.body;
  if (!isObject(body)) {
    return refuse(id, 400, 'Invalid request data', [
      { path: ['body'], message: 'Expected an object' },
    ]);
  }
  return toOutcome(id, kind, body, { time, configs });
}

const NO_CONFIGS: ConfigsById = new Map();

/** What parsing a body needs besides the body. */
interface Around {
  readonly time: number;
  readonly configs: ConfigsById;
}

function toTypeIssue(type: unknown): FieldIssue {
  const name = typeof type === 'string' ? JSON.stringify(type.slice(0, 100)) : typeof type;
  return { path: ['type'], message: `Unknown event type ${name}` };
}

function isEventId(id: string): boolean {
  return id !== '' && id.length <= MAX_EVENT_ID && !id.includes('\r');
}

const ID_ISSUE: FieldIssue = {
  path: ['id'],
  message: `Expected 1 to ${MAX_EVENT_ID} characters without carriage returns`,
};

const TIME_ISSUE: FieldIssue = {
  path: ['timestamp'],
  message: 'Expected an ISO 8601 date-time with offset',
};

function toOutcome(
  id: string,
  kind: Exclude<EventKind, { readonly entity: 'log' }>,
  body: Record<string, unknown>,
  around: Around,
): EventOutcome {
  const subject = body.id ?? id;
  if (!isId(subject)) {
    const reason = { path: ['body', 'id'], message: `Expected ${ID_RULE}` };
    return refuse(id, 400, 'Invalid request data', [reason]);
  }
  const patch = toPatch(kind, body, id, around);
  if (Array.isArray(patch)) return refuse(id, 400, 'Invalid request data', patch);
  if ('status' in patch) return refuse(id, patch.status, patch.message, REFUSALS[patch.status]);
  return { id, event: { id, entity: kind.entity as Entity, subject, patch: patch as Patch } };
}

const REFUSALS = { 400: 'InvalidRequestError', 404: 'LangfuseNotFoundError' } as const;

function toPatch(
  kind: Exclude<EventKind, { readonly entity: 'log' }>,
  body: Record<string, unknown>,
  id: string,
  { time, configs }: Around,
): Patch | readonly FieldIssue[] | ConfigRefusal {
  if (kind.entity === 'observation') {
    return toObservationPatch(body, kind.source, toOrderKey(kind.verb, time, id), time);
  }
  const key = toOrderKey('create', time, id);
  return kind.entity === 'trace'
    ? toTracePatch(body, key, time)
    : toScorePatch(body, key, time, configs);
}

function refuse(
  id: string,
  status: RefusedEvent['status'],
  message: string,
  error: unknown,
): EventOutcome {
  return { refused: { id, status, message, error } };
}
