/** `coaia gh issues create`: opens an issue. */
import { invalidRequest } from '#base';
import { defineCommand } from '#surface';
import { openGithub } from '../../api.ts';
import { toIssue } from '../issue.ts';
import { repositoryOptions, toRepositoryPath } from '../place.ts';

export const command = defineCommand({
  words: 'gh issues create',
  summary: 'Open an issue in a GitHub repository',
  positionals: [{ name: 'repository', summary: 'OWNER/REPO, in place of the options' }],
  options: {
    ...repositoryOptions,
    title: { type: 'string', required: true, summary: 'Title' },
    body: { type: 'string', summary: 'Text; - is stdin' },
    label: { type: 'string', repeatable: true, summary: 'A label; may be repeated' },
  },
  examples: ['coaia gh issues create octocat/hello-world --title "It fails" --body "How: ..."'],
  async run(context, { options, args }) {
    const { out, flags, stdin } = context;
    const { title, label } = options;
    if (title.trim() === '') throw invalidRequest('An issue needs a title.');
    const path = toRepositoryPath(options, args.repository);
    const body = options.body === '-' ? (await stdin()).toString('utf8') : options.body;
    const github = openGithub(context);
    try {
      const json = { title, ...(body === undefined ? {} : { body }), labels: label ?? [] };
      const answer = await github.call(`${path}/issues`, { method: 'POST', json });
      const issue = toIssue(answer);
      if (flags.json) out.json(answer);
      else out.line(issue?.url ?? '');
    } finally {
      github.close();
    }
  },
});
