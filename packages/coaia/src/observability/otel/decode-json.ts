/** OTLP/JSON (opentelemetry-proto 1.x, JSON mapping with hex ids) to the internal model. */
import { isObject } from '#base';
import { createAttributes, toFinite, MAX_VALUE_DEPTH, MAX_VALUES } from './model.ts';
import type {
  Attributes,
  OtlpEvent,
  OtlpResourceSpans,
  OtlpScope,
  OtlpScopeSpans,
  OtlpSpan,
} from './model.ts';
import { toHexId } from './ids.ts';
import { fromNanos } from './nanos.ts';
import { refuse, refuseSignal } from './refuse.ts';
import { toText } from './span-view.ts';

type Message = Readonly<Record<string, unknown>>;

interface Budget {
  left: number;
}

/** Decodes a parsed `ExportTraceServiceRequest`; throws COAIA-0002 with the path of what is wrong. */
export function decodeJson(body: Message): readonly OtlpResourceSpans[] {
  if ('resourceLogs' in body || 'resource_logs' in body) throw refuseSignal('logs');
  if ('resourceMetrics' in body || 'resource_metrics' in body) throw refuseSignal('metrics');
  const budget: Budget = { left: MAX_VALUES };
  return Array.from(readList(body, 'resourceSpans', ''), ([item, at]) => ({
    resource: {
      attributes: readAttributes(readMessage(item, 'resource', at), `${at}.resource`, budget),
    },
    scopeSpans: Array.from(readList(item, 'scopeSpans', `${at}.`), ([scopeSpans, path]) =>
      readScopeSpans(scopeSpans, path, budget),
    ),
  }));
}

function readScopeSpans(message: Message, at: string, budget: Budget): OtlpScopeSpans {
  const scope = readMessage(message, 'scope', at);
  return {
    scope: readScope(scope, `${at}.scope`, budget),
    spans: Array.from(readList(message, 'spans', `${at}.`), ([span, path]) =>
      readSpan(span, path, budget),
    ),
  };
}

function readScope(scope: Message, at: string, budget: Budget): OtlpScope {
  return {
    name: readText(scope, 'name', at),
    version: readText(scope, 'version', at),
    attributes: readAttributes(scope, at, budget),
  };
}

function readSpan(span: Message, at: string, budget: Budget): OtlpSpan {
  const traceId = toHexId(field(span, 'traceId'), 16);
  if (traceId === undefined)
    throw refuse(`${at}.traceId`, 'expected 32 hex digits that are not all zero');
  const spanId = toHexId(field(span, 'spanId'), 8);
  if (spanId === undefined)
    throw refuse(`${at}.spanId`, 'expected 16 hex digits that are not all zero');
  const status = readMessage(span, 'status', at);
  return {
    traceId,
    spanId,
    parentSpanId: readParent(span, at),
    name: readText(span, 'name', at),
    startTime: readTime(span, 'startTimeUnixNano', at),
    endTime: readTime(span, 'endTimeUnixNano', at),
    attributes: readAttributes(span, at, budget),
    events: Array.from(readList(span, 'events', `${at}.`), ([event, path]) =>
      readEvent(event, path, budget),
    ),
    status: {
      code: toStatusCode(status['code']),
      message: readText(status, 'message', `${at}.status`),
    },
  };
}

function readParent(span: Message, at: string): string | undefined {
  const value = field(span, 'parentSpanId');
  if (value === undefined || value === null || value === '') return undefined;
  const id = toHexId(value, 8);
  const zero = typeof value === 'string' && /^0+$/.test(value);
  if (id === undefined && !zero) throw refuse(`${at}.parentSpanId`, 'expected 16 hex digits');
  return id;
}

function readEvent(event: Message, at: string, budget: Budget): OtlpEvent {
  spend(budget, at);
  return {
    name: readText(event, 'name', at),
    time: readTime(event, 'timeUnixNano', at),
    attributes: readAttributes(event, at, budget),
  };
}

/** Status codes are numbers; the names of the protobuf enum are accepted too. */
function toStatusCode(value: unknown): number {
  if (typeof value === 'number') return value;
  if (value === 'STATUS_CODE_ERROR') return 2;
  return value === 'STATUS_CODE_OK' ? 1 : 0;
}

/** A member by its camelCase name, or by the snake_case name of the proto file. */
function field(message: Message, name: string): unknown {
  const value = message[name];
  return value === undefined ? message[toSnakeCase(name)] : value;
}

const snakeNames = new Map<string, string>();

/** Members are absent more often than not, so that the other name is asked for all the time. */
function toSnakeCase(name: string): string {
  let snake = snakeNames.get(name);
  if (snake === undefined) {
    snake = name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    snakeNames.set(name, snake);
  }
  return snake;
}

function readMessage(message: Message, name: string, at: string): Message {
  const value = field(message, name);
  if (value === undefined || value === null) return {};
  if (!isObject(value)) throw refuse(`${at}.${name}`, 'expected an object');
  return value;
}

/** Items one by one: a list of all of them and their paths would weigh more than the body. */
function* readList(
  message: Message,
  name: string,
  at: string,
): Generator<readonly [item: Message, path: string], void, undefined> {
  const value = field(message, name);
  if (value === undefined || value === null) return;
  if (!Array.isArray(value)) throw refuse(`${at}${name}`, 'expected an array');
  for (const [index, item] of value.entries()) {
    const path = `${at}${name}[${index}]`;
    if (!isObject(item)) throw refuse(path, 'expected an object');
    yield [item, path];
  }
}

function readText(message: Message, name: string, at: string): string {
  const value = field(message, name);
  if (value === undefined || value === null) return '';
  if (typeof value !== 'string') throw refuse(`${at}.${name}`, 'expected a string');
  return value;
}

function readTime(message: Message, name: string, at: string): number | undefined {
  const time = fromNanos(field(message, name));
  if (time === null) throw refuse(`${at}.${name}`, 'expected unix nanoseconds');
  return time;
}

function readAttributes(message: Message, at: string, budget: Budget): Attributes {
  const attributes = createAttributes();
  for (const [pair, path] of readList(message, 'attributes', `${at}.`)) {
    attributes[readText(pair, 'key', path)] = readValue(field(pair, 'value'), path, 0, budget);
  }
  return attributes;
}

function readValue(value: unknown, at: string, depth: number, budget: Budget): unknown {
  spend(budget, at);
  if (value === undefined || value === null) return null;
  if (!isObject(value)) throw refuse(`${at}.value`, 'expected an AnyValue object');
  if (depth > MAX_VALUE_DEPTH)
    throw refuse(at, `values are nested deeper than ${MAX_VALUE_DEPTH} levels`);
  const simple = readSimple(value);
  if (simple !== undefined) return simple;
  const list = field(value, 'arrayValue');
  if (isObject(list)) {
    return Array.from(readList(list, 'values', `${at}.`), ([item, path]) =>
      readValue(item, path, depth + 1, budget),
    );
  }
  const map = field(value, 'kvlistValue');
  if (!isObject(map)) return null;
  const object = createAttributes();
  for (const [pair, path] of readList(map, 'values', `${at}.`)) {
    object[readText(pair, 'key', path)] = readValue(field(pair, 'value'), path, depth + 1, budget);
  }
  return object;
}

/** Scalars; undefined for lists, maps and empty values. */
function readSimple(value: Message): unknown {
  const text = field(value, 'stringValue');
  if (text !== undefined) return toText(text);
  const flag = field(value, 'boolValue');
  if (flag !== undefined) return flag === true || flag === 'true';
  const whole = field(value, 'intValue');
  if (whole !== undefined) return toWhole(whole);
  const double = field(value, 'doubleValue');
  if (double !== undefined) return toFinite(Number(double));
  const bytes = field(value, 'bytesValue');
  return bytes === undefined ? undefined : toText(bytes);
}

/** 64-bit numbers come as number, text or `{ high, low }`; beyond 2^53 the digits are kept as text. */
function toWhole(value: unknown): number | string {
  if (isObject(value) && Number.isInteger(value['high']) && Number.isInteger(value['low'])) {
    const both = (BigInt(value['high'] as number) << 32n) + BigInt((value['low'] as number) >>> 0);
    return toWhole(String(both));
  }
  const number = Number(value);
  return Number.isSafeInteger(number) || typeof value === 'number'
    ? toFinite(number)
    : String(value);
}

function spend(budget: Budget, at: string): void {
  budget.left--;
  if (budget.left < 0)
    throw refuse(at, `one request may carry ${MAX_VALUES} attribute values and events`);
}
