/** `coaia down`: asks the server to stop and waits until it has. */
import { setTimeout as sleep } from 'node:timers/promises';
import { EXIT } from '#base';
import { httpErrors } from '#http/errors';
import { readServerLock } from '#store';
import { defineCommand } from '#surface';
import { isAtWork } from './process-state.ts';
import { toServerHome } from './server-home.ts';

/** The server gives itself ten seconds. */
const PATIENCE_MS = 15_000;
const LOOK_MS = 25;

export const command = defineCommand({
  words: 'down',
  summary: 'Stop the server',
  description:
    'Requests that are being answered end well; the command returns when the process is gone. Without a server it does nothing.',
  positionals: [],
  options: {
    data: { type: 'string', placeholder: 'DIR', summary: 'Home folder instead of COAIA_HOME' },
  },
  examples: ['coaia down'],
  async run(context, { options }) {
    const { out, flags } = context;
    const { paths } = toServerHome(context, options);
    const record = readServerLock(paths.home);
    if (record === undefined) {
      if (flags.json) out.json({ stopped: false });
      else out.line(`No server runs on ${paths.home}.`);
      return EXIT.done;
    }
    process.kill(record.pid, 'SIGTERM');
    const deadline = performance.now() + PATIENCE_MS;
    const runs = () => readServerLock(paths.home)?.pid === record.pid;
    while (runs() && performance.now() < deadline && !context.signal.aborted) await sleep(LOOK_MS);
    if (runs())
      throw httpErrors.create(
        'COAIA-0412',
        `The server (pid ${record.pid}) was asked to stop and still runs.`,
        { hint: 'coaia status' },
      );
    await waitForExit(record.pid);
    const { pid, url } = record;
    if (flags.json) out.json({ stopped: true, pid, url });
    else out.line(`Stopped ${url ?? 'the server'} (pid ${pid}).`);
    return EXIT.done;
  },
});

/** The lock is given back at the very end; the process itself needs a moment more. */
async function waitForExit(pid: number): Promise<void> {
  for (let look = 0; look < 40 && isAtWork(pid); look++) await sleep(LOOK_MS);
}
