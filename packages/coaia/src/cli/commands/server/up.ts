/** `coaia up`: the server in this terminal or in the background. */
import { existsSync, writeSync } from 'node:fs';
import { createSignInLink } from '#access';
import { EXIT, systemClock, version } from '#base';
import { createFolder } from '#config';
import { openServer } from '#http/open-server';
import type { OpenServer } from '#http/open-server';
import { createLog } from '#http/log';
import { storeErrors } from '#store';
import { defineCommand } from '#surface';
import type { Output } from '#surface';
import { startDetached } from './detach.ts';
import { findServer } from './find-server.ts';
import type { FoundServer } from './find-server.ts';
import type { Started } from './started.ts';
import { toUpPlan } from './up-plan.ts';
import type { UpPlan } from './up-plan.ts';
import { printUpReport, toRunningLine } from './up-report.ts';
import type { UpReport } from './up-report.ts';

export const command = defineCommand({
  words: 'up',
  summary: 'Start the server and the web page on this machine',
  description:
    'Answers on 127.0.0.1 only, unless --host says otherwise. Prints the address, a link that signs the browser in once, and the keys for the Langfuse SDKs. Running it a second time changes nothing and shows the address.',
  positionals: [],
  options: {
    host: {
      type: 'string',
      placeholder: 'ADDRESS',
      summary: 'Address to listen on (default 127.0.0.1); others need keys you chose, or --public',
    },
    port: {
      type: 'number',
      placeholder: 'PORT',
      summary: 'Port; 0 for any free one (default 26242 or the next free one)',
    },
    data: { type: 'string', placeholder: 'DIR', summary: 'Home folder instead of COAIA_HOME' },
    detach: { type: 'boolean', short: 'd', summary: 'Run in the background; stop with coaia down' },
    database: { type: 'string', placeholder: 'URL', summary: 'Postgres instead of the file store' },
    redis: { type: 'string', placeholder: 'URL', summary: 'Redis, for several processes' },
    role: {
      type: 'string',
      choices: ['all', 'web', 'worker'],
      default: 'all',
      summary: 'What this process does; other than all needs Redis',
    },
    public: { type: 'boolean', summary: 'Let other machines in with the random keys' },
    durability: {
      type: 'string',
      choices: ['full', 'relaxed'],
      summary: 'relaxed is faster and may lose the last moments in a power cut',
    },
    'no-sample-offer': { type: 'boolean', summary: 'Do not mention the sample on a new store' },
    background: { type: 'boolean', hidden: true, summary: 'Log instead of talking (for --detach)' },
  },
  examples: ['coaia up', 'coaia up --detach', 'coaia up --port 0 --data ./scratch'],
  endsItself: true,
  async run(context, { options }) {
    const { out, flags } = context;
    const plan = toUpPlan(options, context);
    const running = await findServer(plan.home.paths);
    if (running !== undefined) return reportRunning(plan, running, out, flags.json);
    const startedAt = systemClock();
    const isNew = plan.home.location.kind === 'sqlite' && !existsSync(plan.home.paths.database);
    createFolder(plan.home.paths.home);
    const report = (opened: Started) => {
      const value = toReport(plan, opened, { isNew, startedAt, ...options });
      if (flags.json) out.json(value);
      else printUpReport(out, value, opened.credentials);
    };
    if (options.detach === true) {
      report(await startDetached(plan, options, context));
      return EXIT.done;
    }
    const log = createLog(writeLog);
    const opened = await openServer({ ...toServerOptions(plan), env: context.env, log });
    if (options.background === true) log.info('ready', { url: opened.server.url });
    else report(await toStarted(opened));
    await waitForStop(context.signal, log);
    await opened.close();
    return EXIT.done;
  },
});

async function toStarted({ access, db, server }: OpenServer): Promise<Started> {
  const { token } = await createSignInLink(db, access.projectId);
  const credentials = await access.findCredentials();
  return { url: server.url, port: server.port, pid: process.pid, token, credentials };
}

function toServerOptions(plan: UpPlan) {
  const { home, host, ports, durability, isStrict, publicUrl, role, redisUrl } = plan;
  return {
    location: home.location,
    durability,
    host,
    isStrict,
    ports,
    credentialsPath: home.paths.credentials,
    home: home.paths.home,
    values: home.settings.values,
    version,
    role,
    ...(redisUrl === undefined ? {} : { redisUrl }),
    ...(publicUrl === undefined ? {} : { publicUrl }),
  };
}

interface ReportFacts {
  readonly isNew: boolean;
  readonly startedAt: number;
  readonly detach: boolean | undefined;
  readonly 'no-sample-offer': boolean | undefined;
}

function toReport(plan: UpPlan, started: Started, facts: ReportFacts): UpReport {
  const { url, port, pid, token } = started;
  const isMoved = !plan.isPortFixed && port !== plan.ports[0];
  return {
    url,
    pid,
    port,
    signInUrl: `${plan.publicUrl ?? url}/?k=${token}`,
    store: plan.home.store,
    isNew: facts.isNew,
    durability: plan.durability,
    credentialsPath: plan.home.paths.credentials,
    readyMs: systemClock() - facts.startedAt,
    takenPort: isMoved ? plan.ports[0] : undefined,
    isDetached: facts.detach === true,
    offersSample: facts['no-sample-offer'] !== true,
  };
}

/** The same wish again is granted already; another port or address is not. */
function reportRunning(plan: UpPlan, record: FoundServer, out: Output, isJson: boolean): number {
  const [port] = plan.ports;
  if (plan.isPortFixed && port !== 0 && port !== record.port)
    throw storeErrors.create(
      'COAIA-0113',
      `A server already runs on this store (pid ${record.pid}, ${record.url}).`,
      { hint: 'coaia down' },
    );
  const { url, pid, startedAt } = record;
  if (isJson) out.json({ url, pid, port: record.port, startedAt, isAlreadyRunning: true });
  else out.line(toRunningLine(record, systemClock()));
  return EXIT.done;
}

/** To stderr, which `--detach` leads into the log file. A full disk must not take the server down. */
function writeLog(text: string): void {
  try {
    writeSync(2, text);
  } catch {
    // The line is lost; requests are still answered.
  }
}

/** Until Ctrl-C or SIGTERM. A stray rejection is logged and does not take the server down. */
async function waitForStop(signal: AbortSignal, log: ReturnType<typeof createLog>): Promise<void> {
  const onRejection = (reason: unknown) => {
    log.error('unhandled rejection', reason);
  };
  process.on('unhandledRejection', onRejection);
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
  process.off('unhandledRejection', onRejection);
}
