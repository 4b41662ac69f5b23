import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/form/fields.tsx';
import { words } from '../messages.ts';
import type { Approval, RunDetail } from './run.ts';
import type { RunView } from './use-run.ts';

const part = words.approval;

/** A step that waits for somebody: what it asks, a comment, yes and no. */
export function ApprovalBar({
  view,
  run,
  approval,
}: {
  readonly view: RunView;
  readonly run: RunDetail;
  readonly approval: Approval;
}) {
  const [comment, setComment] = useState('');
  const { acts } = view;
  const name = run.steps.find(({ id }) => id === approval.step)?.name ?? approval.step;
  return (
    <section
      aria-label={`${part.title}: ${name}`}
      className="flex shrink-0 flex-wrap items-end gap-x-4 gap-y-2 border-b border-line border-l-2 border-l-warn bg-surface px-4 py-3"
      data-approval={approval.step}
    >
      <div className="min-w-60 flex-1">
        <p className="text-xs text-warn">
          {part.title}: {name}
        </p>
        <p className="mt-0.5 font-medium break-words whitespace-pre-wrap">{approval.message}</p>
      </div>
      <TextField
        label={part.comment}
        className="w-64 max-sm:w-full"
        value={comment}
        onChange={setComment}
      />
      <div className="flex gap-2">
        <Button
          tone="primary"
          disabled={acts.busy}
          onClick={() => acts.answer(approval.step, true, comment)}
        >
          {part.approve}
        </Button>
        <Button
          tone="danger"
          disabled={acts.busy}
          onClick={() => acts.answer(approval.step, false, comment)}
        >
          {part.reject}
        </Button>
      </div>
    </section>
  );
}
