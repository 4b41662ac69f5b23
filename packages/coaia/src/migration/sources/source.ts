/** A server as copying sees it: what it still answers decides which reads are used. */
import { isCoaiaError } from '#base';
import type { ApiReader } from './api-reader.ts';

/**
 * Which reads work. Langfuse 4 in its default mode answers 404 to the older ones and has only observations (v2),
 * scores (v3) and experiments.
 */
export interface ReadModes {
  /** `entities`: traces and observations apart. `observations`: v2, with the trace's fields in each. */
  readonly traces: 'entities' | 'observations';
  readonly scores: 'v2' | 'v3';
  readonly sessions: boolean;
  /** `runs`: runs of datasets. `experiments`: the newer reads. */
  readonly runs: 'runs' | 'experiments';
}

export interface Source {
  readonly api: ApiReader;
  readonly modes: ReadModes;
  /** ISO 8601; earlier traces, observations, scores and sessions are left out. */
  readonly since?: string;
}

/** Asks for one record of each list that some servers lack. */
export async function findModes(api: ApiReader): Promise<ReadModes> {
  const one = { limit: 1, page: 1 };
  const has = (segments: readonly string[], query = {}) =>
    isAnswered(() => api.get(segments, { ...one, ...query }));
  const hasTraces = await has(['traces'], { fields: 'core' });
  return {
    traces: hasTraces ? 'entities' : 'observations',
    scores: (await has(['v2', 'scores'])) ? 'v2' : 'v3',
    sessions: await has(['sessions']),
    // The address of a dataset's runs needs a dataset; they went away together with traces.
    runs: hasTraces ? 'runs' : 'experiments',
  };
}

/** False for an address that is not there; other failures pass through. */
async function isAnswered(read: () => Promise<unknown>): Promise<boolean> {
  try {
    await read();
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

/** True when the other side says 404. */
export function isMissing(error: unknown): boolean {
  return isCoaiaError(error) && error.definition.status === 404;
}
