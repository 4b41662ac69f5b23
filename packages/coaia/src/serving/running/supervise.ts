/** Keeps the processes of a project running: a gateway, and with link "grpc" a model host before it. */
import type { Ready } from './child-contract.ts';
import { openLogFile, toLogPath } from './log-file.ts';
import type { LogFile } from './log-file.ts';
import { writeRunState } from './run-state.ts';
import type { RunState } from './run-state.ts';
import type { ChildSpec } from './child-process.ts';
import { SupervisedChild } from './supervised-child.ts';
import type { ChildTimes } from './supervised-child.ts';

export interface SuperviseOptions {
  /** Of the project. */
  readonly folder: string;
  /** State as claimed; kept up to date from here on. */
  readonly state: RunState;
  /** Children in the order of their starts; each sees what those before it said. The last is the gateway. */
  readonly children: readonly ((ready: readonly Ready[]) => ChildSpec)[];
  readonly onLine?: (name: string, line: string) => void;
  /** Aborted before all are ready: they are stopped, and `supervise` rejects with its reason. */
  readonly signal?: AbortSignal;
  readonly times?: ChildTimes;
  readonly maxLogBytes?: number;
}

export interface Supervisor {
  /** What each child said, in the order of the starts. */
  readonly ready: readonly Ready[];
  /** Resolves with the error when a child is given up. */
  readonly ended: Promise<Error | undefined>;
  /** Stops the gateway first, so that nothing is asked of a host that is gone. */
  stop(): Promise<void>;
}

/** Resolves when all children are ready. Rejects with the error of the one that did not start; none is left then. */
export async function supervise(options: SuperviseOptions): Promise<Supervisor> {
  const children: SupervisedChild[] = [];
  const logs: LogFile[] = [];
  const ready: Ready[] = [];
  const write = (change: Partial<RunState> = {}) => {
    const states = children.map((child) => child.state);
    const isReady = states.length === options.children.length && ready.length === states.length;
    const last = ready.at(-1);
    writeRunState(options.folder, {
      ...options.state,
      state: isReady ? 'ready' : 'starting',
      children: states,
      ...(isReady && last !== undefined ? { url: last.address } : {}),
      ...(isReady && last?.models !== undefined ? { models: last.models } : {}),
      ...change,
    });
  };
  const stop = async () => {
    for (const child of children.toReversed()) await child.stop();
    for (const log of logs) log.close();
  };
  const { signal } = options;
  const aborted = new Promise<never>((_resolve, reject) => {
    const onAbort = () => reject(signal?.reason as Error);
    if (signal?.aborted === true) onAbort();
    signal?.addEventListener('abort', onAbort, { once: true });
  });
  aborted.catch(() => undefined);
  try {
    for (const toSpec of options.children) {
      const spec = toSpec([...ready]);
      const log = openLogFile(toLogPath(options.folder, spec.name), options.maxLogBytes);
      logs.push(log);
      const onLine = (line: string) => {
        log.write(line);
        options.onLine?.(spec.name, line);
      };
      const child = new SupervisedChild(
        spec,
        { onState: () => queueMicrotask(write), onLine },
        options.times,
      );
      children.push(child);
      ready.push(await Promise.race([child.ready, aborted]));
    }
  } catch (error) {
    await stop();
    throw error;
  }
  write();
  const ended = Promise.race(children.map((child) => child.ended)).then(async (error) => {
    if (error !== undefined) await stop();
    return error;
  });
  return { ready, ended, stop };
}
