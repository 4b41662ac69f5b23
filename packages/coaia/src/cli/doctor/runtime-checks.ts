/** The program's ground: Node, SQLite, clock. */
import type { CheckResult } from './check.ts';
import { fail, ok, warn } from './check.ts';

/** Older ones can damage a write-ahead log that several connections use (sqlite.org, release 3.51.3). */
const OLDEST_SQLITE = '3.51.3';

/** Compares dotted versions: negative when `a` is older. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((text) => text.split('.').map(Number));
  for (let index = 0; index < 3; index++) {
    const difference = (left?.[index] ?? 0) - (right?.[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Node 24 or newer. */
export function checkNode(version = process.versions.node): CheckResult {
  return compareVersions(version, '24.0.0') >= 0
    ? ok('node', version)
    : fail('node', `${version} is older than 24`, 'install Node 24 or newer');
}

/** The SQLite inside Node. */
export function checkSqlite(version = process.versions['sqlite']): CheckResult {
  if (version === undefined)
    return fail('sqlite', 'this Node has none', 'install Node 24 or newer');
  return compareVersions(version, OLDEST_SQLITE) >= 0
    ? ok('sqlite', version)
    : fail('sqlite', `${version} is older than ${OLDEST_SQLITE}`, 'install a newer Node 24');
}

/** A clock before this program was written, or decades ahead, breaks certificates and the order of lists. */
export function checkClock(now = Date.now()): CheckResult {
  const iso = new Date(now).toISOString();
  const isSane = now > Date.UTC(2026, 0, 1) && now < Date.UTC(2076, 0, 1);
  return isSane
    ? ok('clock', iso)
    : warn('clock', `it is ${iso}?`, 'set the clock of this machine');
}
