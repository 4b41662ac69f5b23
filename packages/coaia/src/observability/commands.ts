/** The room's command lines. Cheap to import: modules load when their words are typed. */
import type { CommandEntry } from '#surface';
import { commentCommands } from './comments/commands.ts';
import { dashboardCommands } from './dashboards/commands.ts';
import { exportCommands } from './exports/commands.ts';
import { mediaCommands } from './media/commands.ts';
import { projectCommands } from './projects/commands.ts';
import { scoreConfigCommands } from './score-configs/commands.ts';
import { scoreCommands } from './scores/commands.ts';
import { sessionCommands } from './sessions/commands.ts';
import { userCommands } from './users/commands.ts';

const traceCommands: readonly CommandEntry[] = [
  {
    words: 'fuse traces list',
    summary: 'List traces, newest first',
    aliases: ['traces list', 'traces'],
    groupDefault: 'fuse traces',
    leadingOptions: ['include-observations'],
    load: () => import('./traces/commands/list.ts'),
  },
  {
    words: 'fuse traces create',
    summary: 'Create a trace, or add to one',
    aliases: ['traces create'],
    load: () => import('./traces/commands/create.ts'),
  },
  {
    words: 'fuse traces add-observation',
    summary: 'Add a step to a trace',
    aliases: [
      'fuse traces add-obs',
      'traces add-observation',
      'traces add-obs',
      'fuse observations add',
      'observations add',
    ],
    load: () => import('./traces/commands/add-observation.ts'),
  },
  {
    words: 'fuse traces add-observations',
    summary: 'Add many steps to a trace, from a file or stdin',
    aliases: ['fuse traces add-obs-batch', 'traces add-observations', 'traces add-obs-batch'],
    load: () => import('./traces/commands/add-observations.ts'),
  },
  {
    words: 'fuse traces patch-output',
    summary: 'Set the output of a trace',
    aliases: ['traces patch-output'],
    load: () => import('./traces/commands/patch-output.ts'),
  },
  {
    words: 'fuse traces update',
    summary: 'Change fields of a trace',
    aliases: ['traces update'],
    load: () => import('./traces/commands/update.ts'),
  },
  {
    words: 'fuse traces end',
    summary: 'End an observation',
    aliases: ['traces end', 'fuse observations end', 'observations end'],
    load: () => import('./traces/commands/end.ts'),
  },
  {
    words: 'fuse traces delete',
    summary: 'Delete traces, their observations and scores',
    aliases: ['fuse traces delete-batch', 'traces delete', 'traces delete-batch'],
    load: () => import('./traces/commands/delete.ts'),
  },
  {
    words: 'fuse traces tail',
    summary: 'Show new traces as they arrive',
    aliases: ['traces tail'],
    load: () => import('./traces/commands/tail.ts'),
  },
  {
    words: 'fuse traces analyze',
    summary: 'Count, time and price traces in groups',
    aliases: ['traces analyze'],
    load: () => import('./traces/commands/analyze.ts'),
  },
  {
    words: 'fuse traces export',
    summary: 'Write traces as JSON lines or CSV',
    aliases: ['traces export'],
    load: () => import('./traces/commands/export.ts'),
  },
];

const viewCommands: readonly CommandEntry[] = [
  {
    words: 'fuse traces trace-view',
    summary: 'Show a trace and the tree of its observations',
    aliases: ['fuse traces tv', 'traces trace-view', 'traces tv'],
    load: () => import('./traces/commands/trace-view.ts'),
  },
  {
    words: 'fuse traces session-view',
    summary: 'Show the traces of a session',
    aliases: ['fuse traces sv', 'traces session-view', 'traces sv'],
    load: () => import('./traces/commands/session-view.ts'),
  },
  {
    words: 'fuse traces get-observation',
    summary: 'Show one observation',
    aliases: [
      'fuse traces obs-get',
      'fuse traces get-obs',
      'traces get-observation',
      'fuse observations get',
      'observations get',
    ],
    load: () => import('./traces/commands/get-observation.ts'),
  },
  {
    words: 'fuse traces list-observations',
    summary: 'List observations page by page, with a cursor',
    aliases: ['fuse traces obs-list', 'fuse traces list-obs', 'traces list-observations'],
    load: () => import('./traces/commands/list-observations-page.ts'),
  },
  {
    words: 'fuse observations list',
    summary: 'List observations',
    aliases: ['observations list', 'observations'],
    groupDefault: 'fuse observations',
    load: () => import('./traces/commands/list-observations.ts'),
  },
  {
    words: 'traces show',
    summary: 'Show a trace as a tree or a waterfall',
    aliases: ['fuse traces show'],
    load: () => import('./traces/commands/show.ts'),
  },
  {
    words: 'tlid',
    summary: 'Print a time as TLID (yyMMddHHmmss), or a TLID as ISO 8601',
    load: () => import('./traces/commands/tlid.ts'),
  },
];

const recordingCommands: readonly CommandEntry[] = [
  {
    words: 'trace',
    summary: 'Record a command as a trace',
    onlyWithRest: true,
    load: () => import('./spans/commands/trace.ts'),
  },
  {
    words: 'span',
    summary: 'Record a command as a span of the surrounding trace',
    load: () => import('./spans/commands/span.ts'),
  },
  {
    words: 'spool list',
    summary: 'List recordings that wait to be delivered',
    groupDefault: 'spool',
    load: () => import('./spans/commands/spool-list.ts'),
  },
  {
    words: 'spool send',
    summary: 'Deliver recordings that wait',
    load: () => import('./spans/commands/spool-send.ts'),
  },
  {
    words: 'sample',
    summary: 'Load a small set of made-up traces, or remove it',
    load: () => import('./sample/commands/sample.ts'),
  },
];

export const observabilityCommands: readonly CommandEntry[] = [
  ...traceCommands,
  ...viewCommands,
  ...recordingCommands,
  ...scoreCommands,
  ...scoreConfigCommands,
  ...sessionCommands,
  ...userCommands,
  ...dashboardCommands,
  ...commentCommands,
  ...mediaCommands,
  ...exportCommands,
  ...projectCommands,
];
