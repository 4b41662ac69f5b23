import { words } from '../messages.ts';
import { JsonTree } from './json-tree.tsx';
import { LongText } from './long-text.tsx';
import type { Block } from './message.ts';

/** One part of a turn. */
export function BlockView({ block }: { readonly block: Block }) {
  switch (block.kind) {
    case 'text':
      return <LongText text={block.text} />;
    case 'thinking':
      return (
        <details className="text-muted">
          <summary className="flex h-6 items-center text-xs">{words.thinking}</summary>
          <LongText text={block.text} />
        </details>
      );
    case 'call':
      return <ToolBox verb={words.toolCall} name={block.name} id={block.id} value={block.args} />;
    case 'result':
      return (
        <ToolBox verb={words.toolResult} name={block.name} id={block.id} value={block.value} />
      );
    case 'media':
      return (
        <p className="text-xs text-muted">
          [{block.label}] {words.media}
        </p>
      );
    case 'json':
      return <JsonTree value={block.value} label={words.jsonLabel} className="max-h-80" />;
  }
}

function ToolBox({
  verb,
  name,
  id,
  value,
}: {
  readonly verb: string;
  readonly name: string | undefined;
  readonly id: string | undefined;
  readonly value: unknown;
}) {
  return (
    <div className="overflow-hidden rounded-md border border-line">
      <p className="flex h-7 items-center gap-1.5 border-b border-line bg-surface px-2.5 text-xs">
        <span className="text-muted">{verb}</span>
        {name === undefined ? null : <span className="font-mono font-medium">{name}</span>}
        <span className="flex-1" />
        {id === undefined ? null : (
          <span className="max-w-32 truncate font-mono text-2xs text-faint">{id}</span>
        )}
      </p>
      {typeof value === 'string' ? (
        <div className="px-2.5 py-1.5">
          <LongText text={value} />
        </div>
      ) : (
        <JsonTree value={value} label={name ?? words.jsonLabel} className="max-h-80" bare />
      )}
    </div>
  );
}
