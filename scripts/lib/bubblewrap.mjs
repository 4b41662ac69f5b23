/** The sandbox in which Python evaluators run. */
import { existsSync } from 'node:fs';
import { installPackage } from './debian.mjs';

const isThere = () => ['/usr/bin/bwrap', '/usr/local/bin/bwrap'].some((file) => existsSync(file));

/** Installs bubblewrap where that is possible; the suites that need it say themselves when it cannot run. */
export function ensureBubblewrap() {
  if (!isThere() && process.platform === 'linux') installPackage('bubblewrap');
}
