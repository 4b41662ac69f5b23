import type { Prompt } from '@coaia/client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { sendRequest } from '../../lib/api.ts';
import { addToast } from '../../lib/toasts.ts';
import { Button, toButtonClass } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/page/empty-state.tsx';
import { words } from './messages.ts';
import { toPromptsKey } from './queries.ts';
import { starters, type Starter } from './starters.ts';

/** A project without prompts: write one, import some, or take one of three starters. */
export function EmptyPrompts({
  project,
  onImport,
}: {
  readonly project: string;
  readonly onImport: () => void;
}) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const add = useMutation({
    mutationFn: ({ body }: Starter) =>
      sendRequest<Prompt>('/api/public/v2/prompts', { method: 'POST', body }),
    onSuccess: async (prompt) => {
      addToast({ text: words.empty.added(prompt.name) });
      await navigate({
        to: '/p/$project/prompts/$promptName',
        params: { project, promptName: prompt.name },
      });
      await client.invalidateQueries({ queryKey: toPromptsKey(project) });
    },
    onError: () => addToast({ text: words.editor.failed, tone: 'error' }),
  });
  return (
    <EmptyState
      name="prompts"
      title={words.empty.title}
      lead={words.empty.lead}
      snippet={words.empty.snippet}
      action={
        <>
          <Link
            to="/p/$project/prompts/new"
            params={{ project }}
            className={toButtonClass('primary')}
          >
            {words.create}
          </Link>
          <Button onClick={onImport}>{words.import}</Button>
        </>
      }
    >
      <h3 className="mt-8 text-xs text-muted">{words.empty.starters}</h3>
      <ul className="mt-1">
        {starters.map((starter) => (
          <li key={starter.id} className="row-line flex min-h-11 items-center gap-3 py-1.5">
            <span className="min-w-0 flex-1">
              <span className="font-medium">{starter.body.name}</span>
              <span className="block text-xs text-muted">{words.starters[starter.id]}</span>
            </span>
            <span className="text-xs text-muted">{starter.body.type}</span>
            <Button
              aria-label={`${words.empty.add} ${starter.body.name}`}
              disabled={add.isPending}
              onClick={() => add.mutate(starter)}
            >
              {words.empty.add}
            </Button>
          </li>
        ))}
      </ul>
    </EmptyState>
  );
}
