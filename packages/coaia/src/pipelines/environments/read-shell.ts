/** The name of a shell on the command line. */
import { environmentErrors } from './errors.ts';
import { SHELLS } from './shell-scripts.ts';
import type { Shell } from './shell-scripts.ts';

/** Throws COAIA-5405 for a shell that is not known. */
export function readShell(text: string): Shell {
  const shell = SHELLS.find((one) => one === text.toLowerCase());
  if (shell !== undefined) return shell;
  throw environmentErrors.create(
    'COAIA-5405',
    `${JSON.stringify(text)} is none of ${SHELLS.join(', ')}.`,
    { hint: 'coaia shell-init bash' },
  );
}
