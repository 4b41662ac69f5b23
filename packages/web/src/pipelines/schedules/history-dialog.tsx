import type { Schedule } from '@coaia/client';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Dialog } from '../../ui/dialog.tsx';
import { SkeletonRows } from '../../ui/panels.tsx';
import { NothingHere } from '../../ui/page/empty-state.tsx';
import { ErrorState } from '../../ui/page/error-state.tsx';
import { Time } from '../../ui/value.tsx';
import { words } from '../messages.ts';
import { StepMark } from '../runs/step-mark.tsx';
import { firingsQuery } from './queries.ts';

const part = words.schedules;

/** The times a schedule was due, and what came of each. */
export function HistoryDialog({
  project,
  schedule,
  onClose,
}: {
  readonly project: string;
  readonly schedule: Schedule;
  readonly onClose: () => void;
}) {
  const query = useQuery(firingsQuery(project, schedule.id));
  return (
    <Dialog open wide onClose={onClose} title={part.historyTitle(schedule.name)}>
      {query.isError ? <ErrorState title={part.failed} error={query.error} /> : null}
      {query.isPending ? <SkeletonRows rows={4} /> : null}
      {query.data?.length === 0 ? <NothingHere name="history">{part.noHistory}</NothingHere> : null}
      {query.data === undefined || query.data.length === 0 ? null : (
        <table className="w-full text-left" data-history={query.data.length}>
          <thead className="text-xs text-muted">
            <tr className="row-line h-7">
              <th className="pr-4 font-normal">{part.fired}</th>
              <th className="pr-4 font-normal">{part.result}</th>
              <th className="font-normal">{words.runs.columns.id}</th>
            </tr>
          </thead>
          <tbody>
            {query.data.map((firing) => (
              <tr key={firing.at} className="row-line h-8">
                <td className="pr-4">
                  <Time iso={firing.at} />
                </td>
                <td className="pr-4">
                  {firing.runState === null ? (
                    <span className="text-muted">
                      {part.firing[firing.state]}
                      {firing.reason === null ? '' : `: ${firing.reason}`}
                    </span>
                  ) : (
                    <StepMark state={firing.runState} />
                  )}
                </td>
                <td>
                  {firing.runId === null ? (
                    <span className="text-faint">–</span>
                  ) : (
                    <Link
                      to="/p/$project/pipelines/runs/$runId"
                      params={{ project, runId: firing.runId }}
                      className="font-mono text-xs underline underline-offset-2 hover:text-accent"
                    >
                      {firing.runId.slice(0, 8)}
                    </Link>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Dialog>
  );
}
