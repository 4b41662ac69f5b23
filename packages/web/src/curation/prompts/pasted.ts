import { useLayoutEffect } from 'react';
import { isTyping } from '../../lib/keyboard.ts';

let pasted = '';

/** Text that was pasted on the list, once: the editor begins with it. */
export function takePasted(): string {
  // A moment later, because React may ask twice while it draws.
  setTimeout(() => {
    pasted = '';
  }, 0);
  return pasted;
}

/** Pasting outside of a field keeps the text and calls `onText`. */
export function usePaste(onText: () => void): void {
  useLayoutEffect(() => {
    const listen = (event: ClipboardEvent) => {
      const text = event.clipboardData?.getData('text/plain') ?? '';
      if (text.trim() === '' || isTyping(event.target)) return;
      pasted = text;
      onText();
    };
    window.addEventListener('paste', listen);
    return () => window.removeEventListener('paste', listen);
  }, [onText]);
}
