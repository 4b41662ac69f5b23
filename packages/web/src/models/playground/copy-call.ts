import type { OperationCall } from '../../lib/copy-as.ts';
import { toShellWord } from '../../lib/copy-as.ts';
import { toProjectPath } from '../../lib/server.ts';
import type { Draft } from './draft.ts';
import { toRun } from './to-run.ts';

/** The first column as a call that gives the same; undefined while it cannot run. */
export function toCopyCall(
  draft: Draft,
  project: string,
  baseUrl: string,
): OperationCall | undefined {
  const [column] = draft.columns;
  const call = column === undefined ? undefined : toRun(draft, column);
  if (call === undefined || !call.ok) return undefined;
  const { isStreamed: _, ...run } = call.run;
  return {
    command: `echo ${toShellWord(JSON.stringify(run))} | coaia models run -`,
    method: 'POST',
    path: toProjectPath(project, 'playground/runs'),
    body: { ...run, isStreamed: false },
    baseUrl,
  };
}
