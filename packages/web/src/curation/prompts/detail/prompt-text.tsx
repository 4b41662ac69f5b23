import type { PromptContent } from '@coaia/client';
import { Link } from '@tanstack/react-router';
import { words } from '../messages.ts';
import { findIncluded, toTextParts } from '../prompt.ts';

/** A prompt's texts with variables marked and inclusions leading to what they include. */
export function PromptContentView({
  project,
  content,
}: {
  readonly project: string;
  readonly content: PromptContent;
}) {
  if (typeof content === 'string') {
    return (
      <div className="rounded-lg border border-line px-3 py-2.5" data-prompt-text="">
        <PromptText project={project} text={content} />
      </div>
    );
  }
  return (
    <ol className="space-y-2" data-prompt-text="">
      {content.map((part, index) => (
        <li key={index} className="rounded-lg border border-line px-3 py-2">
          <p className="mb-1 text-xs text-muted">
            {'content' in part ? part.role : words.placeholders.replace(/s$/, '').toLowerCase()}
          </p>
          {'content' in part ? (
            <PromptText project={project} text={part.content} />
          ) : (
            <code className="font-mono text-xs text-accent">{part.name}</code>
          )}
        </li>
      ))}
    </ol>
  );
}

function PromptText({ project, text }: { readonly project: string; readonly text: string }) {
  return (
    <div className="leading-relaxed break-words whitespace-pre-wrap">
      {toTextParts(text).map((part, index) => {
        if (part.kind === 'text') return <span key={index}>{part.text}</span>;
        if (part.kind === 'variable')
          return (
            <code
              key={index}
              className="rounded-sm bg-accent-soft px-0.5 font-mono text-xs text-accent"
            >
              {part.text}
            </code>
          );
        return <Inclusion key={index} project={project} tag={part.text} />;
      })}
    </div>
  );
}

function Inclusion({ project, tag }: { readonly project: string; readonly tag: string }) {
  const [included] = findIncluded(tag);
  if (included === undefined) return tag;
  return (
    <Link
      to="/p/$project/prompts/$promptName"
      params={{ project, promptName: included.name }}
      data-hint={tag}
      className="inline-flex items-center rounded-sm border border-line-strong px-1.5 text-xs underline-offset-2 hover:border-accent hover:text-accent"
    >
      {included.name}
      <span className="ml-1 text-muted">{included.which}</span>
    </Link>
  );
}
