/**
 * The reference pages, made from the tables that run: commands, routes, errors, settings.
 * `npm run docs` writes them to docs/reference; a test compares.
 */
import { platformRoutes } from '../../packages/coaia/src/http/routes/platform.ts';
import { loadRoutes } from '../../packages/coaia/src/main/route-tables.ts';
import { errorTables } from '../../packages/coaia/src/main/error-tables.ts';
import { cliErrors } from '../../packages/coaia/src/cli/errors.ts';
import { allCommands } from '../../packages/coaia/src/cli/tables.ts';
import { httpErrors } from '../../packages/coaia/src/http/errors.ts';
import type { Route } from '../../packages/coaia/src/surface/index.ts';
import { renderCommands } from './render-commands.ts';
import { renderErrors } from './render-errors.ts';
import { renderPermissions } from './render-permissions.ts';
import { renderRoutes } from './render-routes.ts';
import { renderSettings } from './render-settings.ts';

/** Every route there is. */
export async function loadAllRoutes(): Promise<readonly Route[]> {
  return [...(await loadRoutes()), ...platformRoutes];
}

/** File name below docs/reference to its whole text. */
export async function renderReference(): Promise<Readonly<Record<string, string>>> {
  const rooms = errorTables.map(async ({ room, load }) => ({ room, codes: await load() }));
  const shells = [
    { room: 'cli', codes: cliErrors.table },
    { room: 'http', codes: httpErrors.table },
  ];
  const tables = [...(await Promise.all(rooms)), ...shells];
  return {
    'commands.md': await renderCommands(allCommands),
    'errors.md': renderErrors(tables),
    'permissions.md': renderPermissions(),
    'routes.md': renderRoutes(await loadAllRoutes()),
    'settings.md': renderSettings(),
  };
}
