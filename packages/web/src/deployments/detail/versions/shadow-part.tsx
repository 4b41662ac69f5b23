import { useQuery } from '@tanstack/react-query';
import { ErrorState } from '../../../ui/page/error-state.tsx';
import { words } from '../../messages.ts';
import { shadowQuery } from '../../queries.ts';
import { Section } from '../section.tsx';
import type { OpenDeployment } from '../use-deployment.ts';

const part = words.versions;

/** What the shadow says against the champion, in the report's own sentence. */
export function ShadowPart({
  open: { view },
  shadow,
}: {
  readonly open: OpenDeployment;
  readonly shadow: number;
}) {
  const query = useQuery(shadowQuery(view.project, view.model, shadow));
  return (
    <Section title={part.shadowTitle}>
      {query.isError ? (
        <div className="-mx-4">
          <ErrorState title={words.card.reportFailed} error={query.error} />
        </div>
      ) : null}
      {query.data === undefined ? null : (
        <p className="max-w-180 text-pretty">{query.data.verdict}</p>
      )}
    </Section>
  );
}
