/** Traces as text: the tree of the observations, and lists. */
import { isObject } from '#base';

type Wire = Readonly<Record<string, unknown>>;

/** The trace, then its observations below each other, children indented. */
export function renderTrace(trace: Wire): string {
  const observations = toRecords(trace['observations']);
  const ids = new Set(observations.map(({ id }) => id));
  const children = Map.groupBy(observations, ({ parentObservationId: parent }) =>
    ids.has(parent) ? parent : undefined,
  );
  const lines = [`${toName(trace)} (${String(trace['id'])})`];
  const addBelow = (parent: unknown, depth: number) => {
    const sorted = (children.get(parent) ?? []).toSorted((a, b) =>
      String(a['startTime']) < String(b['startTime']) ? -1 : 1,
    );
    for (const one of sorted) {
      lines.push(`${'  '.repeat(depth)}- ${renderObservation(one)}`);
      // Ids are unique within a trace, so a child never stands above its parent.
      if (depth < 100) addBelow(one['id'], depth + 1);
    }
  };
  addBelow(undefined, 1);
  return lines.join('\n');
}

/** One line: type, name, duration, model, level when something is wrong. */
export function renderObservation(observation: Wire): string {
  const { type, latency, model, level } = observation;
  const parts = [
    `${String(type)} ${toName(observation)}`,
    typeof latency === 'number' ? `${latency.toFixed(2)} s` : '',
    typeof model === 'string' ? model : '',
    level === 'ERROR' || level === 'WARNING' ? level : '',
  ];
  return parts.filter((part) => part !== '').join(', ');
}

/** One line per trace: time, name, id, user. */
export function renderTraces(traces: readonly Wire[]): string {
  if (traces.length === 0) return 'No traces found.';
  return traces
    .map((trace) => {
      const user = typeof trace['userId'] === 'string' ? `, user ${trace['userId']}` : '';
      return `${String(trace['timestamp'])} ${toName(trace)} (${String(trace['id'])})${user}`;
    })
    .join('\n');
}

/** Records of a list. */
export function toRecords(value: unknown): readonly Wire[] {
  return Array.isArray(value) ? value.filter((one) => isObject(one)) : [];
}

function toName({ name, id }: Wire): string {
  return typeof name === 'string' && name !== '' ? name : String(id);
}
