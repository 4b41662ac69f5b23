/** Routes of versions. */
import type { Route } from '#surface';

export const versionRoutes: readonly Route[] = [];
