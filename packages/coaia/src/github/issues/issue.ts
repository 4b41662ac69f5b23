/** An issue as GitHub's API has it, as far as it is shown. */
import { isObject } from '#base';
import { githubErrors } from '../errors.ts';

export interface Issue {
  readonly number: number;
  readonly title: string;
  readonly state: string;
  readonly author: string;
  readonly labels: readonly string[];
  readonly comments: number;
  readonly url: string;
  readonly createdAt: string;
  readonly body: string;
}

/** Reads one; undefined for pull requests, which the API lists as issues. Throws COAIA-6203. */
export function toIssue(value: unknown): Issue | undefined {
  if (!isObject(value) || typeof value['number'] !== 'number')
    throw githubErrors.create('COAIA-6203', 'The answer is no issue.');
  if (value['pull_request'] !== undefined) return undefined;
  const text = (name: string) => (typeof value[name] === 'string' ? value[name] : '');
  const { user, labels, comments } = value;
  return {
    number: value['number'],
    title: text('title'),
    state: text('state'),
    author: isObject(user) && typeof user['login'] === 'string' ? user['login'] : '',
    labels: Array.isArray(labels) ? labels.flatMap(toLabel) : [],
    comments: typeof comments === 'number' ? comments : 0,
    url: text('html_url'),
    createdAt: text('created_at'),
    body: text('body'),
  };
}

function toLabel(label: unknown): readonly string[] {
  if (typeof label === 'string') return [label];
  return isObject(label) && typeof label['name'] === 'string' ? [label['name']] : [];
}
