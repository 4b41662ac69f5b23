/** `ao` as a new user has it: an empty home, no network, a folder with one fitted model. */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The built program, as users have it. */
const dist = join(import.meta.dirname, '../../packages/coaia/dist');

export interface Said {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Desk {
  /** Where projects are made. */
  readonly folder: string;
  readonly home: string;
  /** Runs `ao` with these words in a folder below. */
  ao(words: readonly string[], place?: string): Promise<Said>;
  coaia(words: readonly string[]): Promise<Said>;
  /** Ends what still runs and takes everything away. */
  close(): Promise<void>;
}

/** Nothing of the environment of this machine but the system's own programs. */
export function openDesk(): Desk {
  const folder = mkdtempSync(join(tmpdir(), 'coaia-ao-'));
  const home = join(folder, 'home');
  mkdirSync(home);
  const env = { PATH: '/usr/bin:/bin', HOME: home, COAIA_OFFLINE: '1', NO_COLOR: '1' };
  const places = new Set<string>();
  const run = (program: string, words: readonly string[], cwd: string) =>
    new Promise<Said>((resolve) => {
      execFile(
        process.execPath,
        [join(dist, program), ...words],
        { cwd, env, timeout: 110_000, maxBuffer: 32 << 20 },
        (error, stdout, stderr) => {
          const code = typeof error?.code === 'number' ? error.code : 1;
          resolve({ code: error === null ? 0 : code, stdout, stderr });
        },
      );
    });
  return {
    folder,
    home,
    ao(words, place = '.') {
      if (place !== '.') places.add(place);
      return run('ao.js', words, join(folder, place));
    },
    coaia: (words) => run('coaia.js', words, folder),
    async close() {
      for (const place of places) await run('ao.js', ['run', 'down'], join(folder, place));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
