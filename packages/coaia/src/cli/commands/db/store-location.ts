/** Which store the `db` commands work on. */
import { resolveSettings } from '#config';
import type { StoreLocation } from '#store';
import type { CommandContext } from '#surface';

export interface StorePlace {
  readonly location: StoreLocation;
  readonly home: string;
  readonly durability: 'full' | 'relaxed';
}

/** DATABASE_URL (or the setting) names a Postgres; otherwise it is the file in the home. */
export function findStore(
  context: Pick<CommandContext<unknown>, 'cwd' | 'env' | 'flags' | 'out'>,
): StorePlace {
  const { cwd, env, flags, out } = context;
  const { values, paths, warnings } = resolveSettings({
    env,
    cwd,
    ...(flags.profile === undefined ? {} : { profile: flags.profile }),
  });
  for (const warning of warnings) out.notice(`Note: ${warning}`);
  const url = values.database_url;
  return {
    location:
      url === undefined ? { kind: 'sqlite', path: paths.database } : { kind: 'postgres', url },
    home: paths.home,
    durability: values.durability,
  };
}
