/** `ao run ps`: the processes of the service. */
import { readFileSync } from 'node:fs';
import { EXIT } from '#base';
import { defineCommand } from '#surface';
import type { Column } from '#surface';
import { findRunning, isAlive } from '../run-state.ts';
import { openBuiltIn } from '../tasks/own-task.ts';

interface Row {
  readonly name: string;
  readonly pid: number;
  readonly state: string;
  readonly restarts: number;
  readonly startedAt: string;
  /** Resident bytes; null where the system does not say. */
  readonly bytes: number | null;
  readonly address: string | null;
}

export const command = defineCommand({
  words: 'ops ps',
  summary: 'Show the processes of the service',
  positionals: [],
  options: {},
  takesRest: true,
  restUsage: '',
  examples: ['ao ps'],
  async run(context, { rest }) {
    const { out, flags } = context;
    const { project, code } = await openBuiltIn(context, 'ps', rest);
    if (code !== undefined) return code;
    const state = findRunning(project.folder);
    const rows = (state?.children ?? []).map((child): Row => {
      const { name, pid, restarts, startedAt, ready } = child;
      const isGone = child.state === 'ready' && !isAlive(child);
      const shown = isGone ? 'restarting' : child.state;
      return {
        name,
        pid,
        state: shown,
        restarts,
        startedAt,
        bytes: readBytes(pid),
        address: ready?.address ?? null,
      };
    });
    if (flags.json) out.json({ project: project.name, url: state?.url ?? null, processes: rows });
    else if (state === undefined) out.line(`${project.name} is not running. Start it with: ao up`);
    else out.table('processes', rows, COLUMNS);
    return EXIT.done;
  },
});

const COLUMNS: readonly Column<Row>[] = [
  { header: 'Process', value: ({ name }) => name },
  { header: 'State', value: ({ state }) => state },
  { header: 'Address', value: ({ address }) => address ?? '' },
  { header: 'Pid', value: ({ pid }) => String(pid), align: 'right' },
  { header: 'Restarts', value: ({ restarts }) => String(restarts), align: 'right', drop: 2 },
  {
    header: 'Memory',
    value: ({ bytes }) => (bytes === null ? '' : `${Math.round(bytes / 1_048_576)} MB`),
    align: 'right',
    drop: 1,
  },
  { header: 'Since', value: ({ startedAt }) => startedAt.slice(0, 19).replace('T', ' '), drop: 3 },
];

/** proc(5): VmRSS of status, in kB. */
function readBytes(pid: number): number | null {
  try {
    const match = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'));
    return match === null ? null : Number(match[1]) * 1024;
  } catch {
    return null;
  }
}
