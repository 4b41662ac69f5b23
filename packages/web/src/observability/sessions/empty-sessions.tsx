import { Snippet } from '../../ui/panels.tsx';
import { words } from '../messages.ts';

/** Nothing matches the filter. */
export function NoSessionHits() {
  return (
    <p className="p-4 font-medium" role="status" data-empty="hits">
      {words.sessionsPage.noHits}
    </p>
  );
}

const snippet = [
  'coaia fuse traces create turn-1 --session my-session -i "Hello" -o "Hi there"',
  'coaia fuse traces create turn-2 --session my-session -i "And again" -o "Welcome back"',
].join('\n');

/** What a project without sessions shows: how to set a session id. */
export function EmptySessions() {
  return (
    <div className="mx-auto w-full max-w-180 px-4 py-8 md:py-14" data-empty="sessions">
      <h2 className="text-lg font-semibold">{words.sessionsPage.emptyTitle}</h2>
      <p className="mt-1 text-muted">{words.sessionsPage.emptyLead}</p>
      <Snippet className="mt-5" text={snippet} label={words.session} />
      <p className="mt-3 text-muted">{words.sessionsPage.emptyNote}</p>
    </div>
  );
}
