import { addToast } from './toasts.ts';

/** Copies text and says so; falls back to a hidden field where the clipboard API is refused (plain http). */
export async function writeClipboard(text: string, said: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    writeByField(text);
  }
  addToast({ text: said });
}

function writeByField(text: string): void {
  const field = document.createElement('textarea');
  const before = document.activeElement;
  field.value = text;
  field.readOnly = true;
  field.className = 'sr-only';
  document.body.append(field);
  field.select();
  // oxlint-disable-next-line typescript/no-deprecated -- the only way where the page is served without TLS
  document.execCommand('copy');
  field.remove();
  if (before instanceof HTMLElement) before.focus();
}
