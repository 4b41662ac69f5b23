import { useEffect, useState } from 'react';
import { toBytes, toText } from '../../lib/format.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/form/fields.tsx';
import { words as uiWords } from '../../ui/messages.ts';
import { Failure } from '../../ui/panels.tsx';
import { words } from '../messages.ts';
import { isModelFile, isModelName, toModelName } from './model-file.ts';
import { useDeployFile, type DeployStage } from './use-deploy-file.ts';

const part = words.drop;

/** Asks for the name and, where opening the file runs code, for trust; then sends it and opens the model's page. */
export function FileDialog({
  project,
  file,
  taken,
  onClose,
}: {
  readonly project: string;
  readonly file: File;
  readonly taken: readonly string[];
  readonly onClose: () => void;
}) {
  const [name, setName] = useState(toModelName(file.name));
  const { stage, deploy, back } = useDeployFile(project, file);
  const isBusy = stage.is === 'sending' || stage.is === 'starting' || stage.is === 'waiting';
  const fault = findFault(name, taken);
  // What was begun on the server goes on, so the dialog stays until it is told how it ended.
  const close = () => {
    if (!isBusy) onClose();
  };
  if (!isModelFile(file.name))
    return (
      <Dialog open onClose={onClose} title={part.title}>
        <p role="alert">{part.badKind(file.name)}</p>
      </Dialog>
    );
  if (stage.is === 'trust')
    return (
      <Dialog open onClose={onClose} title={part.trustTitle(file.name)}>
        <div className="space-y-2 text-pretty" data-stage="trust">
          <p>{part.trustLead}</p>
          <p>{part.trustKeep}</p>
        </div>
        <div className="mt-4 flex flex-wrap justify-end gap-2">
          <Button onClick={back}>{uiWords.cancel}</Button>
          <Button tone="danger" onClick={() => deploy(name, true)}>
            {part.trustAction}
          </Button>
        </div>
      </Dialog>
    );
  return (
    <Dialog open onClose={close} title={part.title}>
      <form
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (fault === undefined && !isBusy) deploy(name, false);
        }}
      >
        <p>
          <span className="font-mono text-xs break-all">{file.name}</span>
          <span className="tnum ml-2 text-muted">{toText(toBytes(file.size))}</span>
        </p>
        <TextField
          label={part.name}
          value={name}
          onChange={setName}
          hint={part.nameHint}
          error={fault}
          disabled={isBusy}
          mono
        />
        <Progress stage={stage} size={file.size} />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose} disabled={isBusy}>
            {uiWords.cancel}
          </Button>
          <Button type="submit" tone="primary" disabled={fault !== undefined || isBusy}>
            {part.deploy}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function Progress({ stage, size }: { readonly stage: DeployStage; readonly size: number }) {
  if (stage.is === 'failed')
    return (
      <div className="-mx-4">
        <Failure title={part.failed} error={stage.error} />
      </div>
    );
  if (stage.is === 'sending')
    return (
      <div>
        <progress
          className="h-1.5 w-full accent-accent"
          max={size}
          value={stage.sent}
          aria-label={part.file}
        />
        <p className="tnum mt-1 text-xs text-muted">
          {part.sending(toText(toBytes(stage.sent)), toText(toBytes(size)))}
        </p>
      </div>
    );
  if (stage.is !== 'starting' && stage.is !== 'waiting') return null;
  return <Waiting text={stage.is === 'starting' ? part.starting : part.waiting} />;
}

/** What is being done, and for how long already: how long it will take nobody can tell. */
function Waiting({ text }: { readonly text: string }) {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setSeconds((before) => before + 1), 1000);
    return () => clearInterval(timer);
  }, []);
  return (
    <div className="text-muted">
      <progress className="h-1.5 w-full accent-accent" aria-label={text} />
      <p className="mt-1 text-xs">
        <span role="status">{text}</span>{' '}
        <span className="tnum">{seconds < 2 ? null : part.elapsed(seconds)}</span>
      </p>
    </div>
  );
}

function findFault(name: string, taken: readonly string[]): string | undefined {
  if (!isModelName(name)) return part.badName;
  return taken.includes(name) ? part.taken : undefined;
}
