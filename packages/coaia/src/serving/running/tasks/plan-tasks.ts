/** Which tasks run for one, in which order. */
import { findNearest } from '#base';
import { projectFailures } from '../../projects/errors.ts';
import type { Task } from '../../projects/project.ts';

/** Tasks that `ao` has itself; one of the project with the same name takes its place. */
export const BUILT_IN_TASKS = [
  'up',
  'down',
  'ps',
  'logs',
  'test',
  'call',
  'bench',
  'smoke',
] as const;

/** The task and everything it needs, each once, needs first. AO109 for circles and unknown needs, AO111. */
export function planTasks(tasks: readonly Task[], name: string): readonly Task[] {
  const found = tasks.find((task) => task.name === name);
  if (found === undefined) throw toUnknown(tasks, name);
  const order: Task[] = [];
  addTask({ tasks, order }, found, []);
  return order;
}

interface Plan {
  readonly tasks: readonly Task[];
  readonly order: Task[];
}

function addTask(plan: Plan, task: Task, above: readonly string[]): void {
  if (plan.order.includes(task)) return;
  const path = [...above, task.name];
  if (above.includes(task.name))
    throw projectFailures.create('AO109', `The tasks need each other: ${path.join(' -> ')}.`, {
      hint: 'ao config tasks',
    });
  for (const need of task.needs) {
    const other = plan.tasks.find(({ name }) => name === need);
    if (other === undefined)
      throw projectFailures.create(
        'AO109',
        `The task \`${task.name}\` needs \`${need}\`, which is not in [tasks] of ao.toml.${toQuestion(need, plan.tasks)}`,
        { hint: 'ao config tasks' },
      );
    addTask(plan, other, path);
  }
  plan.order.push(task);
}

function toQuestion(name: string, tasks: readonly Task[], others: readonly string[] = []): string {
  const [nearest] = findNearest(name, [...tasks.map((task) => task.name), ...others]);
  return nearest === undefined ? '' : ` Did you mean \`${nearest}\`?`;
}

function toUnknown(tasks: readonly Task[], name: string) {
  return projectFailures.create(
    'AO111',
    `There is no task \`${name}\`.${toQuestion(name, tasks, BUILT_IN_TASKS)}`,
    { hint: 'ao run' },
  );
}
