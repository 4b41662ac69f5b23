import { createCatalogue, toPlural } from '../lib/i18n.ts';

const en = {
  title: 'API',
  count: (count: number) => toPlural(count, 'operation', 'operations'),
  failed: 'The description of the API could not be read.',
  search: 'Search operations',
  placeholder: 'Search operations',
  list: 'Operations',
  noHits: 'No operation matches. Search looks in names, addresses and summaries.',
  choose: 'Choose an operation',
  chooseLead:
    'Every operation of this server stands here, made from what it really runs. Calls go to this server only, as you.',
  snippet: (url: string) =>
    `curl -s -u "$LANGFUSE_PUBLIC_KEY:$LANGFUSE_SECRET_KEY" ${url}/api/v1/openapi.json`,
  snippetLabel: 'The whole description as a file',
  unknown: (id: string) => `There is no operation ${id} on this server.`,
  permission: (name: string) => `needs ${name}`,
  open: 'anyone may call it',
  organization: 'for keys of an organization, owners and admins',
  path: 'Address parameters',
  query: 'Query parameters',
  body: 'Body',
  bodyHint: 'JSON as it is sent. Ctrl+Enter sends.',
  bytes: 'This operation takes bytes, which the page does not send; use curl or a client.',
  noParameters: 'It takes neither parameters nor a body.',
  needed: 'needed',
  required: (names: string) => `Fill in ${names} first.`,
  tryIt: 'Try it',
  trying: 'Asking the server',
  stop: 'Stop',
  changes: 'This call changes data of this project.',
  confirmDelete: 'Deletes for real',
  answer: 'Answer',
  status: 'Status',
  time: 'Time',
  size: 'Size',
  empty: 'The answer has no body.',
  cut: (shown: string, all: string) => `The first ${shown} of ${all}`,
  noAnswer: 'The server did not answer.',
  schema: 'Form of the answer',
  keys: { next: 'Next operation', previous: 'Previous operation', send: 'Try it' },
};

/** Words of the API page. */
export const words = createCatalogue({ en });
