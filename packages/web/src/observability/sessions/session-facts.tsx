import type { ReactNode } from 'react';
import { toCost, toCount, toDuration } from '../../lib/format.ts';
import { toClass } from '../../ui/class-names.ts';
import { Amount, Time } from '../../ui/value.tsx';
import { words } from '../messages.ts';
import { toScoreText } from '../traces/trace-row.ts';
import type { SessionRow } from './sessions-query.ts';

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className="flex items-center gap-1.5">
      <dt className="text-xs text-muted">{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** The conversation in one line. */
export function SessionFacts({
  session,
  short = false,
}: {
  readonly session: SessionRow;
  /** Without users and time, where two stand beside each other. */
  readonly short?: boolean;
}) {
  const names = words.sessionsPage.columns;
  return (
    <dl
      className={toClass(
        'flex min-h-10 shrink-0 flex-wrap items-center gap-x-5 gap-y-0.5 px-4 py-1.5',
        !short && 'border-b border-line',
      )}
    >
      <Fact label={names.turns}>
        <Amount of={toCount(session.traceCount)} className="font-medium" />
      </Fact>
      <Fact label={names.duration}>
        <Amount of={toDuration(session.durationMs)} />
      </Fact>
      <Fact label={names.cost}>
        <Amount of={toCost(session.totalCost)} />
      </Fact>
      <Fact label={names.tokens}>
        <Amount of={toCount(session.totalTokens)} />
      </Fact>
      {session.errorCount === 0 ? null : (
        <Fact label={names.errors}>
          <Amount of={toCount(session.errorCount)} className="text-error" />
        </Fact>
      )}
      {session.scores.length === 0 ? null : (
        <Fact label={names.scores}>
          {session.scores.map((score) => toScoreText(score)).join(', ')}
        </Fact>
      )}
      {short || session.userIds.length === 0 ? null : (
        <Fact label={names.users}>{session.userIds.join(', ')}</Fact>
      )}
      {short ? null : (
        <Fact label={names.activity}>
          <Time iso={session.lastActivity} />
        </Fact>
      )}
    </dl>
  );
}
