import { createStore } from './external-store.ts';

/** One line at the bottom left; a new one takes the place of the old. */
export interface Toast {
  readonly text: string;
  /** Undo, shown as a button while the toast stands. */
  readonly undo?: () => void;
  /** Milliseconds; 8 s with an undo, else 3 s. */
  readonly duration?: number;
  readonly tone?: 'plain' | 'error';
}

/** The toast that stands now. */
export const toastStore = createStore<(Toast & { readonly id: number }) | null>(null);

let counter = 0;

/** Shows a toast in place of the one that stands. */
export function addToast(toast: Toast): void {
  counter += 1;
  const id = counter;
  toastStore.write({ ...toast, id });
  const duration = toast.duration ?? (toast.undo === undefined ? 3000 : 8000);
  setTimeout(() => removeToast(id), duration);
}

/** Takes the toast away if it is still the one named. */
export function removeToast(id: number): void {
  if (toastStore.read()?.id === id) toastStore.write(null);
}
