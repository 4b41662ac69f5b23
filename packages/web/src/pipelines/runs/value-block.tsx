import { writeClipboard } from '../../lib/clipboard.ts';
import { Button } from '../../ui/button.tsx';
import { IconCopy } from '../../ui/icons.ts';
import { words as uiWords } from '../../ui/messages.ts';

/** A value under its name: a text as it is, anything else as JSON. */
export function ValueBlock({ name, value }: { readonly name: string; readonly value: unknown }) {
  const text = typeof value === 'string' ? value : JSON.stringify(value, null, 2);
  return (
    <div>
      <div className="mb-1 flex h-6 items-center">
        <h3 className="flex-1 text-xs text-muted">{name}</h3>
        <Button
          tone="ghost"
          square
          label={`${uiWords.copy}: ${name}`}
          onClick={() => void writeClipboard(text, uiWords.copied)}
        >
          <IconCopy size={14} />
        </Button>
      </div>
      <pre
        tabIndex={0}
        role="region"
        aria-label={name}
        className="max-h-96 overflow-auto rounded-md border border-line bg-surface p-2.5 font-mono text-xs leading-normal break-words whitespace-pre-wrap"
      >
        {text}
      </pre>
    </div>
  );
}
