/** The routes that belong to the server itself and to no room. */
import type { Route } from '#surface';
import { getAbout } from './about.ts';
import { getDocument } from './document.ts';
import { getHealth, getReadiness } from './health.ts';
import { callMcp } from './mcp.ts';
import { getProjects } from './projects.ts';
import { getSession, signOut } from './session.ts';

export const healthRoutes: readonly Route[] = [getHealth, getReadiness];

export const platformRoutes: readonly Route[] = [
  ...healthRoutes,
  getProjects,
  getSession,
  signOut,
  getDocument,
  getAbout,
  callMcp,
];
