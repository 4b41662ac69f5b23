/** Turns items into examples and says which were left out, and why. */
import { isObject } from '#base';
import type { DatasetItem } from '@coaia/client';
import { toExample, type Example } from './messages.ts';

export interface ExampleOptions {
  /** The system instruction, when one is given. */
  readonly system?: string | undefined;
  /** Dotted path into the input, for example `question.text`; the whole input when absent. */
  readonly inputField?: string | undefined;
  readonly outputField?: string | undefined;
  /** Leaves out examples that say the same as an earlier one. */
  readonly dedupe: boolean;
}

export interface Examples {
  readonly examples: readonly Example[];
  /** How many items were left out, by reason. */
  readonly skipped: ReadonlyMap<string, number>;
}

/** Examples in the order of the items. 0 and false are values; null and what is empty are not. */
export function toExamples(items: readonly DatasetItem[], options: ExampleOptions): Examples {
  const skipped = new Map<string, number>();
  const skip = (reason: string) => skipped.set(reason, (skipped.get(reason) ?? 0) + 1);
  const seen = new Set<string>();
  const examples: Example[] = [];
  for (const item of items) {
    const input = findField(item.input, options.inputField);
    const output = findField(item.expectedOutput, options.outputField);
    const example = toExample(item.id, input, output, options.system);
    const key = JSON.stringify([example.prompt, example.answer]);
    if (isEmpty(input)) skip('no input');
    else if (isEmpty(output)) skip('no expected output');
    else if (options.dedupe && seen.has(key)) skip('duplicate');
    else {
      seen.add(key);
      examples.push(example);
    }
  }
  return { examples, skipped };
}

/** The member at a dotted path; list positions are numbers. Undefined when there is none. */
export function findField(value: unknown, path: string | undefined): unknown {
  if (path === undefined) return value;
  let place = value;
  for (const key of path.split('.')) {
    if (!hasMembers(place) || !Object.hasOwn(place, key)) return undefined;
    place = place[key];
  }
  return place;
}

/** Objects and lists alike. */
function hasMembers(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined || value === '') return true;
  if (Array.isArray(value)) return value.length === 0;
  return isObject(value) && Object.keys(value).length === 0;
}

const ROLES = new Set(['system', 'user', 'assistant', 'tool', 'function']);

/** What a service for fine-tuning would refuse, one sentence per example; empty when nothing. */
export function findExampleProblems(examples: readonly Example[]): readonly string[] {
  return examples.flatMap(({ id, prompt, answer }) => {
    const problems = [
      prompt.some(({ role }) => role === 'user') ? '' : 'has no user message',
      answer.every(({ role }) => role === 'assistant')
        ? ''
        : 'has an answer that is not by the assistant',
      ...[...prompt, ...answer].map(({ role, content }) => {
        if (!ROLES.has(role)) return `has the unknown role ${role}`;
        return content.trim() === '' ? `has an empty ${role} message` : '';
      }),
    ];
    const first = problems.find((problem) => problem !== '');
    return first === undefined ? [] : [`item ${id} ${first}`];
  });
}

/**
 * Cuts into two by a hash of the item's id, so that an item stays on its side when others come and go.
 * `share` is the part of the first, 0 to 1.
 */
export function toSplit(
  examples: readonly Example[],
  share: number,
): readonly [readonly Example[], readonly Example[]] {
  const order = examples
    .map((example) => ({ example, rank: toHash(example.id) }))
    .toSorted((left, right) => left.rank - right.rank);
  const count = Math.round(examples.length * share);
  const first = new Set(order.slice(0, count).map(({ example }) => example));
  return [
    examples.filter((example) => first.has(example)),
    examples.filter((example) => !first.has(example)),
  ];
}

/** FNV-1a, 32 bits (http://www.isthe.com/chongo/tech/comp/fnv/). */
function toHash(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(text)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash;
}
