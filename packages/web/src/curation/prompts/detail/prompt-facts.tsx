import type { Prompt } from '@coaia/client';
import type { ReactNode } from 'react';
import { Time } from '../../../ui/value.tsx';
import { words } from '../messages.ts';
import { findIncluded, findPlaceholders, findVariables } from '../prompt.ts';
import { PromptLink } from '../graph/graph-table.tsx';
import { LabelEditor } from './label-editor.tsx';
import type { PromptView } from './use-prompt.ts';

/** What is known about a version, beside its text: labels, variables, what it includes, when and by whom. */
export function PromptFacts({
  view,
  prompt,
}: {
  readonly view: PromptView;
  readonly prompt: Prompt;
}) {
  const variables = findVariables(prompt.prompt);
  const placeholders = findPlaceholders(prompt.prompt);
  const included = findIncluded(prompt.prompt);
  return (
    <dl className="shrink-0 space-y-4 border-line px-4 py-4 max-lg:border-t lg:w-72 lg:border-l">
      <Fact name={words.labels}>
        {view.overview === undefined ? null : (
          <LabelEditor project={view.project} overview={view.overview} version={prompt.version} />
        )}
      </Fact>
      {variables.length === 0 ? null : (
        <Fact name={words.variables}>
          <Names names={variables} />
        </Fact>
      )}
      {placeholders.length === 0 ? null : (
        <Fact name={words.placeholders}>
          <Names names={placeholders} />
        </Fact>
      )}
      {included.length === 0 ? null : (
        <Fact name={words.includes}>
          <ul>
            {included.map(({ name, which }) => (
              <li key={`${name} ${which}`} className="min-h-6">
                <PromptLink project={view.project} name={name} />
                <span className="text-muted"> {which}</span>
              </li>
            ))}
          </ul>
        </Fact>
      )}
      {prompt.tags.length === 0 ? null : <Fact name={words.tags}>{prompt.tags.join(', ')}</Fact>}
      {prompt.commitMessage === null ? null : (
        <Fact name={words.message}>{prompt.commitMessage}</Fact>
      )}
      <Fact name={words.created}>
        <Time iso={prompt.createdAt} />
        <span className="text-muted"> {words.by(prompt.createdBy)}</span>
      </Fact>
    </dl>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt className="mb-1 text-xs text-muted">{name}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </div>
  );
}

function Names({ names }: { readonly names: readonly string[] }) {
  return (
    <span className="flex flex-wrap gap-1">
      {names.map((name) => (
        <code key={name} className="rounded-sm bg-surface px-1 font-mono text-xs">
          {name}
        </code>
      ))}
    </span>
  );
}
