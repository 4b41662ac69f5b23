import type { Task } from '@coaia/client';
import { Button } from '../ui/button.tsx';
import { IconMore } from '../ui/icons.ts';
import { Menu, MenuItem, MenuLine } from '../ui/menu.tsx';
import { words } from './messages.ts';

/** What can be done to a task. */
export interface TaskActs {
  readonly cancel: (task: Task) => void;
  readonly retry: (task: Task) => void;
  readonly retryAll: (name?: string) => void;
  readonly setPaused: (queue: string, paused: boolean) => void;
  readonly openTrace: (task: Task) => void;
  readonly openRun: (task: Task) => void;
}

const ended: ReadonlySet<string> = new Set(['succeeded', 'failed', 'cancelled']);

/** True where trying again is possible. */
export function canRetry({ state }: Task): boolean {
  return state === 'failed' || state === 'cancelled';
}

/** True where there is something to stop. */
export function canCancel({ state }: Task): boolean {
  return !ended.has(state);
}

/** The actions of one task. */
export function TaskMenu({ task, acts }: { readonly task: Task; readonly acts: TaskActs }) {
  return (
    <Menu
      align="end"
      renderTrigger={(props) => (
        <Button {...props} tone="ghost" square label={`${words.more}: ${task.name}`}>
          <IconMore size={14} />
        </Button>
      )}
    >
      {canCancel(task) ? (
        <MenuItem tone="danger" onSelect={() => acts.cancel(task)}>
          {words.cancel}
        </MenuItem>
      ) : null}
      {canRetry(task) ? <MenuItem onSelect={() => acts.retry(task)}>{words.retry}</MenuItem> : null}
      {task.state === 'failed' ? (
        <MenuItem onSelect={() => acts.retryAll(task.name)}>{words.retryAll(task.name)}</MenuItem>
      ) : null}
      <MenuLine />
      {task.kind === 'pipeline' ? (
        <MenuItem onSelect={() => acts.openRun(task)}>{words.openRun}</MenuItem>
      ) : null}
      <MenuItem onSelect={() => acts.openTrace(task)}>{words.openTrace}</MenuItem>
    </Menu>
  );
}
