import type { Prompt } from '@coaia/client';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '../../../ui/button.tsx';
import { SkeletonRows, Snippet } from '../../../ui/panels.tsx';
import { ErrorState } from '../../../ui/page/error-state.tsx';
import { findIncluded, hasConfig } from '../prompt.ts';
import { words } from '../messages.ts';
import { versionQuery } from '../queries.ts';
import { PromptFacts } from './prompt-facts.tsx';
import { PromptContentView } from './prompt-text.tsx';
import type { PromptView } from './use-prompt.ts';

/** The chosen version: its texts, its config, and what is known about it. */
export function PromptTabView({ view }: { readonly view: PromptView }) {
  const { shown, version, name } = view;
  if (shown.isError) {
    return (
      <ErrorState
        title={words.onePrompt}
        missing={words.missing}
        error={shown.error}
        onRetry={() => void shown.refetch()}
      />
    );
  }
  if (shown.data === undefined) return <SkeletonRows rows={6} height="44px" />;
  return (
    <div
      className="flex min-h-0 flex-1 flex-col overflow-y-auto lg:flex-row"
      role="region"
      tabIndex={0}
      aria-label={`${name} v${version}`}
    >
      <Texts key={version} view={view} prompt={shown.data} />
      <PromptFacts view={view} prompt={shown.data} />
    </div>
  );
}

function Texts({ view, prompt }: { readonly view: PromptView; readonly prompt: Prompt }) {
  const [resolve, setResolve] = useState(false);
  const includes = findIncluded(prompt.prompt).length > 0;
  const resolved = useQuery({
    ...versionQuery(view.project, view.name, prompt.version, true),
    enabled: includes && resolve,
  });
  const content = resolve && resolved.data !== undefined ? resolved.data.prompt : prompt.prompt;
  return (
    <div className="min-w-0 flex-1 px-4 py-4">
      <div className="max-w-180">
        {includes ? (
          <div className="mb-2 flex justify-end">
            <Button tone="ghost" aria-pressed={resolve} onClick={() => setResolve(!resolve)}>
              {resolve ? words.written : words.resolved}
            </Button>
          </div>
        ) : null}
        {resolve && resolved.isError ? (
          <ErrorState title={words.onePrompt} error={resolved.error} />
        ) : null}
        <PromptContentView project={view.project} content={content} />
        <h2 className="mt-6 mb-1.5 text-xs text-muted">{words.config}</h2>
        {hasConfig(prompt) ? (
          <Snippet text={JSON.stringify(prompt.config, null, 2)} label={words.config} />
        ) : (
          <p className="text-faint">{words.noConfig}</p>
        )}
      </div>
    </div>
  );
}
