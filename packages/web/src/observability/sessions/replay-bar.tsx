import { Button } from '../../ui/button.tsx';
import { IconArrowLeft, IconChevronRight, IconClose } from '../../ui/icons.ts';
import { words } from './messages.ts';
import type { SessionView } from './use-session.ts';

/** Where the replay stands, with its buttons; also says it to assistive technology. */
export function ReplayBar({ view }: { readonly view: SessionView }) {
  const { step = 0, last, setStep } = view;
  const turn = Math.ceil(step / 2);
  const said = step === 0 ? '' : step % 2 === 1 ? words.asked(turn) : words.answered(turn);
  return (
    <div
      role="toolbar"
      aria-label={words.replayBar}
      data-step={step}
      className="flex h-11 shrink-0 items-center gap-2 border-t border-line px-4"
    >
      <Button square label={words.previous} disabled={step === 0} onClick={() => setStep(step - 1)}>
        <IconArrowLeft size={14} />
      </Button>
      <Button square label={words.next} disabled={step >= last} onClick={() => setStep(step + 1)}>
        <IconChevronRight size={14} />
      </Button>
      <span className="tnum">{words.step(step, last)}</span>
      <span role="status" className="min-w-0 flex-1 truncate text-muted">
        {said}
      </span>
      <Button tone="ghost" onClick={() => setStep(undefined)}>
        <IconClose size={14} />
        {words.endReplay}
      </Button>
    </div>
  );
}
