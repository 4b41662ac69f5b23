/** Gives routes what they declare in `needs`, over one open store. */
import { systemClock } from '#base';
import type { Clock } from '#base';
import { curationPorts } from '#curation';
import { observabilityPorts } from '#observability';
import type { ObservabilityPorts } from '#observability';
import type { Database } from '#store';
import type { Need } from '#surface';

/** Looks a need up by name; a route whose need nobody provides is a defect and stops the server's start. */
export function createProvider(
  db: Database,
  clock: Clock = systemClock,
): (need: Need<unknown>) => unknown {
  const ports: ObservabilityPorts = { db, clock };
  const provided: ReadonlyMap<string, unknown> = new Map<string, unknown>([
    [observabilityPorts.name, ports],
    [curationPorts.name, { db, clock }],
  ]);
  return (need) => {
    const api = provided.get(need.name);
    if (api === undefined) throw new TypeError(`nothing provides ${need.name}`);
    return api;
  };
}
