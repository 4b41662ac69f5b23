/** Prices of a project: its own models first, then the built-in table. Remembered until its models change. */
import type { Database, ModelRow } from '#store';
import type { PriceFinder } from '../prices/compute-cost.ts';
import { findPrice } from '../prices/find-price.ts';
import { isMatch, toRegExp } from '../prices/match-pattern.ts';
import type { PricedModel } from '../prices/price-entry.ts';
import { parseTiers, toPriceTier } from './model.ts';
import { readModels, readModelsVersion, type ModelSource } from './storage.ts';

interface ProjectPrices {
  readonly version: string;
  readonly find: PriceFinder;
}

/** Projects remembered per store at most. */
const MAX_PROJECTS = 1000;
const NO_MODELS = '0:0';

const remembered = new WeakMap<Database, Map<string, ProjectPrices>>();

/**
 * What prices the observations of a project, as of the transaction. One small read tells whether the models
 * are still those that are remembered, so that a change, also by another process, counts for the next batch.
 */
export async function readPriceFinder(
  db: Database,
  { tx, projectId }: { readonly tx: ModelSource; readonly projectId: string },
  isNeeded = true,
): Promise<PriceFinder> {
  if (!isNeeded) return findPrice;
  const version = await readModelsVersion(tx, projectId);
  if (version === NO_MODELS) return findPrice;
  const projects = projectsOf(db);
  const known = projects.get(projectId);
  if (known?.version === version) return known.find;
  const find = createPriceFinder(await readModels(tx, projectId));
  if (projects.size >= MAX_PROJECTS) projects.clear();
  projects.set(projectId, { version, find });
  return find;
}

/** Called after a project's models changed in this process. */
export function dropPrices(db: Database, projectId: string): void {
  remembered.get(db)?.delete(projectId);
}

function projectsOf(db: Database): Map<string, ProjectPrices> {
  let projects = remembered.get(db);
  if (projects === undefined) {
    projects = new Map();
    remembered.set(db, projects);
  }
  return projects;
}

/** The newest of the project's models that match and had started; else what the built-in table says. */
function createPriceFinder(rows: readonly ModelRow[]): PriceFinder {
  const own = rows.map(toCandidate).toSorted((a, b) => b.start - a.start || b.at - a.at);
  return (model, startTime) => {
    const name = model.trim();
    const found = own.find(({ start, pattern }) => start <= startTime && isMatch(pattern, name));
    return found?.priced ?? findPrice(model, startTime);
  };
}

interface Candidate {
  readonly start: number;
  readonly at: number;
  readonly pattern: RegExp;
  readonly priced: PricedModel;
}

function toCandidate(row: ModelRow): Candidate {
  return {
    start: row.start_date ?? Number.NEGATIVE_INFINITY,
    at: row.updated_at,
    pattern: toRegExp(row.match_pattern),
    priced: { id: row.id, tiers: parseTiers(row).map(toPriceTier) },
  };
}
