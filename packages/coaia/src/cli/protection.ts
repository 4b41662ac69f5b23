/** Protected profiles: the one place where commands that take something away are held back. */
import type { Command, GlobalFlags } from '#surface';
import type { Environment } from './environment.ts';
import type { CliIo } from './io.ts';

/** Commands whose last word says that they delete something or move a label, new ones among them. */
const TAKES_AWAY = /(?:^| )(?:delete(?:-\w+)?|remove|erase|clear|label|retention)$|^db restore$/;

/** Options by which a command that makes a version also moves labels to it. */
const LABELS = ['labels', 'label', 'prod'];

interface Surroundings {
  readonly io: CliIo;
  readonly flags: GlobalFlags;
  readonly environment: Environment;
}

/** Throws COAIA-0226 for such a command while a protected profile is in use and --yes is missing. */
export async function checkProtection(
  { words }: Command,
  options: Readonly<Record<string, unknown>>,
  { io, flags, environment }: Surroundings,
): Promise<void> {
  const movesLabels =
    /^fuse prompts (?:create|edit|sync)$/.test(words) &&
    LABELS.some((name) => options[name] !== undefined && options[name] !== false);
  const deploys =
    words === 'pipeline deploy' && (options['prune'] === true || options['label'] !== undefined);
  if (flags.yes || !(deploys || movesLabels || TAKES_AWAY.test(words))) return;
  const { checkProtected } = await import('#config');
  checkProtected({
    env: environment.env,
    envFiles: environment.files,
    cwd: io.cwd,
    ...(flags.profile === undefined ? {} : { profile: flags.profile }),
  });
}
