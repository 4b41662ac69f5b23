import type { Score } from '@coaia/client';
import { Link } from '@tanstack/react-router';
import { MessagesTab } from '../../observability/trace/detail/messages-tab.tsx';
import { toButtonClass } from '../../ui/button.tsx';
import { Id, Time } from '../../ui/value.tsx';
import { words } from './messages.ts';
import type { Subject } from './queries.ts';

/** What is to be scored: the input and output of a trace or step, the turns of a session. */
export function SubjectView({
  project,
  subject,
}: {
  readonly project: string;
  readonly subject: Subject;
}) {
  const { content, turns } = subject;
  return (
    <div>
      <div className="flex items-center gap-2 border-b border-line px-3 py-2">
        <h2 className="min-w-0 flex-1 truncate font-medium">{content?.name ?? subject.id}</h2>
        <Id id={subject.id} />
        <SubjectLink project={project} subject={subject} />
      </div>
      {content === null ? null : <MessagesTab subject={content} running={false} />}
      {turns.map((turn) => (
        <section key={turn.id} aria-label={turn.name ?? turn.id} className="border-b border-line">
          <p className="px-3 pt-3 text-xs text-muted">
            <Time iso={turn.timestamp} />
          </p>
          <MessagesTab subject={turn} running={false} />
        </section>
      ))}
    </div>
  );
}

function SubjectLink({
  project,
  subject,
}: {
  readonly project: string;
  readonly subject: Subject;
}) {
  if (subject.type === 'SESSION')
    return (
      <Link
        to="/p/$project/sessions/$sessionId"
        params={{ project, sessionId: subject.id }}
        className={toButtonClass()}
      >
        {words.openSession}
      </Link>
    );
  return (
    <Link
      to="/p/$project/traces/$traceId"
      params={{ project, traceId: subject.traceId ?? subject.id }}
      className={toButtonClass()}
    >
      {words.openTrace}
    </Link>
  );
}

/** What was said about the subject so far. */
export function OtherScores({ scores }: { readonly scores: readonly Score[] }) {
  if (scores.length === 0) return <p className="text-muted">{words.noOthers}</p>;
  return (
    <ul className="space-y-1.5">
      {scores.map((score) => (
        <li key={score.id} className="text-xs">
          <span className="flex gap-2">
            <span className="min-w-0 flex-1 truncate">{score.name}</span>
            <span className="tnum font-medium">{score.stringValue ?? score.value}</span>
            <span className="w-20 truncate text-right text-muted">
              {score.authorUserId ?? score.source.toLowerCase()}
            </span>
          </span>
          {score.comment === null ? null : <span className="text-muted">{score.comment}</span>}
        </li>
      ))}
    </ul>
  );
}
