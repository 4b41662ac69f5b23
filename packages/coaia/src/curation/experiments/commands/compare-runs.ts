/** A comparison, failing in the same way from a server as from the store of this home. */
import { isCoaiaError, isObject } from '#base';
import type { ExperimentComparison, ExperimentsApi } from '@coaia/client';
import { comparisonFailures } from '../compare/errors.ts';

const OWN = ['COAIA-2301', 'COAIA-2302', 'COAIA-2303'] as const;

/** Fails with the comparison's own codes, whose exit codes gates rely on, where the server names one. */
export async function compareRuns(
  api: ExperimentsApi,
  query: Parameters<ExperimentsApi['compareExperiments']>[0],
): Promise<ExperimentComparison> {
  try {
    return await api.compareExperiments(query);
  } catch (error) {
    throw toOwnFailure(error);
  }
}

function toOwnFailure(error: unknown): unknown {
  if (!isCoaiaError(error) || !isObject(error.details)) return error;
  const { code, detail } = error.details;
  const own = OWN.find((known) => known === code);
  return own === undefined || typeof detail !== 'string'
    ? error
    : comparisonFailures.create(own, detail, { cause: error });
}
