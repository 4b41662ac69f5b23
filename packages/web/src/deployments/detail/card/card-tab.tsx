import type { DeploymentField, DeploymentVersion } from '@coaia/client';
import { toAbsolute } from '../../../lib/time.ts';
import { Button } from '../../../ui/button.tsx';
import { SelectField } from '../../../ui/form/fields.tsx';
import { words } from '../../messages.ts';
import { toDigits } from '../../numbers.ts';
import { Fact, Section, Table, TabBody, type TableColumn } from '../section.tsx';
import type { OpenDeployment } from '../use-deployment.ts';
import { CalibrationPart } from './calibration-part.tsx';
import { EvaluationsPart } from './evaluations-part.tsx';

const part = words.card;

/** What a version is, in the order in which somebody asks who did not make it; can be printed. */
export function CardTab({ open }: { readonly open: OpenDeployment }) {
  const { view, detail } = open;
  const wanted = view.search.version ?? detail.traffic?.champion;
  const version = detail.versions.find((one) => one.version === wanted) ?? detail.versions[0];
  if (version === undefined) return <TabBody label={words.tabs.card}>{words.noTraffic}</TabBody>;
  const { signature } = version;
  return (
    <TabBody label={words.tabs.card}>
      <div className="flex flex-wrap items-end justify-between gap-3 print:hidden">
        <SelectField
          label={part.version}
          className="w-40"
          value={String(version.version)}
          onChange={(next) => view.update({ version: Number(next) })}
          options={detail.versions.map((one) => ({
            value: String(one.version),
            label: words.version(one.version),
          }))}
        />
        <Button onClick={() => window.print()}>{part.print}</Button>
      </div>
      <article className="max-w-240 space-y-6" data-print data-card={version.version}>
        <header>
          <h2 className="text-lg font-semibold">
            {version.model}, {words.version(version.version)}
          </h2>
          {signature.description === undefined ? null : (
            <p className="mt-1 text-pretty text-muted">{signature.description}</p>
          )}
        </header>
        <About version={version} />
        <Section title={part.inputs}>
          <Fields label={part.inputs} fields={signature.inputs} isInput />
        </Section>
        <Section title={part.outputs}>
          <Fields label={part.outputs} fields={signature.outputs} isInput={false} />
        </Section>
        <EvaluationsPart open={open} version={version.version} />
        <CalibrationPart open={open} version={version.version} />
        <Packages version={version} />
      </article>
    </TabBody>
  );
}

function About({ version }: { readonly version: DeploymentVersion }) {
  const { signature, interpreter, language, platform, gitCommit, createdAt, notes } = version;
  return (
    <Section title={part.about}>
      <dl className="grid grid-cols-[104px_minmax(0,1fr)] gap-y-1">
        <Fact name={part.task}>{part.tasks[signature.task] ?? signature.task}</Fact>
        {signature.classes === undefined ? null : (
          <Fact name={part.classes}>{signature.classes.join(', ')}</Fact>
        )}
        <Fact name={part.language}>
          {words.languages[language] ?? language} <span className="text-muted">{platform}</span>
        </Fact>
        <Fact name={part.interpreter}>
          {interpreter === null ? (
            part.noInterpreter
          ) : (
            <>
              <span className="tnum">{interpreter.version}</span>{' '}
              <span className="font-mono text-xs text-muted">{interpreter.path}</span>
            </>
          )}
        </Fact>
        <Fact name={part.frozen}>
          <span className="tnum">{toAbsolute(createdAt, true)}</span>
        </Fact>
        <Fact name={part.digest}>
          <span className="font-mono text-xs break-all">{version.digest}</span>
        </Fact>
        <Fact name={part.commit}>
          {gitCommit === null ? (
            part.noCommit
          ) : (
            <span className="font-mono text-xs break-all">{gitCommit}</span>
          )}
        </Fact>
        {notes === null ? null : <Fact name={part.notes}>{notes}</Fact>}
      </dl>
    </Section>
  );
}

function Fields({
  label,
  fields,
  isInput,
}: {
  readonly label: string;
  readonly fields: readonly DeploymentField[];
  readonly isInput: boolean;
}) {
  const columns: readonly TableColumn<DeploymentField>[] = [
    {
      name: part.field,
      render: ({ name }) => <span className="font-medium">{name}</span>,
    },
    {
      name: part.type,
      render: ({ type, shape }) => (
        <>
          {type}
          {shape.length === 0 ? null : <span className="text-muted"> [{shape.join(', ')}]</span>}
        </>
      ),
    },
    { name: part.values, wrap: true, render: (field) => toValues(field, isInput) },
  ];
  return <Table label={label} columns={columns} rows={fields} toKey={({ name }) => name} />;
}

function toValues(field: DeploymentField, isInput: boolean): string {
  const { levels, required, nullable, sensitive, description } = field;
  const facts = [
    levels?.join(', '),
    ...listRanges(field, isInput),
    isInput ? (required && !nullable ? part.needed : part.missingOk) : undefined,
    sensitive === true ? part.sensitive : undefined,
  ];
  const told = facts.filter((one) => one !== undefined && one !== '').join('; ');
  return [told, description].filter((one) => one !== undefined && one !== '').join('. ');
}

function listRanges({ type, levels, trained, min, max }: DeploymentField, isInput: boolean) {
  const isNumber = type === 'number' || type === 'integer';
  const isBounded = min !== undefined || max !== undefined;
  return [
    trained === undefined
      ? undefined
      : part.range(toDigits(trained.min, 4), toDigits(trained.max, 4)),
    isBounded ? part.bounds(toEnd(min, '−∞'), toEnd(max, '∞')) : undefined,
    isInput && isNumber && trained === undefined && levels === undefined ? part.noRange : undefined,
  ];
}

const toEnd = (value: number | undefined, none: string) =>
  value === undefined ? none : toDigits(value, 4);

function Packages({ version: { interpreter } }: { readonly version: DeploymentVersion }) {
  const packages = Object.entries(interpreter?.packages ?? {}).toSorted(([left], [right]) =>
    left < right ? -1 : 1,
  );
  return (
    <Section title={part.packages}>
      {packages.length === 0 ? <p className="text-muted">{part.noPackages}</p> : null}
      <ul className="columns-2 gap-6 sm:columns-3">
        {packages.map(([name, number]) => (
          <li key={name} className="flex justify-between gap-2">
            <span className="truncate">{name}</span>
            <span className="tnum text-muted">{number}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
