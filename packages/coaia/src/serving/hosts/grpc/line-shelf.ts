/** Lines that models print, kept until the answer to their request goes out: our own link attaches them to the trace. */
import type { WorkerLine } from '../../runtimes/runtime.ts';

export interface LineShelf {
  /** For the repository; passes every line on. */
  readonly onLine: (line: WorkerLine) => void;
  /** The newest lines of a request; they are gone from the shelf then. */
  readonly take: (requestId: string) => readonly WorkerLine[];
}

const MAX_LINES = 20;
const MAX_REQUESTS = 256;

export function createLineShelf(onLine: (line: WorkerLine) => void): LineShelf {
  const shelf = new Map<string, WorkerLine[]>();
  return {
    onLine(line) {
      onLine(line);
      const { requestId } = line;
      if (requestId === undefined) return;
      const lines = shelf.get(requestId) ?? [];
      lines.push(line);
      if (lines.length > MAX_LINES) lines.shift();
      shelf.set(requestId, lines);
      const [oldest] = shelf.keys();
      if (shelf.size > MAX_REQUESTS && oldest !== undefined) shelf.delete(oldest);
    },
    take(requestId) {
      const lines = shelf.get(requestId) ?? [];
      shelf.delete(requestId);
      return lines;
    },
  };
}
