/** Where commands look for templates: folders, then the project's store or server, then the program. */
import { join } from 'node:path';
import { isCoaiaError } from '#base';
import { findHome } from '#config';
import type { CommandContext } from '#surface';
import type { PipelinesApi } from '@coaia/client';
import type { TemplatePlaces } from '../templates/places.ts';

type Context = Pick<CommandContext<unknown>, 'cwd' | 'env' | 'out'>;

/** Folders of templates; in the home itself the project's folder is the user's. */
export function toFolders({ cwd, env }: Omit<Context, 'out'>): {
  readonly project: string;
  readonly user: string;
} {
  return {
    project: join(cwd, '.coaia', 'templates'),
    user: join(findHome({ cwd, env }), 'templates'),
  };
}

/**
 * @param open Opens the project's templates; asked only when a name is in no folder. A server that has none, because
 * it is no Coaia or cannot be reached, is left out with a notice.
 */
export function openPlaces(
  context: Context,
  open: () => Promise<PipelinesApi>,
): TemplatePlaces & { readonly cwd: string } {
  const { project, user } = toFolders(context);
  // Once all names are known, nobody is asked for others: a list is not one call per name.
  let known: ReadonlySet<string> | undefined;
  return {
    cwd: context.cwd,
    user,
    ...(project === user ? {} : { project }),
    stored: {
      async read(name, range) {
        if (known?.has(name) === false) return undefined;
        const found = await tolerate(context, async () => (await open()).getPipeline(name, range));
        return found?.source === 'server' ? found : undefined;
      },
      async list() {
        const listed = await tolerate(context, async () => (await open()).listPipelines());
        const stored = (listed?.data ?? []).filter(({ source }) => source === 'server');
        known = new Set(stored.map(({ name }) => name));
        return stored;
      },
    },
  };
}

/** Without an answer there are no templates of a server: those at hand can be used all the same. */
async function tolerate<T>({ out }: Context, ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (!isCoaiaError(error)) throw error;
    if (error.definition.status === 404) return undefined;
    if (error.definition.status !== 503) throw error;
    out.notice(`The templates of the server are left out: ${error.message}`);
    return undefined;
  }
}
