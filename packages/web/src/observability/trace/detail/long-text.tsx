import { useState } from 'react';
import { Button } from '../../../ui/button.tsx';
import { words } from '../messages.ts';
import { MarkdownText } from './markdown-text.tsx';

/** Characters shown before the reader asks for all. */
const limit = 4000;

/** Text as Markdown, cut where it is very long. */
export function LongText({ text }: { readonly text: string }) {
  const [all, setAll] = useState(false);
  if (text.length <= limit * 1.2) return <MarkdownText text={text} />;
  return (
    <div>
      <MarkdownText text={all ? text : `${text.slice(0, limit)}…`} />
      <Button tone="ghost" className="mt-1" aria-expanded={all} onClick={() => setAll(!all)}>
        {all ? words.showLess : words.showAll(text.length.toLocaleString('en'))}
      </Button>
    </div>
  );
}
