/** Which repository, and which issue of it. */
import { githubErrors } from '../errors.ts';

export const repositoryOptions = {
  owner: { type: 'string', placeholder: 'OWNER', summary: 'Who owns the repository', compat: true },
  repo: { type: 'string', placeholder: 'REPO', summary: 'Its name', compat: true },
} as const;

interface Named {
  readonly owner: string | undefined;
  readonly repo: string | undefined;
}

const PART = /^[A-Za-z0-9._-]+$/;

/** Path of the repository in the API. Throws COAIA-6204. */
export function toRepositoryPath({ owner, repo }: Named, reference?: string): string {
  const [, givenOwner, givenRepo] = /^([^/#\s]+)\/([^/#\s]+)$/.exec(reference ?? '') ?? [];
  const parts = [owner ?? givenOwner, repo ?? givenRepo];
  if (parts.every((part) => part !== undefined && PART.test(part) && !/^\.+$/.test(part)))
    return `/repos/${parts.join('/')}`;
  throw githubErrors.create('COAIA-6204', 'Which repository?', {
    hint: 'coaia gh issues list --owner OWNER --repo REPO',
  });
}

/** Path of an issue: OWNER/REPO#N, or the options. Throws COAIA-6204. */
export function toIssuePath(
  reference: string | undefined,
  options: Named & { readonly 'issue-number': number | undefined },
): string {
  const [, repository, number] = /^([^#\s]+)#(\d+)$/.exec(reference ?? '') ?? [];
  const issue = options['issue-number'] ?? (number === undefined ? undefined : Number(number));
  const isNamed = issue !== undefined && Number.isInteger(issue) && issue > 0;
  if (isNamed && (reference === undefined || repository !== undefined))
    return `${toRepositoryPath(options, repository)}/issues/${issue}`;
  throw githubErrors.create('COAIA-6204', `${reference ?? 'Nothing'} names no issue.`, {
    hint: 'coaia gh issues get OWNER/REPO#1',
  });
}
