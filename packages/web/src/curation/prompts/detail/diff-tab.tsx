import type { Prompt } from '@coaia/client';
import { useQuery } from '@tanstack/react-query';
import { TextDiff } from '../../../ui/diff/text-diff.tsx';
import { SelectField } from '../../../ui/form/fields.tsx';
import { SkeletonRows } from '../../../ui/panels.tsx';
import { NothingHere } from '../../../ui/page/empty-state.tsx';
import { ErrorState } from '../../../ui/page/error-state.tsx';
import { words } from '../messages.ts';
import { toConfigTexts, toPlainText } from '../prompt.ts';
import { versionQuery } from '../queries.ts';
import type { PromptView } from './use-prompt.ts';

/** Any two versions beside each other: texts with roles, config and tools, word by word. */
export function DiffTab({ view }: { readonly view: PromptView }) {
  const { project, name, version, against, numbers } = view;
  const before = useQuery(versionQuery(project, name, against));
  const after = useQuery(versionQuery(project, name, version));
  if (numbers.length < 2) return <NothingHere name="diff">{words.oneVersion}</NothingHere>;
  const options = numbers.map((number) => ({ value: String(number), label: `v${number}` }));
  const error = before.error ?? after.error;
  return (
    <div
      className="min-h-0 flex-1 overflow-y-auto"
      role="region"
      tabIndex={0}
      aria-label={words.tabs.diff}
    >
      <div className="flex items-end gap-3 px-4 py-3">
        <SelectField
          label={words.from}
          className="w-24"
          value={String(against)}
          options={options}
          onChange={(next) => view.setSides(Number(next), version)}
        />
        <SelectField
          label={words.to}
          className="w-24"
          value={String(version)}
          options={options}
          onChange={(next) => view.setSides(against, Number(next))}
        />
      </div>
      {error === null ? null : <ErrorState title={words.onePrompt} error={error} />}
      {before.data === undefined || after.data === undefined ? (
        error === null ? (
          <SkeletonRows rows={6} />
        ) : null
      ) : (
        <PromptDiff before={before.data} after={after.data} />
      )}
    </div>
  );
}

type Sides = Pick<Prompt, 'type' | 'prompt' | 'config'>;

/** What differs between two versions, one part below the other. */
export function PromptDiff({ before, after }: { readonly before: Sides; readonly after: Sides }) {
  const [left, right] = [toConfigTexts(before.config), toConfigTexts(after.config)];
  const parts = [
    {
      name: after.type === 'chat' ? words.messages : words.text,
      before: toPlainText(before.prompt),
      after: toPlainText(after.prompt),
    },
    { name: words.config, before: left.config, after: right.config },
    { name: words.tools, before: left.tools, after: right.tools },
  ];
  const changed = parts.filter((part) => part.before !== part.after);
  if (changed.length === 0) return <NothingHere name="same">{words.same}</NothingHere>;
  return changed.map((part) => (
    <section key={part.name} className="px-4 pb-5" data-diff-part={part.name}>
      <h2 className="mb-1.5 text-xs text-muted">{part.name}</h2>
      <div className="overflow-hidden rounded-lg border border-line py-1">
        <TextDiff before={part.before} after={part.after} label={part.name} />
      </div>
    </section>
  ));
}
