/** From a folder to everything that has to happen. */
import type { Change, ObjectKind } from './change.ts';
import { OBJECT_KINDS } from './change.ts';
import { planFailures } from './errors.ts';
import { planDatasets, pruneDatasets } from './plan-datasets.ts';
import { planPrompts, prunePrompts } from './plan-prompts.ts';
import { planScoreConfigs, pruneScoreConfigs } from './plan-score-configs.ts';
import { planTemplates, pruneTemplates } from './plan-templates.ts';
import type { DeployApi } from './ports.ts';
import { readFolder } from './read-folder.ts';

export interface PlanOptions {
  /** Put on every version of a prompt that a file describes. */
  readonly labels: readonly string[];
  /** What no file describes goes, for each kind that some file describes. */
  readonly isPruning: boolean;
}

/**
 * Reads the folder and compares; changes nothing. In the order in which the changes can be made.
 * Throws COAIA-5300 to 5302 and what the files' own readers throw.
 */
export async function makePlan(
  api: DeployApi,
  folder: string,
  { labels, isPruning }: PlanOptions,
): Promise<readonly Change[]> {
  const files = readFolder(folder);
  const planned = [
    ...(await planScoreConfigs(api.scores, files['score-config'])),
    ...(await planDatasets(api.datasets, files.dataset, isPruning)),
    ...(await planPrompts(api.prompts, files.prompt, labels)),
    ...(await planTemplates(api.templates, files.template)),
  ];
  checkTwice(planned);
  if (!isPruning) return planned;
  const pruned: Change[] = [];
  for (const kind of OBJECT_KINDS) {
    const names = new Set(planned.flatMap((one) => (one.kind === kind ? [one.name] : [])));
    if (names.size > 0) pruned.push(...(await prune[kind](api, names)));
  }
  return [...planned, ...pruned];
}

const prune: Readonly<
  Record<ObjectKind, (api: DeployApi, names: ReadonlySet<string>) => Promise<readonly Change[]>>
> = {
  'score-config': ({ scores }, names) => pruneScoreConfigs(scores, names),
  dataset: ({ datasets }, names) => pruneDatasets(datasets, names),
  prompt: ({ prompts }, names) => prunePrompts(prompts, names),
  template: ({ templates }, names) => pruneTemplates(templates, names),
};

function checkTwice(changes: readonly Change[]): void {
  const files = new Map<string, string>();
  for (const { kind, name, file } of changes) {
    const key = `${kind} ${name.toLowerCase()}`;
    const other = files.get(key);
    if (other !== undefined)
      throw planFailures.create(
        'COAIA-5302',
        `The ${kind} ${name} is described twice: in ${other} and in ${file ?? ''}.`,
      );
    files.set(key, file ?? '');
  }
}

/** True when there is something to do. */
export function isPending({ action }: Pick<Change, 'action'>): boolean {
  return action !== 'same';
}
