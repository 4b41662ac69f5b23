/** Every route of the models room. */
import type { Route } from '#surface';
import { connectionRoutes } from './connections/routes.ts';
import { playgroundRoutes } from './playground/routes.ts';

export const modelRoutes: readonly Route[] = [...connectionRoutes, ...playgroundRoutes];
