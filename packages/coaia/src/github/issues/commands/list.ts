/** `coaia gh issues list`: issues of a repository, without its pull requests. */
import { invalidRequest } from '#base';
import { defineCommand, listOptions } from '#surface';
import type { Column } from '#surface';
import { openGithub } from '../../api.ts';
import type { Github } from '../../api.ts';
import { githubErrors } from '../../errors.ts';
import { toIssue } from '../issue.ts';
import type { Issue } from '../issue.ts';
import { repositoryOptions, toRepositoryPath } from '../place.ts';

/** Largest page of the API. */
const PAGE = 100;

export const command = defineCommand({
  words: 'gh issues list',
  summary: 'List the issues of a GitHub repository',
  positionals: [{ name: 'repository', summary: 'OWNER/REPO, in place of the options' }],
  options: {
    ...repositoryOptions,
    state: {
      type: 'string',
      choices: ['open', 'closed', 'all'],
      default: 'open',
      summary: 'Which',
    },
    labels: { type: 'string', placeholder: 'A,B', summary: 'Only issues with all these labels' },
    limit: { type: 'number', placeholder: 'N', default: 30, summary: 'At most this many' },
    ...listOptions,
  },
  examples: [
    'coaia gh issues list --owner octocat --repo hello-world',
    'coaia gh issues list octocat/hello-world --state all --limit 200 --json',
  ],
  async run(context, { options, args }) {
    const { limit, state, labels } = options;
    if (!Number.isInteger(limit) || limit < 1)
      throw invalidRequest('--limit takes a whole number from 1.');
    const path = `${toRepositoryPath(options, args.repository)}/issues`;
    const github = openGithub(context);
    try {
      if (!github.hasToken)
        context.out.notice('Note: no token, so GitHub shows public repositories only.');
      const rows = await readIssues(github, path, { state, labels }, limit);
      context.out.list({ things: 'issues', rows, columns: COLUMNS }, options);
    } finally {
      github.close();
    }
  },
});

async function readIssues(
  github: Github,
  path: string,
  query: Readonly<Record<string, string | undefined>>,
  limit: number,
): Promise<readonly Issue[]> {
  const found: Issue[] = [];
  for (let page = 1; found.length < limit; page++) {
    const answer = await github.call(path, { query: { ...query, per_page: PAGE, page } });
    if (!Array.isArray(answer))
      throw githubErrors.create('COAIA-6203', 'The answer is no list of issues.');
    found.push(...answer.flatMap((one: unknown) => toIssue(one) ?? []));
    if (answer.length < PAGE) break;
  }
  return found.slice(0, limit);
}

const COLUMNS: readonly Column<Issue>[] = [
  { header: 'Number', value: ({ number }) => String(number), align: 'right' },
  { header: 'Title', value: ({ title }) => title },
  { header: 'State', value: ({ state }) => state, drop: 2 },
  { header: 'Labels', value: ({ labels }) => labels.join(', '), drop: 3 },
  { header: 'Author', value: ({ author }) => author, drop: 1 },
];
