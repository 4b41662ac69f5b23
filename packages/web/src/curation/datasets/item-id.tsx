import { writeClipboard } from '../../lib/clipboard.ts';
import { words as ui } from '../../ui/messages.ts';

/** An item's id in mono; a click copies the whole. Ids that sort by time begin alike, so their ends are shown. */
export function ItemId({ id }: { readonly id: string }) {
  const isMade = /^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[\da-f]{4}-[\da-f]{12}$/i.test(id);
  return (
    <button
      type="button"
      data-hint={ui.copyId(id)}
      aria-label={ui.copyId(isMade ? id.slice(-8) : id)}
      className="-ml-1 inline-block h-6 max-w-full truncate rounded-sm px-1 font-mono text-xs text-muted hover:bg-hover hover:text-fg"
      onClick={() => void writeClipboard(id, ui.copied)}
    >
      {isMade ? id.slice(-8) : id}
    </button>
  );
}
