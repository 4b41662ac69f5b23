import { getRouteApi } from '@tanstack/react-router';
import type { TracePlace } from './trace-search.ts';
import { TraceView } from './trace-view.tsx';
import { toPlace } from './use-trace-place.ts';

const route = getRouteApi('/p/$project/traces/$traceId');

/** A trace as a page of its own; where one is inside it stands in the address. */
export function TracePage() {
  const { project, traceId } = route.useParams();
  const place = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <TraceView
      key={traceId}
      project={project}
      traceId={traceId}
      state={{
        place,
        go: (change) =>
          void navigate({ search: (before: TracePlace) => toPlace(before, change), replace: true }),
      }}
    />
  );
}
