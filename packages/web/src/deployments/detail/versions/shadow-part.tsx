import type { ShadowPart as Part, ShadowReport } from '@coaia/client';
import { useQuery } from '@tanstack/react-query';
import { ErrorState } from '../../../ui/page/error-state.tsx';
import { SkeletonRows } from '../../../ui/panels.tsx';
import { words } from '../../messages.ts';
import { toInterval, toShareInterval } from '../../numbers.ts';
import { shadowQuery } from '../../queries.ts';
import { Section, Table, type TableColumn } from '../section.tsx';
import type { OpenDeployment } from '../use-deployment.ts';

const part = words.versions;
const names = part.shadowColumns;
/** Worst first; the rest says little. */
const MOST_PARTS = 8;

const columns: readonly TableColumn<Part>[] = [
  { name: names.field, render: ({ field }) => field },
  { name: names.where, render: (one) => one.part },
  { name: names.rate, right: true, render: (one) => toShareInterval(one.disagreement) },
  {
    name: names.answers,
    right: true,
    render: (one) => one.disagreement.count.toLocaleString('en'),
  },
];

/** What the shadow says against the champion: the report's own sentence, and where they disagree most. */
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
      {query.isPending ? <SkeletonRows rows={MOST_PARTS} height="32px" /> : null}
      {query.data === undefined ? null : <Report report={query.data} />}
    </Section>
  );
}

function Report({ report }: { readonly report: ShadowReport }) {
  const { verdict, parts, difference, championFailed, shadowFailed, isPartial } = report;
  return (
    <div className="max-w-180 space-y-2">
      <p className="text-pretty">{verdict}</p>
      <p className="text-muted">
        {difference === null ? null : `${names.size(toInterval(difference))} `}
        {championFailed + shadowFailed === 0
          ? null
          : names.failed(championFailed, shadowFailed)}{' '}
        {isPartial ? names.partial : null}
      </p>
      {parts.length === 0 ? null : (
        <Table
          label={part.shadowTitle}
          columns={columns}
          rows={parts.slice(0, MOST_PARTS)}
          toKey={(one) => `${one.field} ${one.part}`}
        />
      )}
    </div>
  );
}
