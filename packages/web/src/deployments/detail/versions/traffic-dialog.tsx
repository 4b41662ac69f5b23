import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { addToast } from '../../../lib/toasts.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { TextField } from '../../../ui/form/fields.tsx';
import { words as uiWords } from '../../../ui/messages.ts';
import { Failure } from '../../../ui/panels.tsx';
import { words } from '../../messages.ts';
import { deploymentCalls, evaluationsQuery, refreshDeployments } from '../../queries.ts';
import type { OpenDeployment } from '../use-deployment.ts';
import { listObjections, parsePercent, toChange, type TrafficAction } from './traffic-action.ts';

const part = words.versions;

/** Asks before the traffic changes: what will happen, why, and what the evaluation says against it. */
export function TrafficDialog({
  open,
  action,
  onClose,
}: {
  readonly open: OpenDeployment;
  readonly action: TrafficAction;
  readonly onClose: () => void;
}) {
  const { project, model } = open.view;
  const [percent, setPercent] = useState('10');
  const [reason, setReason] = useState('');
  const evaluations = useQuery(evaluationsQuery(project, model)).data ?? [];
  const { busy, error, run } = useTraffic(open, onClose);
  const objections = listObjections(evaluations, action);
  const share = parsePercent(percent);
  const isReady =
    (action.kind !== 'canary' || share !== undefined) &&
    (objections.length === 0 || reason.trim() !== '');
  const title =
    action.kind === 'rollback' ? part.titles.rollback : part.titles[action.kind](action.version);
  return (
    <Dialog open onClose={onClose} title={title}>
      <form
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady && !busy) void run(action, share ?? 0, reason.trim());
        }}
      >
        <p className="text-pretty">{part.leads[action.kind]}</p>
        <Objections lines={objections} />
        {action.kind === 'canary' ? (
          <TextField
            label={part.percent}
            value={percent}
            onChange={setPercent}
            error={share === undefined ? part.badPercent : undefined}
            mono
          />
        ) : null}
        <TextField
          label={part.reason}
          value={reason}
          onChange={setReason}
          hint={objections.length === 0 ? part.reasonHint : part.reasonNeeded}
        />
        {error === undefined ? null : (
          <div className="-mx-4">
            <Failure title={part.actionFailed} error={error} />
          </div>
        )}
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>{uiWords.cancel}</Button>
          <Button
            type="submit"
            tone={action.kind === 'rollback' ? 'danger' : 'primary'}
            disabled={!isReady || busy}
          >
            {part[action.kind]}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function Objections({ lines }: { readonly lines: readonly string[] }) {
  if (lines.length === 0) return null;
  return (
    <div role="alert" className="rounded-r-md border border-l-2 border-line border-l-error p-2.5">
      <p className="font-medium">{part.against}</p>
      <ul className="mt-1 list-disc space-y-1 pl-4">
        {lines.map((one) => (
          <li key={one}>{one}</li>
        ))}
      </ul>
    </div>
  );
}

function useTraffic({ view, detail }: OpenDeployment, onDone: () => void) {
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(undefined);
  const run = async (action: TrafficAction, percent: number, reason: string) => {
    setBusy(true);
    setError(undefined);
    try {
      addToast({ text: await changeTraffic({ view, detail }, action, percent, reason) });
      await refreshDeployments(client, view.project);
      onDone();
    } catch (error_) {
      setError(error_);
      setBusy(false);
      await refreshDeployments(client, view.project);
    }
  };
  return { busy, error, run };
}

async function changeTraffic(
  { view: { model }, detail: { traffic } }: OpenDeployment,
  action: TrafficAction,
  percent: number,
  reason: string,
): Promise<string> {
  const why = reason === '' ? {} : { reason };
  if (action.kind === 'rollback') {
    const { champion } = await deploymentCalls.rollBack(model, why);
    return part.rolledBack(champion);
  }
  await deploymentCalls.changeTraffic(model, {
    change: toChange(action, percent),
    action: action.kind,
    ...why,
    // What somebody else changed meanwhile is not overwritten unseen.
    ...(traffic === null ? {} : { ifRevision: traffic.revision }),
  });
  return part.done;
}
