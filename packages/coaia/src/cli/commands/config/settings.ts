/** What the config commands share: settings as the command's flags and environment make them. */
import { findHome, homePaths, resolveSettings } from '#config';
import type { EditPlace, ResolvedSettings } from '#config';
import type { CommandContext } from '#surface';

/** Resolves and tells about skipped lines. */
export function readSettings(context: CommandContext<unknown>): ResolvedSettings {
  const { env, envFiles, cwd, flags, out } = context;
  const settings = resolveSettings({
    env,
    envFiles,
    cwd,
    ...(flags.profile === undefined ? {} : { profile: flags.profile }),
  });
  for (const warning of settings.warnings) out.notice(`Note: ${warning}`);
  return settings;
}

/** Where a setting is written, without reading any settings: that works beside damaged files. */
export function toEditPlace(context: CommandContext<unknown>, isProject: boolean): EditPlace {
  const { env, cwd, flags } = context;
  return {
    place: isProject ? 'project' : 'home',
    cwd,
    paths: homePaths(findHome({ env, cwd })),
    profile: flags.profile,
  };
}
