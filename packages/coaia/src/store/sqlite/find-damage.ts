/** SQLite's own checks of a store file. */
import type { Finding } from '../maintenance/finding.ts';
import { Connection } from './connection.ts';
import { findResultCode } from './engine-errors.ts';

const MAX_FINDINGS = 20;

/** Damaged pages, indexes that miss rows (`deep`), and rows whose parent is missing. */
export function findDamage(path: string, deep: boolean): readonly Finding[] {
  const connection = new Connection(path, {
    readOnly: true,
    busyTimeoutMs: 5000,
    durability: 'full',
    cacheMegabytes: 32,
  });
  try {
    const check = deep ? 'integrity_check' : 'quick_check';
    const pages = connection
      .all(`PRAGMA ${check}(${MAX_FINDINGS})`)
      .map((row) => String(Object.values(row as object)[0]))
      .filter((text) => text !== 'ok')
      .map((text) => toFinding('pages', text));
    const orphans = connection
      .all('PRAGMA foreign_key_check')
      .slice(0, MAX_FINDINGS)
      .map(
        (row) => row as { readonly table: string; readonly parent: string; readonly rowid: number },
      )
      .map(({ table, parent, rowid }) =>
        toFinding('foreign-keys', `row ${rowid} of ${table} names a missing row of ${parent}`),
      );
    return [...pages, ...orphans];
  } catch (error) {
    if (findResultCode(error) === undefined) throw error;
    return [toFinding('pages', error instanceof Error ? error.message : 'unreadable')];
  } finally {
    connection.close();
  }
}

function toFinding(kind: Finding['kind'], text: string): Finding {
  return { kind, text, repairable: false };
}
