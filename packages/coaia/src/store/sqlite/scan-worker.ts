/**
 * Entry of the process that runs heavy reads, one at a time, on a read-only connection. Its own process and not
 * a thread, because a thread inside one long SQLite step cannot be stopped and a process can be killed.
 * Arguments: path of the store, megabytes of page cache.
 */
import { constants, setPriority } from 'node:os';
import { Connection } from './connection.ts';

/** One query; answered by a ScanAnswer with the same id. */
export interface ScanRequest {
  readonly id: number;
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

export type ScanAnswer =
  | { readonly id: number; readonly rows: readonly unknown[] }
  | { readonly id: number; readonly message: string; readonly errcode: number | undefined };

const [path = '', cacheMegabytes = '16'] = process.argv.slice(2);
let connection: Connection | undefined;
lowerPriority();

process.on('message', (request: ScanRequest) => {
  process.send?.(answer(request));
});
process.on('disconnect', () => process.exit(0));

function answer(request: ScanRequest): ScanAnswer {
  try {
    connection ??= new Connection(path, {
      readOnly: true,
      busyTimeoutMs: 5000,
      durability: 'full',
      cacheMegabytes: Number(cacheMegabytes),
    });
    return { id: request.id, rows: connection.all(request.sql, request.parameters) };
  } catch (error) {
    const errcode =
      error instanceof Error && 'errcode' in error ? Number(error.errcode) : undefined;
    return {
      id: request.id,
      message: error instanceof Error ? error.message : String(error),
      errcode,
    };
  }
}

/**
 * Point reads and ingestion come first when cores are scarce. Only from here on: a busy machine would let the
 * start of this process alone wait longer than its first query may take.
 */
function lowerPriority(): void {
  try {
    setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // Not allowed in some containers; then both share equally.
  }
}
