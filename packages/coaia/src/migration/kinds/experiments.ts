/** Experiments of the newer API in the form of dataset runs. */
import { readAll, readFollowing } from '../sources/pages.ts';
import type { Position, SourcePage } from '../sources/pages.ts';
import type { Source } from '../sources/source.ts';
import { readId, readText } from '../sources/wire.ts';
import type { Wire } from '../sources/wire.ts';

/** The list needs a beginning; nothing is older. */
const EVER = '1970-01-01T00:00:00.000Z';

/** One page of experiments, each with all its items as links. */
export async function readExperiments(
  { api, since = EVER }: Source,
  position: Position | undefined,
): Promise<SourcePage> {
  const query = { fromStartTime: since };
  const fields = 'core,metadata';
  const list = { segments: ['experiments'], query: { ...query, fields }, limit: 20 };
  const page = await readFollowing(api, list, position);
  const items: Wire[] = [];
  for (const experiment of page.items) {
    const id = readId(experiment);
    const links = await readAll((next) =>
      readFollowing(
        api,
        { segments: ['experiment-items'], query: { ...query, experimentId: id }, limit: 100 },
        next,
      ),
    );
    items.push(
      toRun(
        experiment,
        links.map((link) => toLink(id, link)),
      ),
    );
  }
  return { ...page, items };
}

function toRun(experiment: Wire, datasetRunItems: readonly Wire[]): Wire {
  const { id, name, description, metadata, datasetId, startTime, endTime } = experiment;
  const times = { createdAt: startTime, updatedAt: endTime };
  return { id, name, description, metadata, datasetId, ...times, datasetRunItems };
}

/** An item is called by its root observation, or by the trace where there is none. */
function toLink(experimentId: string, item: Wire): Wire {
  const id = readId(item);
  return {
    id: `${experimentId}:${id}`,
    datasetItemId: item['experimentItemId'],
    traceId: item['traceId'],
    observationId: id === readText(item, 'traceId') ? null : id,
    createdAt: item['startTime'],
  };
}
