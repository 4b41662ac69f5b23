/** Gives routes what they declare in `needs`, over one open store. */
import { systemClock } from '#base';
import type { Clock } from '#base';
import type { BlobStore } from '#blobs';
import { curationPorts } from '#curation';
import type { Egress } from '#egress';
import { modelPorts } from '#models';
import type { ModelPorts, SecretBox } from '#models';
import { createRecorder, mediaPorts, observabilityPorts, openMediaFinder } from '#observability';
import type { ObservabilityPorts } from '#observability';
import type { Database } from '#store';
import type { Need } from '#surface';

/** What the server opens besides the store. */
export interface Provisions {
  readonly db: Database;
  readonly blobs: BlobStore;
  readonly clock?: Clock;
  /** COAIA_STRICT=langfuse. */
  readonly isStrict?: boolean;
  /** Address of the server when it is not the one that requests name. */
  readonly publicUrl?: string | undefined;
  /** The way out of this machine, and the keys of secrets; without both there are no models. */
  readonly egress?: Pick<Egress, 'fetch'>;
  readonly secrets?: SecretBox;
}

/** Looks a need up by name; a route whose need nobody provides is a defect and stops the server's start. */
export function createProvider({
  db,
  blobs,
  clock = systemClock,
  isStrict = false,
  publicUrl,
  egress,
  secrets,
}: Provisions): (need: Need<unknown>) => unknown {
  const ports: ObservabilityPorts = { db, clock, isStrict };
  const media = { ...ports, blobs, ...(publicUrl === undefined ? {} : { publicUrl }) };
  const provided = new Map<string, unknown>([
    [observabilityPorts.name, ports],
    [mediaPorts.name, media],
    [curationPorts.name, { db, clock, findMedia: openMediaFinder(media) }],
  ]);
  if (egress !== undefined && secrets !== undefined)
    provided.set(modelPorts.name, {
      db,
      clock,
      recorder: createRecorder(ports),
      egress,
      secrets,
    } satisfies ModelPorts);
  return (need) => {
    const api = provided.get(need.name);
    if (api === undefined) throw new TypeError(`nothing provides ${need.name}`);
    return api;
  };
}
