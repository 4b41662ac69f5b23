/** One field of a batch item: its name in the API and its value. */
import { parseTimeArgument } from '../traces/time-argument.ts';
import type { TimeContext } from '../traces/time-argument.ts';
import { parseObservationLevel, parseObservationType } from './observation-types.ts';

/** `value` undefined: nothing was said. */
export type ReadField =
  | { readonly name: string; readonly value: unknown }
  | { readonly problem: string }
  | { readonly unknown: true };

const NAMES = [
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
  'parentObservationId',
  'startTime',
  'endTime',
  'completionStartTime',
  'statusMessage',
  'usageDetails',
  'costDetails',
  'modelParameters',
  'promptName',
  'promptVersion',
];

/** API name by accepted spelling: camelCase is the API's, snake_case CoAiAPy's. */
const SPELLINGS = new Map(
  NAMES.flatMap((name) => [
    [name, name] as const,
    [name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`), name] as const,
  ]),
);

const READERS = new Map<string, (value: unknown, time: TimeContext) => unknown>([
  ...['startTime', 'endTime', 'completionStartTime'].map((name) => [name, toTime] as const),
  ...['id', 'name', 'parentObservationId'].map((name) => [name, toText] as const),
  ['type', (value) => parseObservationType(String(toText(value)))],
  ['level', (value) => parseObservationLevel(String(toText(value)))],
]);

/** Reads one member of an item. Throws COAIA-1060 for a wrong time. */
export function readField(key: string, value: unknown, time: TimeContext): ReadField {
  const name = SPELLINGS.get(key);
  if (name === undefined) return { unknown: true };
  const isNothing =
    value === undefined || (value === null && name !== 'input' && name !== 'output');
  if (isNothing || (name === 'id' && value === '')) return { name, value: undefined };
  const read = READERS.get(name);
  if (read === undefined) return { name, value };
  const result = read(value, time);
  return result === undefined
    ? { problem: `unknown ${name} ${JSON.stringify(value)}` }
    : { name, value: result };
}

/** Ids and names written as numbers are meant as text. */
function toText(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

/** YAML and JSON make numbers of unquoted TLIDs and drop the zero in front of years before 2010. */
function toTime(value: unknown, context: TimeContext): string | undefined {
  if (typeof value === 'string') return parseTimeArgument(value, context);
  if (typeof value !== 'number') return undefined;
  const digits = String(value);
  const isShort = digits.length === 9 || digits.length === 11;
  return parseTimeArgument(isShort ? `0${digits}` : digits, context);
}
