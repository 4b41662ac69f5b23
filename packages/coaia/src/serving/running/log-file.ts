/** A log that never grows without end and never stops what is logged: when it cannot be written, lines are lost. */
import { closeSync, mkdirSync, openSync, renameSync, statSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';

const MAX_BYTES = 10 * 1024 * 1024;
const KEPT = 3;

export interface LogFile {
  write(line: string): void;
  /** Lines that could not be written. */
  lost(): number;
  close(): void;
}

/** Where the logs of a project are. */
export function toLogPath(folder: string, name: string): string {
  return join(folder, '.ao', 'logs', `${name}.log`);
}

/** Opens for appending. `gateway.log` moves to `gateway.log.1` when it has grown to `maxBytes`. */
export function openLogFile(path: string, maxBytes = MAX_BYTES): LogFile {
  let file: number | undefined;
  let size = 0;
  let lost = 0;
  const open = () => {
    mkdirSync(dirname(path), { recursive: true });
    size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
    file = openSync(path, 'a', 0o600);
    return file;
  };
  const close = () => {
    if (file !== undefined) closeSync(file);
    file = undefined;
  };
  const append = (bytes: Buffer) => {
    if (size > 0 && size + bytes.length > maxBytes) {
      close();
      rotate(path);
    }
    writeSync(file ?? open(), bytes);
    size += bytes.length;
  };
  return {
    write(line) {
      try {
        const note =
          lost === 0
            ? ''
            : `${JSON.stringify({ level: 'warn', message: `${lost} lines were lost: the log could not be written` })}\n`;
        append(Buffer.from(`${note}${line}\n`));
        lost = 0;
      } catch {
        lost++;
      }
    },
    lost: () => lost,
    close,
  };
}

function rotate(path: string): void {
  for (let number = KEPT - 1; number >= 0; number--) {
    const from = number === 0 ? path : `${path}.${number}`;
    if (statSync(from, { throwIfNoEntry: false }) !== undefined)
      renameSync(from, `${path}.${number + 1}`);
  }
}
