import { resolveSettings, useProfile } from '#config';
import { defineCommand } from '#surface';
import { DEFAULT_NAME, toPlace } from '../environment.ts';
import { exportOptions, isExport, printExports, renderUnsets } from '../exports.ts';
import { openEnvironments } from '../open-environments.ts';

export const command = defineCommand({
  words: 'env use',
  summary: 'Use a profile in this folder from now on',
  description:
    'Remembered for you and this folder, not in its files. After eval "$(coaia shell-init bash)" the shell has COAIA_PROFILE too. The name default stands for no profile.',
  positionals: [{ name: 'name', summary: 'Name of the profile, or default', required: true }],
  options: { ...exportOptions },
  examples: ['coaia env use dev', 'coaia env use default'],
  async run(context, { args, options }) {
    const { out, flags, env, cwd } = context;
    const environments = openEnvironments(context);
    // The rule for names is that of environments: a profile is found in files of that name.
    const { name } = toPlace(environments, 'project', args.name);
    useProfile(environments.home, cwd, name);
    if (isExport(options)) {
      if (name === undefined) out.line(renderUnsets(options, ['COAIA_PROFILE']));
      else printExports(out, { COAIA_PROFILE: name }, options);
    }
    const said = name === undefined ? 'No profile is' : `The profile ${name} is`;
    const before = env['COAIA_PROFILE'];
    if (!isExport(options) && before && before !== name)
      out.notice(`Note: COAIA_PROFILE is ${before} in this shell and comes first.`);
    const isProtected =
      name !== undefined && resolveSettings({ env, cwd, profile: name }).values.protected;
    const suffix = isProtected ? ' It is protected: deletions need --yes.' : '';
    if (flags.json)
      out.json({ profile: name ?? DEFAULT_NAME, folder: cwd, protected: isProtected });
    else if (isExport(options)) out.notice(`${said} used in ${cwd}.${suffix}`);
    else out.confirm(`${said} used in ${cwd}.${suffix}`);
  },
});
