/**
 * What the service says while it works: one line for each request, and the lines that models print. JSON or text,
 * gathered and written together, so that a line costs about a microsecond of the request's time.
 */
import { toIso } from '#base';
import type { WorkerLine } from '../runtimes/runtime.ts';

export type Level = 'debug' | 'info' | 'warn' | 'error';

const LEVELS: readonly Level[] = ['debug', 'info', 'warn', 'error'];

/** Successful requests a second that are all logged; above it they are sampled. Failures are always logged. */
const FULL_RATE = 50;
const FLUSH_MS = 100;
const FLUSH_CHARS = 64 * 1024;

/** One finished request. Nothing in it comes from the rows. */
export interface RequestEntry {
  readonly model: string;
  readonly version: number;
  readonly requestId: string;
  readonly traceId: string;
  readonly durationMs: number;
  readonly rows: number;
  /** HTTP status. */
  readonly status: number;
  readonly method: string;
  readonly path: string;
  /** Public key, or who asked through the workbench; undefined where no keys are asked for. */
  readonly caller?: string | undefined;
  readonly error?: { readonly code: string; readonly message: string };
}

export interface ServiceLog {
  request(entry: RequestEntry): void;
  say(level: Level, message: string, fields?: Readonly<Record<string, unknown>>): void;
  /** A line that a model's code printed. */
  worker(line: WorkerLine): void;
  /** Writes what is gathered. */
  flush(): void;
}

export interface ServiceLogOptions {
  /** `gateway`, `host`: the field `svc`. */
  readonly service: string;
  readonly level: Level;
  readonly format: 'auto' | 'json' | 'text';
  /** `auto` is text on a terminal and JSON elsewhere. */
  readonly isTerminal: boolean;
  /** Takes whole lines with their ends. */
  readonly write: (text: string) => void;
  readonly now?: () => number;
}

export function createServiceLog(options: ServiceLogOptions): ServiceLog {
  const { service, level, write, now = Date.now } = options;
  const isJson = options.format === 'json' || (options.format === 'auto' && !options.isTerminal);
  const lowest = LEVELS.indexOf(level);
  const isSampled = createSampler(now);
  let text = '';
  let timer: NodeJS.Timeout | undefined;
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    if (text === '') return;
    const lines = text;
    text = '';
    write(lines);
  };
  const add = (line: string) => {
    text += line;
    if (text.length >= FLUSH_CHARS) flush();
    else timer ??= setTimeout(flush, FLUSH_MS).unref();
  };
  const isOn = (one: Level) => LEVELS.indexOf(one) >= lowest;
  const say: ServiceLog['say'] = (one, message, fields = {}) => {
    if (!isOn(one)) return;
    const time = toIso(now());
    add(
      isJson
        ? `${JSON.stringify({ ts: time, level: one, svc: service, ...fields, msg: message })}\n`
        : `${time} ${one} ${service} ${toLine(message)}${toPairs(fields)}\n`,
    );
  };
  return {
    request(entry) {
      const one = toLevel(entry.status);
      if (!isOn(one) || (one === 'info' && !isSampled())) return;
      const time = toIso(now());
      add(isJson ? toJsonLine(time, one, service, entry) : toTextLine(time, one, entry));
    },
    say,
    worker: ({ level: one, text: message, model, version, requestId }) =>
      say(one, message, {
        model,
        version,
        ...(requestId === undefined ? {} : { request_id: requestId }),
        source: 'model',
      }),
    flush,
  };
}

function toLevel(status: number): Level {
  if (status >= 500) return 'error';
  return status >= 400 ? 'warn' : 'info';
}

/** Evenly spread: of a rate above the full one, so many that about the full rate remains. */
function createSampler(now: () => number): () => boolean {
  let second = 0;
  let count = 0;
  let before = 0;
  let credit = 0;
  return () => {
    const current = Math.trunc(now() / 1000);
    if (current !== second) {
      before = current === second + 1 ? count : 0;
      second = current;
      count = 0;
    }
    count += 1;
    credit += Math.min(1, FULL_RATE / Math.max(before, count));
    if (credit < 1) return false;
    credit -= 1;
    return true;
  };
}

function toJsonLine(time: string, level: Level, service: string, entry: RequestEntry): string {
  const { model, version, requestId, traceId, durationMs, rows, status, error, caller } = entry;
  const by = caller === undefined ? '' : `,"caller":${JSON.stringify(caller)}`;
  const failure =
    error === undefined ? '' : `,"error":"${error.code}","msg":${JSON.stringify(error.message)}`;
  const place = model === '' || error !== undefined ? `,"path":${JSON.stringify(entry.path)}` : '';
  return `{"ts":"${time}","level":"${level}","svc":"${service}","model":${JSON.stringify(model)},"version":"${version === 0 ? '' : version}","request_id":${JSON.stringify(requestId)},"trace_id":"${traceId}","dur_ms":${durationMs.toFixed(3)},"rows":${rows},"code":${status}${by}${failure}${place}}\n`;
}

function toTextLine(time: string, level: Level, entry: RequestEntry): string {
  const { model, version, requestId, durationMs, rows, status, method, path, error } = entry;
  const what = model === '' ? '' : ` ${model}@${version}`;
  const counted = rows === 0 ? '' : ` ${rows} ${rows === 1 ? 'row' : 'rows'}`;
  const failure = error === undefined ? '' : ` ${error.code} ${toLine(error.message)}`;
  return `${time} ${level} ${status} ${method} ${toLine(path)}${what}${counted} ${durationMs.toFixed(1)} ms ${requestId}${failure}\n`;
}

/** Line breaks from outside must not look like entries of their own. */
function toLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\u2028\u2029]/gu, ' ');
}

function toPairs(fields: Readonly<Record<string, unknown>>): string {
  return Object.entries(fields)
    .map(([name, value]) => ` ${name}=${toLine(String(value))}`)
    .join('');
}
