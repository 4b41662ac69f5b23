import { resolveSettings } from '#config';
import { runRetentionHere } from '#main/open-retention';
import type { ProjectRetention } from '#main/open-retention';
import { openDatabase } from '#store';
import { defineCommand } from '#surface';
import { findStore } from './store-location.ts';

export const command = defineCommand({
  words: 'db retention',
  summary: 'Delete what is older than its project keeps it',
  description:
    'Goes through the projects of the store that have a number of days, as the server does once a day. Traces go with their observations, and media that stand nowhere any more with their bytes. --dry-run counts only.',
  positionals: [],
  options: {
    'dry-run': { type: 'boolean', summary: 'Count, delete nothing' },
    project: { type: 'string', placeholder: 'ID', summary: 'Only this project' },
  },
  examples: ['coaia db retention --dry-run', 'coaia db retention --project default --json'],
  run: async (context, { options }) => {
    const { location, durability } = findStore(context);
    const { out, flags, env, cwd } = context;
    const settings = resolveSettings({
      env,
      cwd,
      envFiles: context.envFiles,
      ...(flags.profile === undefined ? {} : { profile: flags.profile }),
    });
    const isDry = options['dry-run'] === true;
    const db = await openDatabase(location, { mode: 'process', migrate: 'never', durability });
    try {
      const request = { projectId: options.project, isDry };
      const results = await runRetentionHere(db, settings, request);
      if (flags.json) out.json(results);
      else if (results.length === 0) out.line('No project has a number of days; nothing to do.');
      else for (const result of results) out.line(toLine(result, isDry));
    } finally {
      await db.close();
    }
  },
});

function toLine({ projectId, counts }: ProjectRetention, isDry: boolean): string {
  const { traces, observations, scores, sessions, media } = counts;
  const main = `${traces} traces, ${observations} observations, ${scores} scores`;
  return isDry
    ? `${projectId}: would delete ${main}`
    : `${projectId}: deleted ${main}, ${sessions} sessions, ${media} media`;
}
