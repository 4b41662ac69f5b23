/** Live updates for the page. */
import { z } from 'zod';
import { defineRoute, type Route } from '#surface';
import { observabilityPorts } from '../ports.ts';
import { toEventStream } from './event-stream.ts';
import { followChanges } from './follow-changes.ts';

const MOST_AGE_MS = 86_400_000;

const events = defineRoute({
  method: 'GET',
  path: '/api/v1/projects/:projectId/events',
  operation: 'page.events',
  summary:
    'What changes in the project, as server-sent events; resumes by Last-Event-ID, or begins `age` milliseconds ago.',
  access: 'page',
  needs: observabilityPorts,
  query: z.object({ age: z.coerce.number().int().min(0).max(MOST_AGE_MS).optional() }),
  handler({ api, scope, query, headers, signal }) {
    const ended = new AbortController();
    const feed = followChanges(
      api,
      scope.projectId,
      { seq: parseLastEvent(headers.get('last-event-id')), ageMs: query.age },
      AbortSignal.any([signal, ended.signal]),
    );
    return Promise.resolve({ response: toEventStream(feed, () => ended.abort()) });
  },
});

function parseLastEvent(text: string | null): number | undefined {
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

export const changeRoutes: readonly Route[] = [events];
