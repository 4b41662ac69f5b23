/** A log that never grows without end and never stops what is logged: when it cannot be written, lines are lost. */
import {
  closeSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  renameSync,
  statSync,
  writeSync,
} from 'node:fs';
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
    const target = file ?? open();
    // A disk that fills up takes the beginning of what is written and says nothing: no half lines.
    if (writeSync(target, bytes) < bytes.length) {
      ftruncateSync(target, size);
      throw new Error('The disk is full.');
    }
    size += bytes.length;
  };
  let waiting: string[] = [];
  // Lines that come together are written together: a busy service logs thousands in a second.
  const flush = () => {
    const lines = waiting;
    waiting = [];
    for (const part of toParts(lines, maxBytes)) {
      const notes = lost === 0 ? [] : [toLossNote(lost)];
      try {
        append(Buffer.from(`${[...notes, ...part].join('\n')}\n`));
        lost = 0;
      } catch {
        lost += part.length;
      }
    }
  };
  return {
    write(line) {
      if (waiting.push(line) === 1) setImmediate(flush);
    },
    lost: () => lost,
    close() {
      flush();
      close();
    },
  };
}

function toLossNote(lost: number): string {
  const message = `${lost} lines were lost: the log could not be written`;
  return JSON.stringify({ level: 'warn', message });
}

/** Groups of lines that fit into one file each. */
function toParts(lines: readonly string[], maxBytes: number): readonly (readonly string[])[] {
  const parts: string[][] = [];
  let room = 0;
  for (const line of lines) {
    const bytes = Buffer.byteLength(line) + 1;
    if (bytes > room) {
      parts.push([]);
      room = maxBytes;
    }
    parts.at(-1)?.push(line);
    room -= bytes;
  }
  return parts;
}

function rotate(path: string): void {
  for (let number = KEPT - 1; number >= 0; number--) {
    const from = number === 0 ? path : `${path}.${number}`;
    if (statSync(from, { throwIfNoEntry: false }) !== undefined)
      renameSync(from, `${path}.${number + 1}`);
  }
}
