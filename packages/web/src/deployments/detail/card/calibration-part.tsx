import type { CalibrationBin, CalibrationReport } from '@coaia/client';
import { useQuery } from '@tanstack/react-query';
import { ErrorState } from '../../../ui/page/error-state.tsx';
import { words } from '../../messages.ts';
import { toDigits, toInterval } from '../../numbers.ts';
import { calibrationQuery } from '../../queries.ts';
import { Fact, Section, Table, type TableColumn } from '../section.tsx';
import type { OpenDeployment } from '../use-deployment.ts';

const part = words.card;

const columns: readonly TableColumn<CalibrationBin>[] = [
  {
    name: part.bin,
    render: ({ from, to, predicted }) => (
      <>
        {toDigits(predicted)}{' '}
        <span className="text-muted">
          ({toDigits(from)} – {toDigits(to)})
        </span>
      </>
    ),
  },
  { name: part.observed, right: true, render: ({ observed }) => toInterval(observed) },
  { name: part.count, right: true, render: ({ count }) => count.toLocaleString('en') },
];

/** Whether probabilities and intervals kept what they promised, from outcomes that were told. */
export function CalibrationPart({
  open: { view },
  version,
}: {
  readonly open: OpenDeployment;
  readonly version: number;
}) {
  const query = useQuery(calibrationQuery(view.project, view.model, version));
  return (
    <Section title={part.calibration}>
      {query.isError ? (
        <div className="-mx-4">
          <ErrorState title={part.reportFailed} error={query.error} />
        </div>
      ) : null}
      {query.data === undefined ? null : <Report report={query.data} />}
    </Section>
  );
}

const measures = [
  'accuracy',
  'auc',
  'brier',
  'logLoss',
  'meanAbsoluteError',
  'rootMeanSquaredError',
  'bias',
  'coverage',
] as const;

function Report({ report }: { readonly report: CalibrationReport }) {
  const { reason, of, outcomes, bins } = report;
  if (reason !== null) return <p className="text-pretty text-muted">{reason}</p>;
  return (
    <div className="space-y-3">
      <p className="text-muted">
        {of === null ? part.outcomes(outcomes) : part.calibrationOf(outcomes, of)}
      </p>
      <dl className="grid grid-cols-[180px_minmax(0,1fr)] gap-y-1">
        {measures.map((name) =>
          report[name] === null ? null : (
            <Fact key={name} name={part.measures[name]}>
              <span className="tnum">{toInterval(report[name])}</span>
            </Fact>
          ),
        )}
        <CalibrationError report={report} />
      </dl>
      {bins.length === 0 ? null : (
        <Table
          label={part.calibration}
          columns={columns}
          rows={bins}
          toKey={({ from }) => String(from)}
        />
      )}
    </div>
  );
}

/** How far chances are from shares, and how far they would be if every chance were right. */
function CalibrationError({ report }: { readonly report: CalibrationReport }) {
  const { expectedCalibrationError: value, calibrationErrorInterval: interval } = report;
  const { calibrationErrorByChance: chance, outcomes: count } = report;
  if (value === null) return null;
  const { low = null, high = null } = interval ?? {};
  return (
    <Fact name={part.expectedError}>
      <span className="tnum">{toInterval({ value, low, high, count })}</span>
      {chance === null ? null : (
        <span className="text-muted">
          {' '}
          {part.byChance(toDigits(chance.mean), toDigits(chance.high))}
        </span>
      )}
    </Fact>
  );
}
