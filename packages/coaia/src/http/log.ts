/** Where the server says what the operator should know. One line per entry, no bodies, no secrets. */

export interface LogFields {
  readonly [name: string]: string | number | boolean | undefined;
}

export interface Log {
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  /** `error` adds its stack to the entry; stacks go nowhere else. */
  error(message: string, error: unknown, fields?: LogFields): void;
}

/** Lines on a stream: time, level, message, `name=value` pairs, and below it the stack of an error. */
export function createLog(write: (text: string) => void, now: () => number = Date.now): Log {
  const line = (level: string, message: string, fields: LogFields = {}) => {
    const pairs = Object.entries(fields)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => ` ${name}=${toText(value)}`);
    write(`${new Date(now()).toISOString()} ${level} ${toLine(message)}${pairs.join('')}\n`);
  };
  return {
    info: (message, fields) => line('info', message, fields),
    warn: (message, fields) => line('warn', message, fields),
    error(message, error, fields) {
      line('error', message, fields);
      write(`${toStack(error)}\n`);
    },
  };
}

/** Says nothing. */
export const silentLog: Log = createLog(() => undefined);

/** Line breaks from outside must not look like entries of their own. */
function toLine(text: string): string {
  return text.replaceAll(/[\r\n\u2028\u2029]/g, ' ');
}

function toText(value: unknown): string {
  const text = toLine(String(value));
  return text.includes(' ') ? JSON.stringify(text) : text;
}

function toStack(error: unknown): string {
  if (!(error instanceof Error)) return `  ${toLine(String(error))}`;
  const own = (error.stack ?? error.message).replaceAll('\n', '\n  ');
  const cause = error.cause === undefined ? '' : `\n  caused by ${toStack(error.cause)}`;
  return `  ${own}${cause}`;
}
