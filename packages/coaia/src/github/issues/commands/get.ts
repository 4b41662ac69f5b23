/** `coaia gh issues get`: one issue with its text. */
import { defineCommand } from '#surface';
import { openGithub } from '../../api.ts';
import { toIssue } from '../issue.ts';
import { repositoryOptions, toIssuePath } from '../place.ts';

export const command = defineCommand({
  words: 'gh issues get',
  summary: 'Show an issue of a GitHub repository',
  description: '--json prints the answer of the API as it is.',
  positionals: [{ name: 'issue', summary: 'OWNER/REPO#NUMBER' }],
  options: {
    ...repositoryOptions,
    'issue-number': { type: 'number', placeholder: 'N', summary: 'Its number', compat: true },
  },
  examples: [
    'coaia gh issues get octocat/hello-world#1',
    'coaia gh issues get --owner octocat --repo hello-world --issue-number 1 --json',
  ],
  async run(context, { options, args }) {
    const { out, flags } = context;
    const path = toIssuePath(args.issue, options);
    const github = openGithub(context);
    try {
      const answer = await github.call(path);
      if (flags.json) {
        out.json(answer);
        return;
      }
      const issue = toIssue({ ...(answer as object), pull_request: undefined });
      if (issue === undefined) return;
      const labels = issue.labels.length === 0 ? '' : `, ${issue.labels.join(', ')}`;
      out.line(`#${issue.number} ${issue.title}`);
      out.line(
        `${issue.state}${labels}, by ${issue.author} at ${issue.createdAt}, ${issue.comments} comments`,
      );
      out.line(issue.url);
      if (issue.body !== '') out.line(`\n${issue.body}`);
    } finally {
      github.close();
    }
  },
});
