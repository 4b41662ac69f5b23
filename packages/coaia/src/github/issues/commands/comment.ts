/** `coaia gh issues comment`: adds a comment to an issue. */
import { invalidRequest, isObject } from '#base';
import { defineCommand } from '#surface';
import { openGithub } from '../../api.ts';
import { repositoryOptions, toIssuePath } from '../place.ts';

export const command = defineCommand({
  words: 'gh issues comment',
  summary: 'Comment on an issue of a GitHub repository',
  positionals: [
    { name: 'issue', summary: 'OWNER/REPO#NUMBER', required: true },
    { name: 'text', summary: 'The comment; stdin when absent' },
  ],
  options: {
    ...repositoryOptions,
    'issue-number': { type: 'number', placeholder: 'N', summary: 'Its number' },
  },
  examples: ['coaia gh issues comment octocat/hello-world#1 "Seen here too."'],
  async run(context, { options, args }) {
    const { out, flags, stdin } = context;
    const path = toIssuePath(args.issue, options);
    const body = args.text ?? (await stdin()).toString('utf8');
    if (body.trim() === '') throw invalidRequest('A comment needs a text.');
    const github = openGithub(context);
    try {
      const answer = await github.call(`${path}/comments`, { method: 'POST', json: { body } });
      if (flags.json) out.json(answer);
      else out.line(isObject(answer) ? String(answer['html_url']) : '');
    } finally {
      github.close();
    }
  },
});
