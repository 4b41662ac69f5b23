/** Parents inside a batch: by id, by name, never in a circle. */
import type { Draft, Remarks } from './batch-draft.ts';

/** Resolves `parent` in place and remarks on double ids, unknown parents and circles. */
export function setParents(drafts: readonly Draft[], isStrict: boolean, remarks: Remarks): void {
  const byId = new Map(drafts.map((draft) => [draft.observation.id, draft]));
  findDoubles(drafts, remarks);
  for (const draft of drafts) {
    setParent(draft, drafts, byId, remarks);
    const parentId = draft.observation['parentObservationId'];
    if (typeof parentId === 'string' && !byId.has(parentId)) {
      const list = isStrict ? remarks.problems : remarks.notices;
      list.push(`${draft.where}: the parent ${parentId} is not in the batch`);
    }
  }
  for (const draft of drafts) {
    if (isOwnAncestor(draft, byId))
      remarks.problems.push(`${draft.where}: its parents form a circle`);
  }
}

function findDoubles(drafts: readonly Draft[], { problems }: Remarks): void {
  const seen = new Set<string>();
  for (const { where, observation } of drafts) {
    if (seen.has(observation.id)) problems.push(`${where}: the id ${observation.id} appears twice`);
    seen.add(observation.id);
  }
}

/** An id of the batch wins over a name; a name must be unique; anything else is taken as an id. */
function setParent(
  { parent, where, observation }: Draft,
  drafts: readonly Draft[],
  byId: ReadonlyMap<string, Draft>,
  { problems }: Remarks,
): void {
  if (parent === undefined) return;
  observation['parentObservationId'] = parent;
  if (byId.has(parent)) return;
  const named = drafts.filter((draft) => draft.observation['name'] === parent);
  if (named.length > 1) problems.push(`${where}: ${named.length} items are named ${parent}`);
  const [first] = named;
  if (first !== undefined) observation['parentObservationId'] = first.observation.id;
}

function isOwnAncestor(draft: Draft, byId: ReadonlyMap<string, Draft>): boolean {
  const seen = new Set<string>();
  let at = draft.observation['parentObservationId'];
  while (typeof at === 'string' && !seen.has(at)) {
    if (at === draft.observation.id) return true;
    seen.add(at);
    at = byId.get(at)?.observation['parentObservationId'];
  }
  return false;
}
