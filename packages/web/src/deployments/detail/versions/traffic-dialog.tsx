import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { TextField } from '../../../ui/form/fields.tsx';
import { words as uiWords } from '../../../ui/messages.ts';
import { Failure } from '../../../ui/panels.tsx';
import { words } from '../../messages.ts';
import type { OpenDeployment } from '../use-deployment.ts';
import { GatePart } from './gate-part.tsx';
import { parsePercent, type TrafficAction } from './traffic-action.ts';
import { useTrafficChange, type AskedGate } from './use-traffic-change.ts';

const part = words.versions;

/** Asks before the traffic changes: what will happen, what the gate says of it, and why. */
export function TrafficDialog({
  open,
  action,
  onClose,
}: {
  readonly open: OpenDeployment;
  readonly action: TrafficAction;
  readonly onClose: () => void;
}) {
  const change = useTrafficChange(open, action, onClose);
  const { asked, isRefused, isReady, error } = change;
  const { kind } = action;
  return (
    <Dialog
      open
      onClose={onClose}
      title={kind === 'rollback' ? part.titles.rollback : part.titles[kind](action.version)}
      wide={asked.isAsked}
    >
      <form
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady) void change.send();
        }}
      >
        <p className="text-pretty">{part.leads[kind]}</p>
        <Gate asked={asked} />
        <Fields kind={kind} change={change} />
        {error === undefined ? null : (
          <div className="-mx-4">
            <Failure title={part.actionFailed} error={error} />
          </div>
        )}
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>{uiWords.cancel}</Button>
          <Button
            type="submit"
            tone={isRefused || kind === 'rollback' ? 'danger' : 'primary'}
            disabled={!isReady}
          >
            {isRefused ? part.override : part[kind]}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function Fields({
  kind,
  change: { percent, setPercent, reason, setReason, isRefused },
}: {
  readonly kind: TrafficAction['kind'];
  readonly change: ReturnType<typeof useTrafficChange>;
}) {
  return (
    <>
      {kind === 'canary' ? (
        <TextField
          label={part.percent}
          value={percent}
          onChange={setPercent}
          error={parsePercent(percent) === undefined ? part.badPercent : undefined}
          mono
        />
      ) : null}
      <TextField
        label={part.reason}
        value={reason}
        onChange={setReason}
        hint={isRefused ? `${part.reasonNeeded} ${part.overrideNote}` : part.reasonHint}
      />
    </>
  );
}

function Gate({ asked: { gate, error, isAsked } }: { readonly asked: AskedGate }) {
  if (!isAsked) return null;
  if (gate !== undefined) return <GatePart gate={gate} />;
  if (error === undefined) return <p className="h-12 text-muted">{part.gate.reading}</p>;
  return (
    <div className="-mx-4">
      <Failure title={part.gate.failed} error={error} />
    </div>
  );
}
