/** What a `trace-create` event says about a trace. */
import { toMetadata } from './metadata.ts';
import { BodyReader, toEnvironment } from './body-reader.ts';
import type { FieldIssue } from './body-reader.ts';
import type { MergeRules, Patch } from './merge.ts';

export const TRACE_RULES: MergeRules = [
  ['timestamp', 'first'],
  ['environment', 'first'],
  ['name', 'last'],
  ['user_id', 'last'],
  ['session_id', 'last'],
  ['release', 'last'],
  ['version', 'last'],
  ['public', 'last'],
  ['input', 'truthy'],
  ['output', 'truthy'],
  ['metadata', 'metadata'],
];

/** The patch of one event, or what is wrong with its body. Absent `public` leaves a published trace public. */
export function toTracePatch(
  body: Readonly<Record<string, unknown>>,
  key: string,
  time: number,
): Patch | readonly FieldIssue[] {
  const reader = new BodyReader(body);
  const columns = {
    // An explicit null means "no time given", not "no time".
    timestamp: reader.time('timestamp') ?? undefined,
    environment: toEnvironment(reader.text('environment')),
    name: reader.text('name'),
    user_id: reader.text('userId'),
    session_id: reader.text('sessionId'),
    release: reader.text('release'),
    version: reader.text('version'),
    public: reader.flag('public') ?? undefined,
    input: reader.json('input'),
    output: reader.json('output'),
  };
  const tags = reader.texts('tags');
  const metadata = toMetadata(reader.raw('metadata'));
  if (reader.issues.length > 0) return reader.issues;
  return {
    key,
    time,
    columns,
    ...(metadata === undefined ? {} : { metadata }),
    ...(tags === undefined ? {} : { tags }),
  };
}
