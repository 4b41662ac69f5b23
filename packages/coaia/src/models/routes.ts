/** Every route of the models room. */
import type { Route } from '#surface';
import { connectionRoutes } from './connections/routes.ts';

export const modelRoutes: readonly Route[] = [...connectionRoutes];
