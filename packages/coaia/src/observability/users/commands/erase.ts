/** `coaia fuse users erase`: deletes everything that one user left, after saying what that is. */
import { EXIT, notFound } from '#base';
import { defineCommand } from '#surface';
import type { ErasedUser } from '@coaia/client';
import { usersApi } from '../ports.ts';

export const command = defineCommand({
  words: 'fuse users erase',
  summary: 'Delete everything that one user left',
  description:
    'Traces that name the user with their observations, scores, comments and files, and sessions in which nobody else has traces.',
  needs: usersApi,
  positionals: [{ name: 'user', summary: 'Id of the user, as the traces have it', required: true }],
  options: {
    'dry-run': { type: 'boolean', summary: 'Only say what would be deleted' },
  },
  examples: [
    'coaia fuse users erase ada@example.com --dry-run',
    'coaia fuse users erase ada --yes',
  ],
  async run({ open, out, flags, confirm }, { options, args }) {
    const api = await open();
    const plan = await api.eraseUser(args.user, { dryRun: true });
    if (!hasAny(plan)) throw notFound('User', args.user, 'coaia fuse users list');
    if (options['dry-run'] === true) {
      if (flags.json) out.json(plan);
      else out.line(`Would delete ${toText(plan)}.`);
      return EXIT.done;
    }
    if (!(await confirm(`Delete ${toText(plan)} of ${args.user}? This cannot be undone.`))) {
      out.notice('Nothing was deleted.');
      return EXIT.failed;
    }
    const erased = await api.eraseUser(args.user);
    if (flags.json) out.json(erased);
    else out.confirm(`Deleted ${toText(erased)} of ${args.user}.`);
    return EXIT.done;
  },
});

function hasAny({ traces, observations, scores, sessions, comments, media }: ErasedUser): boolean {
  return traces + observations + scores + sessions + comments + media > 0;
}

function toText(counts: ErasedUser): string {
  const { traces, observations, scores, sessions, comments, media } = counts;
  const parts = [
    toCount(traces, 'trace'),
    toCount(observations, 'observation'),
    toCount(scores, 'score'),
    toCount(sessions, 'session'),
    toCount(comments, 'comment'),
    toCount(media, 'file'),
  ];
  return `${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''}`;
}

function toCount(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
