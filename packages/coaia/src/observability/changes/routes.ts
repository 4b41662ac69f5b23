/** Live updates for the page. */
import { defineRoute, type Route } from '#surface';
import { observabilityPorts } from '../ports.ts';
import { toEventStream } from './event-stream.ts';
import { followChanges } from './follow-changes.ts';

const events = defineRoute({
  method: 'GET',
  path: '/api/v1/projects/:projectId/events',
  operation: 'page.events',
  summary: 'What changes in the project, as server-sent events; resumes by Last-Event-ID.',
  access: 'page',
  needs: observabilityPorts,
  handler({ api, scope, headers, signal }) {
    const ended = new AbortController();
    const feed = followChanges(
      api,
      scope.projectId,
      parseLastEvent(headers.get('last-event-id')),
      AbortSignal.any([signal, ended.signal]),
    );
    return Promise.resolve({ response: toEventStream(feed, () => ended.abort()) });
  },
});

function parseLastEvent(text: string | null): number | undefined {
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

export const changeRoutes: readonly Route[] = [events];
