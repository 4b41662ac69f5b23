/** `coaia down`: asks the server to stop and waits until it has. */
import { setTimeout as sleep } from 'node:timers/promises';
import { EXIT } from '#base';
import { httpErrors } from '#http/errors';
import { isRunning } from '#http/process-mark';
import { findServerRecord } from '#http/server-record';
import { defineCommand } from '#surface';
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
    const record = findServerRecord(paths.server);
    if (record === undefined) {
      if (flags.json) out.json({ stopped: false });
      else out.line(`No server runs on ${paths.home}.`);
      return EXIT.done;
    }
    process.kill(record.pid, 'SIGTERM');
    const deadline = performance.now() + PATIENCE_MS;
    while (isRunning(record) && performance.now() < deadline && !context.signal.aborted)
      await sleep(LOOK_MS);
    if (isRunning(record))
      throw httpErrors.create(
        'COAIA-0412',
        `The server (pid ${record.pid}) was asked to stop and still runs.`,
        { hint: 'coaia status' },
      );
    if (flags.json) out.json({ stopped: true, pid: record.pid, url: record.url });
    else out.line(`Stopped ${record.url} (pid ${record.pid}).`);
    return EXIT.done;
  },
});
