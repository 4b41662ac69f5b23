/** `ao drift`: whether inputs and outputs are still what they were. */
import { EXIT } from '#base';
import { defineCommand } from '#surface';
import type { Column, Output } from '#surface';
import type {
  DriftField,
  DriftQuery,
  DriftReport,
  DriftWindow,
  PredictionsApi,
} from '@coaia/client';
import type { Project } from '../../projects/project.ts';
import { listFolderVersions } from '../../versions/folder.ts';
import { installReference } from '../drift/install-reference.ts';
import { toMonitorRule } from '../drift/monitor-rule.ts';
import { predictionsApi } from '../ports.ts';
import { readCsvFile } from '../read-csv.ts';
import { chooseModel, findProject, modelOption, toVersionOption } from './choose-model.ts';
import { toPercent, toPercentRange, toRange, toText } from './show.ts';

export const command = defineCommand({
  words: 'ops drift',
  summary: 'Compare what is predicted now with the reference, field by field',
  description:
    'The level of alarms is set so that over 30 days and all fields together the chance of any alarm without drift is at most --alert. With --reference the file becomes what the version is compared with. Exit code 1 with --check when the newest window alarms.',
  needs: predictionsApi,
  positionals: [],
  options: {
    ...modelOption,
    ...toVersionOption('Of this version; the champion otherwise'),
    window: {
      type: 'number',
      placeholder: 'HOURS',
      summary: 'Length of a window (default [monitor] window)',
    },
    alert: {
      type: 'number',
      placeholder: 'P',
      summary: 'Chance of a false alarm in a month (default [monitor] alert)',
    },
    reference: { type: 'string', placeholder: 'FILE', summary: 'CSV to compare with from now on' },
    check: { type: 'boolean', summary: 'Exit 1 when the newest window alarms' },
  },
  examples: [
    'ao drift',
    'ao drift --window 24 --json',
    'ao drift --reference training.csv --version 3',
  ],
  async run(context, { options }) {
    const { open, out, flags } = context;
    const model = await chooseModel(context, options.model);
    const project = await findProject(context);
    const query = toQuery(options, project);
    const api = await open();
    if (options.reference !== undefined) {
      const rows = await readCsvFile(options.reference, context, 'ao drift --reference FILE.csv');
      const version = options.version ?? (await api.getDrift(model, query)).version;
      await api.setDriftReference(model, { version, source: options.reference, rows });
      out.notice(
        `Version ${version} is compared with the ${rows.length} rows of ${options.reference}.`,
      );
    }
    const first = await api.getDrift(model, query);
    const isKnown = first.reference !== null || project === undefined;
    const isFound = !isKnown && (await installOwn(api, project, first));
    const report = isFound ? await api.getDrift(model, query) : first;
    if (flags.json) out.json(report);
    else print(out, report);
    return options.check === true && hasAlarm(report) ? EXIT.failed : EXIT.done;
  },
});

/** True when the project's own files gave the version its reference. */
async function installOwn(
  api: PredictionsApi,
  project: Project,
  { model, version }: DriftReport,
): Promise<boolean> {
  const manifests = await listFolderVersions(project.folder, model);
  const manifest = manifests.find((one) => one.version === version);
  return manifest !== undefined && (await installReference(api, project, manifest)) !== undefined;
}

const hasAlarm = ({ windows }: DriftReport) => windows.at(-1)?.isAlert === true;

interface Wish {
  readonly version?: number | undefined;
  readonly window?: number | undefined;
  readonly alert?: number | undefined;
}

/** What the flags leave open the project says. */
function toQuery({ version, window, alert }: Wish, project: Project | undefined): DriftQuery {
  return {
    ...(project === undefined ? {} : toMonitorRule(project.monitor)),
    ...(version === undefined ? {} : { version }),
    ...(window === undefined ? {} : { windowHours: window }),
    ...(alert === undefined || alert <= 0 ? {} : { alert: Math.min(0.5, alert) }),
  };
}

function print(out: Output, report: DriftReport): void {
  const { reference, windows, reason, falseAlarmRate, windowHours } = report;
  out.line(`${report.model} version ${report.version}, windows of ${windowHours} hours`);
  if (reference !== null) out.line(`compared with ${reference.source} (${reference.rows} rows)`);
  if (reason !== null) out.line(reason);
  for (const window of windows.filter((one) => one !== windows.at(-1)))
    out.line(`${window.from} ${window.rows} rows: ${window.isAlert ? 'alarm' : 'no alarm'}`);
  const last = windows.at(-1);
  if (last === undefined) return;
  out.line(`${last.from} to ${last.to}, ${last.rows} rows: ${toState(last)}`);
  out.table('fields', last.fields, COLUMNS);
  for (const { why } of last.fields) if (why !== null) out.line(`Alarm: ${why}.`);
  out.line(
    'Change: of numbers, the chance that a value now is larger than one of the reference (0.5: no shift); of categories, the share now minus the share then, where that is largest. Intervals are 95 %.',
  );
  out.line(
    `A field alarms below p = ${last.threshold.toExponential(1)}: at most ${toPercent(falseAlarmRate)} chance of any false alarm in 30 days.`,
  );
  if (last.smallestShift !== null && last.isComplete)
    out.line(
      `A shift of ${toText(last.smallestShift)} standard deviations alarms in four of five windows like this.`,
    );
}

function toState({ isComplete, isAlert }: DriftWindow): string {
  if (isComplete) return isAlert ? 'alarm' : 'no alarm';
  return isAlert ? 'alarm, although still filling' : 'still filling, no alarm so far';
}

function toChange({ change, kind }: DriftField): string {
  if (change === null) return '';
  return kind === 'number' ? toRange(change) : `${change.what} ${toRange(change)}`;
}

const COLUMNS: readonly Column<DriftField>[] = [
  { header: 'Field', value: ({ name, side }) => (side === 'output' ? `${name} (output)` : name) },
  { header: 'Change', value: toChange },
  { header: 'PSI', value: ({ psi }) => toRange(psi), align: 'right', drop: 1 },
  {
    header: 'By chance',
    value: ({ psiWithoutDrift }) => psiWithoutDrift?.toPrecision(2) ?? '',
    align: 'right',
    drop: 4,
  },
  { header: 'Missing', value: ({ missing }) => toPercentRange(missing), align: 'right', drop: 3 },
  { header: 'Outside', value: ({ outside }) => toPercentRange(outside), align: 'right', drop: 2 },
  { header: 'p', value: ({ p }) => p?.toPrecision(2) ?? '', align: 'right' },
  { header: 'Alarm', value: ({ isAlert }) => (isAlert ? 'yes' : '') },
];
