/** `object.name` and `object[key]`: data first or methods first, as Jinja2 does, and nothing else. */
import type { Meter } from '../running/meter.ts';

import { CallReader } from './call-values.ts';
import { countItem, dictMethods, listMethods } from './collection-methods.ts';
import { UNITS_PER_STEP } from './cost.ts';
import { getItem, sizeOf } from './items.ts';
import { stringMethods } from './string-methods.ts';
import { toText } from './show.ts';
import { Callable, isText, Structure, Tuple, type CallValues } from './kinds.ts';

/** `object.name`: a method wins over a key of the same name. */
export function getAttribute(object: unknown, name: string, meter: Meter): unknown {
  if (object instanceof Structure) return object.fields.get(name);
  if (object instanceof Tuple && object.names?.has(name)) return object.names.get(name);
  return getMethod(object, name, meter) ?? getItem(object, name);
}

/** `object[key]`: a key wins over a method of the same name. */
export function getSubscript(object: unknown, key: unknown, meter: Meter): unknown {
  const item = getItem(object, key);
  if (item !== undefined || !isText(key)) return item;
  return getMethod(object, toText(key), meter);
}

function getMethod(object: unknown, name: string, meter: Meter): Callable | undefined {
  const run = findMethod(object, name, meter);
  if (run === undefined) return undefined;
  return new Callable(name, (values: CallValues) => {
    meter.spend(1 + sizeOf(object) / UNITS_PER_STEP);
    return run(new CallReader(name, values));
  });
}

function findMethod(
  object: unknown,
  name: string,
  meter: Meter,
): ((call: CallReader) => unknown) | undefined {
  if (isText(object)) {
    const method = stringMethods.get(name);
    return method && ((call) => method(toText(object), call, meter));
  }
  if (Array.isArray(object)) {
    const method = listMethods.get(name);
    return method && ((call) => method(object as unknown[], call, meter));
  }
  if (object instanceof Map) {
    const method = dictMethods.get(name);
    return method && ((call) => method(object, call, meter));
  }
  return object instanceof Tuple && name === 'count'
    ? (call) => countItem(object.items, call)
    : undefined;
}
