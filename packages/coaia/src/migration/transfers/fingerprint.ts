/** A short text for what a record says, member by member, so that a million of them fit into memory. */
import { hash } from 'node:crypto';
import { isObject, parseTime, toIso } from '#base';
import type { Wire } from '../sources/wire.ts';

/** Characters per member: 36 bits. */
const WIDTH = 6;

/** Members in order of their names, each as a few characters of its hash. */
export function toFingerprint(content: Wire): string {
  return toNames(content)
    .map((name) => toMark(name, content[name]))
    .join('');
}

/** Names of the members in which a record differs from the one with the fingerprint. */
export function findDifferences(fingerprint: string, content: Wire): readonly string[] {
  const marks = new Set<string>();
  for (let at = 0; at < fingerprint.length; at += WIDTH)
    marks.add(fingerprint.slice(at, at + WIDTH));
  const names = toNames(content);
  const changed = names.filter((name) => !marks.has(toMark(name, content[name])));
  const isOnlyShorter = changed.length === 0 && names.length !== marks.size;
  return isOnlyShorter ? ['a member that is missing here'] : changed;
}

function toNames(content: Wire): readonly string[] {
  return Object.keys(content).toSorted();
}

function toMark(name: string, value: unknown): string {
  const text = `${name}=${JSON.stringify(toPlain(name, value))}`;
  return hash('sha256', text, 'base64url').slice(0, WIDTH);
}

const TIME = /(?:At|Time|timestamp|startDate)$/;

/** One form for what is written in several: times, nothing, and the order of an object's members. */
function toPlain(name: string, value: unknown): unknown {
  if (value === undefined || value === '' || isEmpty(value)) return null;
  if (typeof value === 'string' && TIME.test(name)) {
    const time = parseTime(value);
    return time === undefined ? value : toIso(time);
  }
  return toSorted(value);
}

function isEmpty(value: unknown): boolean {
  return isObject(value) && Object.keys(value).length === 0;
}

function toSorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toSorted);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .toSorted()
      .map((name) => [name, TIME.test(name) ? toPlain(name, value[name]) : toSorted(value[name])]),
  );
}
