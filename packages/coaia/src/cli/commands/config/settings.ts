/** What the config commands share: settings as the command's flags and environment make them. */
import { findHome, homePaths, isReference, resolveSettings } from '#config';
import type { EditPlace, ResolvedSettings, SettingName } from '#config';
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

/** A setting's value as it stands; the secret behind a reference is not fetched. */
export function getStanding(
  { candidates, values }: ResolvedSettings,
  name: SettingName,
): string | number | boolean | undefined {
  const winner = candidates[name].find(({ wins }) => wins);
  return isReference(winner?.value) ? winner.value : values[name];
}
