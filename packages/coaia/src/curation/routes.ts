/** Every route of the curation room. */
import type { Route } from '#surface';

export const curationRoutes: readonly Route[] = [];
