/** A line of a log for a person: JSON lines become text, others stay. */
import { isObject } from '#base';

/** `12:01:02 info gateway POST /predict code=200 dur_ms=1.2`. */
export function renderLogLine(name: string, line: string): string {
  // What callers send stands in it, and must not steer the terminal or look like a line of its own.
  return render(name, line)
    .replaceAll(/[^\P{Cc}\n\t]|[\u2028\u2029]/gu, ' ')
    .replaceAll('\n', '\n    ');
}

function render(name: string, line: string): string {
  const record = parse(line);
  if (record === undefined) return `${name}: ${line}`;
  const { ts, level, svc, message, msg, ...rest } = record;
  // How a command that failed says it under --json.
  if (typeof rest['error'] === 'string' && typeof rest['code'] === 'string' && level === undefined)
    return `error ${name} ${rest['code']}: ${rest['error']}`;
  const time = typeof ts === 'string' ? ts.slice(11, 19) : '';
  const head = [time, toText(level ?? 'info'), toText(svc ?? name), toText(message ?? msg ?? '')];
  const details = Object.entries(rest)
    .filter(([, value]) => value !== null && value !== undefined && value !== '')
    .map(([key, value]) => `${key}=${toText(value)}`);
  return [...head, ...details].filter((part) => part !== '').join(' ');
}

function toText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function parse(line: string): Readonly<Record<string, unknown>> | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    const value: unknown = JSON.parse(line);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
