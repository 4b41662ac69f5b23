/** Every route of every room, for the server, the API document and the docs. */
import { loadAccessRoutes } from '#access';
import { loadCurationRoutes } from '#curation';
import { loadModelRoutes } from '#models';
import { loadObservabilityRoutes } from '#observability';
import { loadPipelineRoutes } from '#pipelines';
import { loadServingRoutes } from '#serving';
import { loadStashRoutes } from '#stash';
import type { Route } from '#surface';

/** Loaded on demand: routes bring their schemas, which no command on the local store needs. */
export async function loadRoutes(): Promise<readonly Route[]> {
  return [
    ...(await loadAccessRoutes()),
    ...(await loadObservabilityRoutes()),
    ...(await loadCurationRoutes()),
    ...(await loadModelRoutes()),
    ...(await loadPipelineRoutes()),
    ...(await loadStashRoutes()),
    ...(await loadServingRoutes()),
  ];
}
