/** Where this process delivers to, and where it keeps what it could not deliver. */
import { readFileSync } from 'node:fs';
import type { CommandContext } from '#surface';

export type ContextParts = Pick<CommandContext<unknown>, 'env' | 'cwd' | 'flags'>;

export interface Destination {
  /** `local` or the address of the server. */
  readonly name: string;
  /** Folder of what waits; undefined when there is no home. */
  readonly spool: string | undefined;
  /** Address under which pages can be opened; undefined when no server is known. */
  readonly pageUrl: string | undefined;
}

/** Reads the settings; a damaged setting does not stop a recording, it only leaves the destination local. */
export async function findDestination({ env, cwd, flags }: ContextParts): Promise<Destination> {
  const { findHome, homePaths, resolveSettings, resolveTarget } = await import('#config');
  let spool: string | undefined;
  try {
    const paths = homePaths(findHome({ env, cwd }));
    spool = paths.spool;
    const profile = flags.profile === undefined ? {} : { profile: flags.profile };
    const target = resolveTarget(resolveSettings({ env, cwd, ...profile }));
    return target.kind === 'remote'
      ? { name: target.baseUrl, spool, pageUrl: target.baseUrl }
      : { name: 'local', spool, pageUrl: findServerUrl(paths.server) };
  } catch {
    return { name: 'local', spool, pageUrl: undefined };
  }
}

/** Address of the server that runs on this home; undefined when none does. */
function findServerUrl(recordPath: string): string | undefined {
  try {
    const record = JSON.parse(readFileSync(recordPath, 'utf8')) as {
      readonly url?: unknown;
      readonly pid?: unknown;
    };
    if (typeof record.pid !== 'number' || typeof record.url !== 'string') return undefined;
    // Signal 0 only asks whether the process is there.
    process.kill(record.pid, 0);
    return record.url;
  } catch {
    return undefined;
  }
}
