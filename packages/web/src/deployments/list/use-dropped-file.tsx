import { useLayoutEffect, useState } from 'react';
import { modelKinds } from './model-file.ts';
import { words } from '../messages.ts';

/** A file that was dropped on the page or chosen by the button; one at a time. */
export function useDroppedFile() {
  const [file, setFile] = useState<File | undefined>(undefined);
  const [isOver, setIsOver] = useState(false);
  useLayoutEffect(() => {
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') === true;
    const over = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setIsOver(true);
    };
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) setIsOver(false);
    };
    const drop = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setIsOver(false);
      const [first] = event.dataTransfer?.files ?? [];
      if (first !== undefined) setFile(first);
    };
    const pairs = [
      ['dragover', over],
      ['dragleave', leave],
      ['drop', drop],
    ] as const;
    for (const [name, listener] of pairs) window.addEventListener(name, listener);
    return () => {
      for (const [name, listener] of pairs) window.removeEventListener(name, listener);
    };
  }, []);
  const choose = () => {
    const input = document.createElement('input');
    input.type = 'file';
    input.accept = modelKinds.join(',');
    input.addEventListener('change', () => setFile(input.files?.[0]));
    input.click();
  };
  return { file, isOver, choose, forget: () => setFile(undefined) };
}

/** Covers the page while a file hangs over it. */
export function DropHint() {
  return (
    <div
      className="pointer-events-none fixed inset-2 z-30 flex flex-col items-center justify-center rounded-lg border-2 border-dashed border-accent bg-accent-soft/80"
      role="status"
    >
      <p className="text-lg font-semibold">{words.drop.here}</p>
      <p className="mt-1 text-muted">{words.drop.kinds}</p>
    </div>
  );
}
