/** Groups of states. */
export type TasksView = 'open' | 'failed' | 'ended' | 'all';

/** What the address of the tasks says. */
export interface TasksSearch {
  readonly view?: Exclude<TasksView, 'open'>;
  readonly kind?: string;
  /** The task that is shown beside the list. */
  readonly task?: string;
}

/** Reads the address; what is unknown is dropped. */
export function parseTasksSearch(raw: Readonly<Record<string, unknown>>): TasksSearch {
  const search: { -readonly [K in keyof TasksSearch]: TasksSearch[K] } = {};
  const view = (['failed', 'ended', 'all'] as const).find((one) => one === raw['view']);
  if (view !== undefined) search.view = view;
  for (const key of ['kind', 'task'] as const) {
    const value = raw[key];
    if (typeof value === 'string' && value !== '') search[key] = value;
  }
  return search;
}
