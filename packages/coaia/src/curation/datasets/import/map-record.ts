/** Turns a record of a file into an item: by the columns that were named, else by the usual names. */
import { invalidRequest } from '#base';
import type { DatasetItemInput } from '@coaia/client';
import { toJson } from '../read-value.ts';
import { findField } from '../training/examples.ts';

/** Column names; several make an object. */
export interface Mapping {
  readonly input: readonly string[];
  readonly output: readonly string[];
  readonly metadata: readonly string[];
  readonly id: string | undefined;
  /** Cells are texts; those that are JSON are read as it. */
  readonly parseJson: boolean;
}

type Row = Readonly<Record<string, unknown>>;

const INPUT = ['input', 'question', 'prompt', 'query'];
const OUTPUT = ['expectedOutput', 'expected_output', 'expected', 'output', 'answer', 'completion'];

/** The item, without its dataset. Fails with COAIA-0002 for a column that the record has not. */
export function toItemInput(record: Row, mapping: Mapping): Omit<DatasetItemInput, 'datasetName'> {
  const chat = mapping.input.length === 0 ? toChat(record['messages']) : undefined;
  const input = chat?.input ?? toValue(record, mapping.input, INPUT, mapping.parseJson);
  const output = toValue(record, mapping.output, OUTPUT, mapping.parseJson);
  const item = {
    id: toText(mapping.id === undefined ? record['id'] : toColumn(record, mapping.id)),
    input,
    expectedOutput: output ?? chat?.output,
    metadata: toValue(record, mapping.metadata, ['metadata'], mapping.parseJson),
    sourceTraceId: toText(record['sourceTraceId']),
    sourceObservationId: toText(record['sourceObservationId']),
    status: toStatus(record['status']),
  };
  return Object.fromEntries(Object.entries(item).filter(([, value]) => value !== undefined));
}

function toValue(
  record: Row,
  named: readonly string[],
  usual: readonly string[],
  parseJson: boolean,
): unknown {
  const read = (column: string) => {
    const value = toColumn(record, column);
    return parseJson && typeof value === 'string' ? (toJson(value) ?? value) : value;
  };
  const [first] = named;
  if (first !== undefined && named.length === 1) return read(first);
  if (first !== undefined) return Object.fromEntries(named.map((column) => [column, read(column)]));
  const found = usual.find((column) => Object.hasOwn(record, column));
  return found === undefined ? undefined : read(found);
}

/** A column by its name, or a place inside one by a dotted path. */
function toColumn(record: Row, column: string): unknown {
  if (Object.hasOwn(record, column)) return record[column];
  const value = findField(record, column);
  if (value !== undefined) return value;
  throw invalidRequest(
    `There is no column ${column}; there are ${Object.keys(record).join(', ')}.`,
  );
}

/** A chat in the form of training files: the last answer is what is expected. */
function toChat(messages: unknown) {
  if (!Array.isArray(messages) || messages.length === 0) return undefined;
  const list = messages as readonly { readonly role?: unknown; readonly content?: unknown }[];
  const last = list.at(-1);
  if (last?.role !== 'assistant') return { input: list, output: undefined };
  return { input: list.slice(0, -1), output: last.content };
}

function toText(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function toStatus(value: unknown): 'ACTIVE' | 'ARCHIVED' | undefined {
  return value === 'ACTIVE' || value === 'ARCHIVED' ? value : undefined;
}
