/** How the server makes and starts projects of dropped model files. */
import { join } from 'node:path';
import { toProgramLine } from '#serving';
import type { DeskPorts } from '#serving';

/** Below the home, with this very program. Its children work on the store of this home. */
export function toDesk(
  home: string,
  env: Readonly<Record<string, string | undefined>>,
): Pick<DeskPorts, 'folder' | 'ao'> {
  return {
    folder: join(home, 'deployments'),
    ao: { line: toProgramLine([]), env: { ...env, COAIA_HOME: home } },
  };
}
