import type { ReactNode } from 'react';
import { parseMarkdown, type Inline, type MarkdownBlock } from './markdown.ts';

/** Text as Markdown, made of React nodes only: whatever HTML it holds stays text. */
export function MarkdownText({ text }: { readonly text: string }) {
  return (
    <div className="prose-text max-w-180 break-words">
      {parseMarkdown(text).map((block, index) => renderBlock(block, index))}
    </div>
  );
}

function renderBlock(block: MarkdownBlock, key: number): ReactNode {
  switch (block.kind) {
    case 'code':
      return (
        <pre
          key={key}
          tabIndex={0}
          aria-label={block.language || 'code'}
          className="overflow-x-auto rounded-md border border-line bg-surface p-2.5 font-mono text-xs"
        >
          {block.text}
        </pre>
      );
    case 'list': {
      const items = block.items.map((item, index) => (
        <li key={index} className="pl-0.5">
          {renderInlines(item)}
        </li>
      ));
      return block.ordered ? (
        <ol key={key} className="list-decimal space-y-0.5 pl-6">
          {items}
        </ol>
      ) : (
        <ul key={key} className="list-disc space-y-0.5 pl-5">
          {items}
        </ul>
      );
    }
    case 'heading':
      return (
        <p key={key} className="font-semibold">
          {renderInlines(block.inlines)}
        </p>
      );
    case 'quote':
      return (
        <blockquote
          key={key}
          className="border-l-2 border-line-strong pl-3 whitespace-pre-wrap text-muted"
        >
          {renderInlines(block.inlines)}
        </blockquote>
      );
    case 'paragraph':
      return (
        <p key={key} className="whitespace-pre-wrap">
          {renderInlines(block.inlines)}
        </p>
      );
  }
}

function renderInlines(inlines: readonly Inline[]): ReactNode {
  return inlines.map((inline, key) => renderInline(inline, key));
}

function renderInline(inline: Inline, key: number): ReactNode {
  switch (inline.kind) {
    case 'code':
      return (
        <code
          key={key}
          className="rounded-sm bg-surface px-1 font-mono text-xs outline-1 -outline-offset-1 outline-line"
        >
          {inline.text}
        </code>
      );
    case 'strong':
      return (
        <strong key={key} className="font-semibold">
          {inline.text}
        </strong>
      );
    case 'emphasis':
      return <em key={key}>{inline.text}</em>;
    case 'link':
      return (
        <a
          key={key}
          href={inline.href}
          target="_blank"
          rel="noopener noreferrer"
          className="text-accent underline underline-offset-2"
        >
          {inline.text}
        </a>
      );
    case 'text':
      return inline.text;
  }
}
