import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextDiff } from '../../ui/diff/text-diff.tsx';
import { Failure } from '../../ui/panels.tsx';
import { addToast } from '../../lib/toasts.ts';
import { words as uiWords } from '../../ui/messages.ts';
import { words } from '../messages.ts';
import type { PipelineSource } from '../pipeline.ts';
import type { OpenPipeline } from './use-pipeline.ts';

const part = words.edit;

/** What stands above a text that was changed: save it, drop it, and what to do when someone else saved first. */
export function DraftBar({ open: { view, detail } }: { readonly open: OpenPipeline }) {
  const { draft, save } = view;
  const [comparing, setComparing] = useState(false);
  if (draft === undefined) return null;
  const stale = save.conflict || draft.baseDigest !== detail.digest;
  const discard = () => {
    save.clear();
    view.writeDraft(undefined);
    addToast({
      text: part.discard,
      duration: 8000,
      undo: () => view.writeDraft(draft),
    });
  };
  return (
    <div
      className="shrink-0 border-b border-line bg-surface"
      data-draft={stale ? 'stale' : 'changed'}
    >
      <div className="flex min-h-10 flex-wrap items-center gap-2 px-4 py-1.5">
        <DraftState stale={stale} source={detail.source} />
        {stale ? (
          <>
            <Button onClick={() => setComparing(true)}>{part.showTheirs}</Button>
            <Button onClick={discard}>{part.readTheirs}</Button>
            <Button disabled={save.busy} onClick={() => void save.run(draft, detail.digest)}>
              {part.overwrite}
            </Button>
          </>
        ) : (
          <>
            <Button tone="ghost" onClick={discard}>
              {part.discard}
            </Button>
            <Button
              tone="primary"
              disabled={save.busy || !view.reading.ok}
              onClick={() => void save.run(draft, draft.baseDigest)}
            >
              {part.save}
            </Button>
          </>
        )}
      </div>
      {save.error === undefined || save.conflict ? null : (
        <Failure title={part.saveFailed} error={save.error} />
      )}
      {comparing ? (
        <Comparison theirs={detail.text} own={draft.text} onClose={() => setComparing(false)} />
      ) : null}
    </div>
  );
}

function DraftState({
  stale,
  source,
}: {
  readonly stale: boolean;
  readonly source: PipelineSource;
}) {
  return (
    <span className="min-w-0 flex-1 text-pretty" role={stale ? 'alert' : 'status'}>
      <span className={stale ? 'text-warn' : 'font-medium'}>
        {stale ? part.savedElsewhere : part.changed}
      </span>
      {stale || source === 'server' ? null : (
        <span className="ml-2 text-muted max-md:hidden">{part.ownCopy(words.source[source])}</span>
      )}
    </span>
  );
}

function Comparison({
  theirs,
  own,
  onClose,
}: {
  readonly theirs: string;
  readonly own: string;
  readonly onClose: () => void;
}) {
  return (
    <Dialog open wide onClose={onClose} title={part.theirs}>
      <div className="overflow-hidden rounded-lg border border-line py-1">
        <TextDiff before={theirs} after={own} label={part.theirs} />
      </div>
      <div className="mt-4 flex justify-end">
        <Button onClick={onClose}>{uiWords.close}</Button>
      </div>
    </Dialog>
  );
}
