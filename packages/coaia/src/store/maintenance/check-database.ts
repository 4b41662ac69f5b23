/** Looks for damage and for numbers that do not fit, and recounts on request. */
import type { Database } from '../database.ts';
import { openDatabase } from '../open-database.ts';
import type { StoreLocation } from '../open-options.ts';
import type { Finding } from './finding.ts';
import {
  findWrongCounters,
  findWrongTraces,
  updateCounters,
  updateWrongTraces,
} from './trace-sums.ts';

export interface CheckOptions {
  /** Also compares every index with its table (slower); SQLite only. */
  readonly deep?: boolean;
  /** Recounts what can be recounted; damage to pages cannot be repaired, only restored. */
  readonly repair?: boolean;
}

export interface CheckResult {
  readonly findings: readonly Finding[];
  /** Rows rewritten by the repair: traces and counters. */
  readonly repaired: number;
  /** Findings that are left. */
  readonly remaining: readonly Finding[];
}

/** A check may take long on a large store; nobody waits for it over HTTP. */
const LIMIT = { timeoutMs: 3_600_000 };

/** Checks an existing store, also while others use it. Rejects when the store cannot be opened. */
export async function checkDatabase(
  location: StoreLocation,
  options: CheckOptions = {},
): Promise<CheckResult> {
  const db = await openDatabase(location, {
    mode: 'process',
    migrate: 'never',
    readOnly: options.repair !== true,
  });
  try {
    const findings = await findAll(db, location, options.deep ?? false);
    if (options.repair !== true || !findings.some((finding) => finding.repairable)) {
      return { findings, repaired: 0, remaining: findings };
    }
    const repaired = await db.write(async (tx) => {
      // Sums are read and written in two steps; on SQLite there is one writer anyway.
      if (db.dialect.name === 'postgres') {
        await tx.run('LOCK TABLE traces, observations, counters IN SHARE ROW EXCLUSIVE MODE');
      }
      return (await updateWrongTraces(tx)) + (await updateCounters(tx));
    });
    return { findings, repaired, remaining: await findAll(db, location, false) };
  } finally {
    await db.close();
  }
}

async function findAll(
  db: Database,
  location: StoreLocation,
  deep: boolean,
): Promise<readonly Finding[]> {
  const damage =
    location.kind === 'sqlite'
      ? (await import('../sqlite/find-damage.ts')).findDamage(location.path, deep)
      : [];
  // Counting over damaged pages would only repeat the news.
  if (damage.some((finding) => finding.kind === 'pages')) return damage;
  return [
    ...damage,
    ...(await findWrongCounters(db, LIMIT)),
    ...(await findWrongTraces(db, LIMIT)),
  ];
}
