import type { Observation, Trace } from '@coaia/client';
import { useMemo } from 'react';
import { writeClipboard } from '../../../lib/clipboard.ts';
import { Button } from '../../../ui/button.tsx';
import { IconCopy } from '../../../ui/icons.ts';
import { words as uiWords } from '../../../ui/messages.ts';
import { words } from '../messages.ts';
import { JsonTree } from './json-tree.tsx';
import { parseLoose } from './parse-block.ts';

/** The whole object as JSON; JSON inside strings is opened. */
export function JsonTab({ subject }: { readonly subject: Observation | Trace }) {
  const value = useMemo(
    () => ({ ...subject, input: parseLoose(subject.input), output: parseLoose(subject.output) }),
    [subject],
  );
  return (
    <div className="flex h-full min-h-60 flex-col">
      <div className="flex h-9 shrink-0 items-center justify-end px-3">
        <Button
          tone="ghost"
          onClick={() => void writeClipboard(JSON.stringify(subject, null, 2), uiWords.copied)}
        >
          <IconCopy size={14} />
          {words.copyJson}
        </Button>
      </div>
      <div className="min-h-0 flex-1">
        <JsonTree value={value} label={words.jsonLabel} full />
      </div>
    </div>
  );
}
