/** Addresses of Langfuse's page, which its SDKs print and people have kept, as addresses of ours. */

/** Where `/project/{id}/...` leads here; undefined for any other address. Segments stay encoded. */
export function toPageAddress(path: string, search: URLSearchParams): string | undefined {
  const [, first, project, ...rest] = path.split('/');
  if (first !== 'project' || project === undefined || project === '') return undefined;
  const tail = toTail(rest, search);
  return tail === '' ? `/p/${project}` : `/p/${project}/${tail}`;
}

function toTail(rest: readonly string[], search: URLSearchParams): string {
  const [room, id] = rest;
  if (room === 'traces') return toTraces(id ?? search.get('peek') ?? undefined, search);
  // Langfuse calls datasets and their runs by ids that our addresses do not have.
  if (room === 'datasets' && id !== undefined)
    return rest.includes('runs') ? 'experiments' : 'datasets';
  return room === 'users' ? 'users' : rest.join('/');
}

function toTraces(id: string | undefined, search: URLSearchParams): string {
  if (id === undefined) return 'traces';
  const observation = search.get('observation');
  const span =
    observation === null ? '' : `?${new URLSearchParams({ span: observation }).toString()}`;
  return `traces/${encodeURIComponent(decodePart(id))}${span}`;
}

function decodePart(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
