/** Bodies for the batch endpoint that are wrong as a whole, and events that are wrong alone. */
import { toNestedJson, toUtf16 } from './encodings.ts';
import type { Body } from './hostile-server.ts';

export const TIME = '2026-01-02T03:04:05.000Z';

/** A good event that makes one trace. */
export function toTraceEvent(id: string, body: object = {}): object {
  return { id: `event-${id}`, type: 'trace-create', timestamp: TIME, body: { id, ...body } };
}

export const toBatch = (...batch: readonly unknown[]): string => JSON.stringify({ batch });

const GOOD = toBatch(toTraceEvent('must-not-be-stored'));

/** A batch around a raw piece of JSON that stands where the trace's input is. */
export const toRawBatch = (raw: string): string =>
  `{"batch":[{"id":"raw","type":"trace-create","timestamp":"${TIME}","body":{"id":"must-not-be-stored","input":${raw}}}]}`;

const latin = (text: string) => Buffer.from(text, 'latin1');

/** Whole bodies that nobody can read; each is refused with 400 and stores nothing. */
export const UNREADABLE: Readonly<Record<string, Body>> = {
  empty: '',
  'only white space': ' \n\t ',
  'cut off in the middle': GOOD.slice(0, GOOD.length / 2),
  'cut off at the end': GOOD.slice(0, -1),
  'something behind it': `${GOOD}{}`,
  'UTF-16 with its mark': Buffer.from(toUtf16(GOOD)),
  'UTF-16 without a mark': Buffer.from(GOOD, 'utf16le'),
  'malformed UTF-8': Buffer.concat([latin(GOOD.slice(0, 20)), Buffer.from([0xc3, 0x28, 0xff])]),
  'overlong UTF-8': Buffer.from(toRawBatch('"??"').replace('??', '\u{c0}\u{af}'), 'latin1'),
  'surrogate in UTF-8': Buffer.from(
    toRawBatch('"???"').replace('???', '\u{ed}\u{a0}\u{80}'),
    'latin1',
  ),
  'raw NUL in a string': toRawBatch('"a\0b"'),
  'raw NUL between tokens': `${GOOD}\0`,
  'single quotes': "{'batch':[]}",
  'trailing comma': '{"batch":[],}',
  'NaN as a number': toRawBatch('NaN'),
  'hex number': toRawBatch('0x10'),
  null: 'null',
  'a number': '42',
  'a string': '"batch"',
  'an array': `[${GOOD}]`,
  'batch is an object': '{"batch":{"0":{}}}',
  'batch is a string': '{"batch":"[]"}',
  'batch is null': '{"batch":null}',
  'batch is missing': '{"events":[]}',
  'batch in the prototype': '{"__proto__":{"batch":[]}}',
  'a million levels': toNestedJson(1_000_000),
  'a million open brackets': '['.repeat(1_000_000),
  'a million levels inside an event': toRawBatch(toNestedJson(1_000_000)),
  '5,000 levels inside an event': toRawBatch(toNestedJson(5_000)),
  '300,000 levels of objects': toRawBatch(`${'{"a":'.repeat(300_000)}1${'}'.repeat(300_000)}`),
};

const NAMELESS = { id: 'must-not-be-stored' };

const event = (over: object, body: object = NAMELESS) => ({
  id: 'bad',
  type: 'trace-create',
  timestamp: TIME,
  body,
  ...over,
});
const span = (body: object) =>
  event({ type: 'span-create' }, { id: 'must-not-be-stored', ...body });
const score = (body: object) =>
  event(
    { type: 'score-create' },
    { id: 'must-not-be-stored', traceId: 't', name: 's', value: 1, ...body },
  );

/** Single events that are refused inside a 207; each names its id where it has one. */
export const BAD_EVENTS: Readonly<Record<string, unknown>> = {
  null: null,
  'a number': 1,
  'a string': 'trace-create',
  'an array': [event({})],
  'no id': event({ id: undefined }),
  'empty id': event({ id: '' }),
  'numeric id': event({ id: 7 }),
  'id of 801 characters': event({ id: 'x'.repeat(801) }),
  'id with a carriage return': event({ id: 'a\rb' }),
  'unknown type': event({ type: 'trace-update' }),
  'internal type': event({ type: 'dataset-run-item-create' }),
  'type constructor': event({ type: 'constructor' }),
  'type __proto__': event({ type: '__proto__' }),
  'type toString': event({ type: 'toString' }),
  'type as list': event({ type: ['trace-create'] }),
  'type as object with toString': event({ type: { toString: 1 } }),
  'type missing': event({ type: undefined }),
  'no timestamp': event({ timestamp: undefined }),
  'numeric timestamp': event({ timestamp: 1_767_323_045_000 }),
  'year 275760': event({ timestamp: '+275760-09-13T00:00:00.000Z' }),
  'year -271821': event({ timestamp: '-271821-04-20T00:00:00.000Z' }),
  'year 0': event({ timestamp: '0000-01-01T00:00:00Z' }),
  '30 February': event({ timestamp: '2026-02-30T00:00:00Z' }),
  'month 13': event({ timestamp: '2026-13-01T00:00:00Z' }),
  'hour 25': event({ timestamp: '2026-01-01T25:00:00Z' }),
  'text for a time': event({ timestamp: 'yesterday' }),
  'body null': event({ body: null }),
  'body an array': event({ body: [] }),
  'body a string': event({ body: 'x' }),
  'no body': event({ body: undefined }),
  'body id empty': event({}, { id: '' }),
  'body id with NUL': event({}, { id: 'must\0not' }),
  'body id an object': event({}, { id: { $ne: 1 } }),
  'name an object': event({}, { id: 'must-not-be-stored', name: {} }),
  'tags a string': event({}, { id: 'must-not-be-stored', tags: 'a' }),
  'tags of numbers': event({}, { id: 'must-not-be-stored', tags: [1] }),
  'public a string': event({}, { id: 'must-not-be-stored', public: 'yes' }),
  'timestamp of the trace impossible': event(
    {},
    { id: 'must-not-be-stored', timestamp: '2026-04-31' },
  ),
  'start in the year 275760': span({ startTime: '+275760-09-13T00:00:00.000Z' }),
  'start as 1e400': span({ startTime: 8.64e15 }),
  'end -271821': span({ endTime: '-271821-04-20T00:00:00.000Z' }),
  'unknown level': span({ level: 'LOUD' }),
  'trace id an array': span({ traceId: ['t'] }),
  'usage as text': event(
    { type: 'generation-create' },
    { id: 'must-not-be-stored', usageDetails: 'many' },
  ),
  'score without subject': score({ traceId: undefined }),
  'score with value null': score({ value: null }),
  'score with a huge text': score({ dataType: 'TEXT', value: 'x'.repeat(501) }),
  'score of an unknown type': score({ dataType: 'COLOUR' }),
};
