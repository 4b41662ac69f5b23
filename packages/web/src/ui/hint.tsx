import { useEffect, useRef, useState } from 'react';

interface Shown {
  readonly text: string;
  readonly anchor: DOMRect;
}

/**
 * One hint for the whole page: any element with `data-hint` shows its text on hover and keyboard focus.
 * One pair of listeners serves ten thousand rows. Any key puts the hint away. It only repeats or widens what
 * stands there, so assistive technology does not hear it.
 */
export function HintLayer() {
  const [shown, setShown] = useState<Shown | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    const hide = () => {
      clearTimeout(timer.current);
      setShown(null);
    };
    const show = (event: Event) => {
      hide();
      const target =
        event.target instanceof Element
          ? event.target.closest<HTMLElement | SVGElement>('[data-hint]')
          : null;
      const text = target?.dataset['hint'] ?? '';
      if (target === null || text === '') return;
      if (event.type === 'focusin' && !target.matches(':focus-visible')) return;
      timer.current = setTimeout(() => {
        if (target.isConnected) setShown({ text, anchor: target.getBoundingClientRect() });
      }, 450);
    };
    const hideOn = ['pointerdown', 'keydown', 'scroll', 'focusout', 'wheel'];
    document.addEventListener('pointerover', show);
    document.addEventListener('focusin', show);
    for (const name of hideOn)
      document.addEventListener(name, hide, { capture: true, passive: true });
    return () => {
      document.removeEventListener('pointerover', show);
      document.removeEventListener('focusin', show);
      for (const name of hideOn) document.removeEventListener(name, hide, { capture: true });
      clearTimeout(timer.current);
    };
  }, []);
  if (shown === null) return null;
  return <Bubble shown={shown} />;
}

function Bubble({ shown }: { readonly shown: Shown }) {
  const below = shown.anchor.bottom + 36 < window.innerHeight;
  const middle = shown.anchor.left + shown.anchor.width / 2;
  const left = Math.min(Math.max(middle, 90), window.innerWidth - 90);
  return (
    <div
      aria-hidden="true"
      data-bubble="hint"
      className="pointer-events-none fixed z-50 max-w-80 -translate-x-1/2 rounded-md bg-fg px-2 py-1 text-xs break-words text-bg"
      style={{
        left,
        ...(below
          ? { top: shown.anchor.bottom + 6 }
          : { bottom: window.innerHeight - shown.anchor.top + 6 }),
      }}
    >
      {shown.text}
    </div>
  );
}
