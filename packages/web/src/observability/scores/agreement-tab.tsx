import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { toPercent } from '../dashboards/charts/bars-chart.tsx';
import { SelectField } from '../../ui/form/fields.tsx';
import { ErrorState } from '../../ui/page/error-state.tsx';
import { SkeletonRows } from '../../ui/panels.tsx';
import { words } from './messages.ts';
import { printScore } from './print-score.ts';
import { agreementQuery, type Agreement, type Disagreement, type ScoreLine } from './queries.ts';

const labels = words.agreement;

interface AgreementTabProps {
  readonly project: string;
  readonly line: ScoreLine;
  readonly raters: readonly [a: string | undefined, b: string | undefined];
  readonly onRaters: (a: string, b: string) => void;
}

/** Two raters of the score side by side: how far they agree, and where they do not. */
export function AgreementTab({ project, line, raters, onRaters }: AgreementTabProps) {
  const offered = listRaters(line);
  const [first, second] = offered;
  const a = raters[0] ?? first?.value ?? '';
  const b = raters[1] ?? second?.value ?? '';
  if (offered.length < 2)
    return (
      <p className="p-4 text-muted" data-empty="raters">
        {labels.one}
      </p>
    );
  return (
    <div className="min-h-0 flex-1 overflow-y-auto p-4">
      <div className="flex max-w-160 flex-wrap gap-3">
        <SelectField
          className="w-56"
          label={labels.first}
          value={a}
          options={offered}
          onChange={(next) => onRaters(next, b)}
        />
        <SelectField
          className="w-56"
          label={labels.second}
          value={b}
          options={offered}
          onChange={(next) => onRaters(a, next)}
        />
      </div>
      <AgreementAnswer project={project} line={line} a={a} b={b} />
    </div>
  );
}

function listRaters({ sources, authors }: ScoreLine) {
  const known = (['ANNOTATION', 'EVAL', 'API'] as const).filter((one) => (sources[one] ?? 0) > 0);
  return [
    ...known.map((one) => ({ value: `source:${one}`, label: labels.source[one] as string })),
    ...authors.map((id) => ({ value: `author:${id}`, label: labels.author(id) })),
  ];
}

function AgreementAnswer({
  project,
  line,
  a,
  b,
}: {
  readonly project: string;
  readonly line: ScoreLine;
  readonly a: string;
  readonly b: string;
}) {
  const query = useQuery(agreementQuery(project, line, [a, b]));
  if (query.isError) return <ErrorState title={labels.failed} error={query.error} />;
  if (query.data === undefined) return <SkeletonRows rows={6} />;
  const { data } = query;
  const pairs = data.labels?.pairs ?? data.numbers?.pairs ?? 0;
  if (pairs === 0)
    return (
      <p className="mt-4 text-muted" data-empty="pairs">
        {labels.nothing}
      </p>
    );
  return (
    <div className="mt-5 space-y-6">
      <Facts agreement={data} />
      {data.isCut ? <p className="text-xs text-warn">{labels.cut}</p> : null}
      {data.labels === null ? null : <Matrix labels={data.labels} />}
      <Differences project={project} list={data.disagreements} />
    </div>
  );
}

function Facts({ agreement: { labels: label, numbers } }: { readonly agreement: Agreement }) {
  const facts: readonly (readonly [string, string, string?])[] = [
    ...(label === null
      ? []
      : ([
          [labels.pairs, String(label.pairs)],
          [labels.agreed, toPercent(label.agreed)],
          [
            labels.kappa,
            label.kappa === null ? labels.noKappa : label.kappa.toFixed(2),
            labels.kappaHint,
          ],
        ] as const)),
    ...(numbers === null
      ? []
      : ([
          [labels.pairs, String(numbers.pairs)],
          [labels.bias, printScore(numbers.bias)],
          [labels.distance, printScore(numbers.distance)],
          [labels.correlation, numbers.correlation?.toFixed(2) ?? labels.notDefined],
        ] as const)),
  ];
  return (
    <dl className="flex flex-wrap gap-x-8 gap-y-3">
      {facts.map(([name, value, hint]) => (
        <div key={name}>
          <dt className="text-xs text-muted">{name}</dt>
          <dd className="tnum text-md font-semibold">{value}</dd>
          {hint === undefined ? null : <dd className="text-2xs text-muted">{hint}</dd>}
        </div>
      ))}
    </dl>
  );
}

// The diagonal is agreement; it is marked by weight, not by colour alone.
function Matrix({
  labels: { labels: names, matrix },
}: {
  labels: NonNullable<Agreement['labels']>;
}) {
  const most = Math.max(1, ...matrix.flat());
  return (
    <div className="overflow-x-auto" tabIndex={0} role="region" aria-label={labels.matrix}>
      <table className="tnum text-xs">
        <caption className="pb-2 text-left whitespace-nowrap text-muted">
          {labels.matrix}. {labels.matrixHint}
        </caption>
        <thead>
          <tr>
            <th scope="col" className="pr-3 pb-1 text-left font-medium text-muted">
              {labels.first}
            </th>
            {names.map((name) => (
              <th key={name} scope="col" className="px-2 pb-1 text-right font-medium text-muted">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {names.map((name, row) => (
            <tr key={name}>
              <th scope="row" className="pr-3 text-left font-medium text-muted">
                {name}
              </th>
              {names.map((other, column) => {
                const count = matrix[row]?.[column] ?? 0;
                const strength = Math.round((count / most) * 28);
                return (
                  <td
                    key={other}
                    className={`h-8 min-w-14 border border-line px-2 text-right ${row === column ? 'font-semibold' : ''}`}
                    style={{
                      background: `color-mix(in srgb, var(--accent) ${strength}%, transparent)`,
                    }}
                  >
                    {count}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Differences({
  project,
  list,
}: {
  readonly project: string;
  readonly list: readonly Disagreement[];
}) {
  if (list.length === 0) return null;
  return (
    <section aria-label={labels.where}>
      <h2 className="mb-2 text-xs font-medium text-muted">{labels.where}</h2>
      <table className="w-full max-w-200 text-xs">
        <thead>
          <tr className="text-left text-muted">
            <th className="py-1 font-medium">{labels.object}</th>
            <th className="py-1 text-right font-medium">{labels.first}</th>
            <th className="py-1 pl-3 text-right font-medium">{labels.second}</th>
          </tr>
        </thead>
        <tbody>
          {list.map((one) => (
            <tr key={`${one.kind} ${one.id}`} className="border-t border-line">
              <td className="max-w-0 truncate py-1.5">
                <SubjectLink project={project} subject={one} />
                {one.comment === null ? null : (
                  <span className="ml-2 text-muted">{one.comment}</span>
                )}
              </td>
              <td className="tnum w-28 text-right">{one.a}</td>
              <td className="tnum w-28 pl-3 text-right">{one.b}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function SubjectLink({
  project,
  subject: { kind, id, traceId },
}: {
  readonly project: string;
  readonly subject: Disagreement;
}) {
  const text = `${kind} ${id}`;
  if (kind === 'session')
    return (
      <Link
        to="/p/$project/sessions/$sessionId"
        params={{ project, sessionId: id }}
        className="underline"
      >
        {text}
      </Link>
    );
  if (traceId === null) return text;
  return (
    <Link
      to="/p/$project/traces/$traceId"
      params={{ project, traceId }}
      search={kind === 'observation' ? { span: id } : {}}
      className="underline"
    >
      {text}
    </Link>
  );
}
