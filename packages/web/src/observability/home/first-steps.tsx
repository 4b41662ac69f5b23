import { writeClipboard } from '../../lib/clipboard.ts';
import { Button } from '../../ui/button.tsx';
import { IconCheck, IconClose, IconCopy } from '../../ui/icons.ts';
import { Time } from '../../ui/value.tsx';
import { words as uiWords } from '../../ui/messages.ts';
import type { ChecklistStep } from './home-query.ts';
import { words } from './messages.ts';

/** The first steps, each with its command; a tick turns when the thing has really happened. */
export function FirstSteps({
  steps,
  onDismiss,
}: {
  readonly steps: readonly ChecklistStep[];
  readonly onDismiss: () => void;
}) {
  const done = steps.filter((step) => step.done).length;
  return (
    <section className="rounded-lg border border-line" aria-label={words.firstSteps}>
      <div className="row-line flex h-9 items-center gap-2 pr-1 pl-3">
        <h2 className="font-medium">{words.firstSteps}</h2>
        <span className="tnum flex-1 text-xs text-muted">
          {words.stepsDone(done, steps.length)}
        </span>
        <Button tone="ghost" square label={words.dismiss} onClick={onDismiss}>
          <IconClose size={14} />
        </Button>
      </div>
      <ol>
        {steps.map((step) => (
          <li
            key={step.id}
            className="row-line flex min-h-9 flex-wrap items-center gap-x-3 px-3 py-1 last:shadow-none"
            data-step={step.id}
            data-done={step.done}
          >
            <Tick done={step.done} />
            <span className={step.done ? 'text-muted' : ''}>{step.title}</span>
            {step.at === null ? null : <Time iso={step.at} className="text-xs text-faint" />}
            <span className="flex-1" />
            {step.command === '' ? null : (
              <span className="flex min-w-0 items-center max-sm:w-full max-sm:pl-7">
                <code className={`truncate font-mono text-xs ${step.done ? 'text-faint' : ''}`}>
                  {step.command}
                </code>
                <Button
                  tone="ghost"
                  square
                  label={`${uiWords.copy}: ${step.command}`}
                  onClick={() => void writeClipboard(step.command, uiWords.copied)}
                >
                  <IconCopy size={14} />
                </Button>
              </span>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}

function Tick({ done }: { readonly done: boolean }) {
  return (
    <span
      role="img"
      aria-label={done ? words.done : words.open}
      className={`flex size-4 shrink-0 items-center justify-center rounded-full ${done ? 'bg-ok text-bg' : 'border border-field'}`}
    >
      {done ? <IconCheck size={11} strokeWidth={3} /> : null}
    </span>
  );
}
