import { EmptyState } from '../../ui/page/empty-state.tsx';
import { Snippet } from '../../ui/panels.tsx';
import { ConnectionForm } from './connection-form.tsx';
import { words } from './messages.ts';

const ollama = [
  'ollama pull llama3.2',
  'coaia models connections set ollama --base-url http://127.0.0.1:11434/v1',
].join('\n');

const keys = [
  'coaia models connections set openai --key-env OPENAI_API_KEY',
  'coaia models connections set anthropic --adapter anthropic --key-env ANTHROPIC_API_KEY',
].join('\n');

/** What a page that needs a model shows while there is none: two commands and the form. */
export function NoConnection({ project }: { readonly project: string }) {
  return (
    <EmptyState
      name="connections"
      title={words.empty.title}
      lead={words.empty.lead}
      snippet={ollama}
      snippetLabel={words.empty.ollama}
    >
      <p className="mt-5 mb-2 text-muted">{words.empty.key}</p>
      <Snippet text={keys} label={words.empty.key} />
      <h3 className="mt-6 mb-2 font-medium">{words.add}</h3>
      <ConnectionForm project={project} />
    </EmptyState>
  );
}
