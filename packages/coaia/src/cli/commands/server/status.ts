/** `coaia status`: does the server run, where, and how is it. */
import { EXIT, systemClock, toIso } from '#base';
import { readHealth } from '#http/read-health';
import { defineCommand } from '#surface';
import { findServer } from './find-server.ts';
import { toServerHome } from './server-home.ts';

export const command = defineCommand({
  words: 'status',
  summary: 'Show whether the server runs, and where',
  description:
    'Exit code 0 when it runs and answers, 1 when it does not run, 4 when it does not answer.',
  positionals: [],
  options: {
    data: { type: 'string', placeholder: 'DIR', summary: 'Home folder instead of COAIA_HOME' },
  },
  examples: ['coaia status', 'coaia status --json'],
  async run(context, { options }) {
    const { out, flags } = context;
    const { paths, store } = toServerHome(context, options);
    const server = await findServer(paths);
    if (server === undefined) {
      if (flags.json) out.json({ running: false, home: paths.home });
      else out.line(`No server runs on ${paths.home}. Start one with coaia up.`);
      return EXIT.failed;
    }
    const { url, pid, startedAt } = server;
    const health = await readHealth(url);
    const seconds = Math.max(0, Math.round((systemClock() - startedAt) / 1000));
    if (flags.json) {
      const facts = { url, pid, home: paths.home, store, startedAt: toIso(startedAt) };
      out.json({ running: true, ...facts, uptimeSeconds: seconds, health: health ?? null });
    } else {
      out.line(`Server     ${url} (pid ${pid}, up ${seconds}s)`);
      out.line(`Health     ${health === undefined ? 'does not answer' : health.status}`);
      for (const reason of health?.degraded ?? []) out.line(`           ${reason}`);
      out.line(`Store      ${store}`);
    }
    return health === undefined ? EXIT.unreachable : EXIT.done;
  },
});
