import { getRouteApi } from '@tanstack/react-router';
import { TraceView } from './trace-view.tsx';
import { useAddressPlace } from './use-address-place.ts';

const route = getRouteApi('/p/$project/traces/$traceId');

/** A trace as a page of its own; where one is inside it stands in the address. */
export function TracePage() {
  const { project, traceId } = route.useParams();
  return <OneTrace key={traceId} project={project} traceId={traceId} />;
}

function OneTrace({ project, traceId }: { readonly project: string; readonly traceId: string }) {
  const navigate = route.useNavigate();
  const state = useAddressPlace(
    route.useSearch(),
    (search) => void navigate({ search, replace: true }),
  );
  return <TraceView project={project} traceId={traceId} state={state} />;
}
