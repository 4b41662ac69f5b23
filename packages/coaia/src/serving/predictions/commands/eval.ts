/** `ao eval`: two versions on the same examples, and whether the one may become champion. */
import { basename, join } from 'node:path';
import { EXIT } from '#base';
import { defineCommand } from '#surface';
import type { Column, CommandContext, Output } from '#surface';
import type {
  DatasetsApi,
  DeploymentGateRule,
  DeploymentsApi,
  PredictionsApi,
  VersionEvaluation,
  VersionEvaluationGroup,
} from '@coaia/client';
import { openPipe } from '../../processes/open-link.ts';
import type { Project } from '../../projects/project.ts';
import { readProject } from '../../projects/read-project.ts';
import { findModel } from '../../versions/find-model.ts';
import { listFolderVersions, toVersionsFolder } from '../../versions/folder.ts';
import { versionFailures } from '../../versions/errors.ts';
import { resolveAlias } from '../../versions/traffic.ts';
import type { VersionManifest } from '../../versions/version.ts';
import { predictionFailures } from '../errors.ts';
import { evaluate, type Example } from '../evaluation/evaluate.ts';
import { toPredictRows } from '../evaluation/predict-rows.ts';
import { readDatasetExamples, toCsvExamples } from '../evaluation/read-examples.ts';
import { evaluationsApi } from '../ports.ts';
import { readCsvFile } from '../read-csv.ts';
import { modelOption } from './choose-model.ts';
import { toRange } from './show.ts';

type Api = PredictionsApi & DatasetsApi & DeploymentsApi;

export const command = defineCommand({
  words: 'ops eval',
  summary: 'Compare a version with the champion on the same examples',
  description:
    'Both versions predict every example here, on this machine. Differences are paired and have 95 % intervals (or `confidence`), over all and in each group of --by: Tango’s for error_rate, BCa bootstrap for other metrics; p is of random sign flips. The gate passes when every interval ends below --margin. What ao.toml says under `[model.gate]` counts where a flag does not. The result is kept. Exit code 1: the gate does not pass, because the version is worse or there are too few examples to tell.',
  needs: evaluationsApi,
  positionals: [{ name: 'version', summary: 'A number, latest or challenger', required: true }],
  options: {
    ...modelOption,
    dataset: { type: 'string', placeholder: 'NAME', summary: 'Examples of a dataset' },
    examples: {
      type: 'boolean',
      summary: 'The examples beside the model, with a column of what was expected',
    },
    file: {
      type: 'string',
      placeholder: 'FILE',
      summary: 'Examples of a CSV file, with such a column; - is stdin',
    },
    target: {
      type: 'string',
      placeholder: 'COLUMN',
      summary: 'That column (default expected, actual, target, or the only one left)',
    },
    against: {
      type: 'string',
      placeholder: 'VERSION',
      default: 'champion',
      summary: 'A number or champion; none for none',
    },
    metric: {
      type: 'string',
      placeholder: 'NAME',
      summary: 'error_rate, log_loss, brier, mae or mse',
    },
    margin: {
      type: 'number',
      placeholder: 'SHARE',
      summary:
        'How much worse it may be: of all answers (error_rate, default 0.02), or of the loss (0.05)',
    },
    by: {
      type: 'string',
      placeholder: 'FIELD',
      repeatable: true,
      summary: 'Groups that must not be worse: an input, or metadata of the examples',
    },
  },
  examples: [
    'ao eval challenger --file holdout.csv --target churned --by region',
    'ao eval challenger --dataset hard-cases --by region',
    'ao eval 4 --examples --against 3 --json',
  ],
  async run(context, { options, args }) {
    const { open, out, flags, cwd, env } = context;
    const { dataset, file, examples: own } = options;
    if ([dataset !== undefined, file !== undefined, own === true].filter(Boolean).length !== 1)
      throw predictionFailures.create(
        'AO686',
        'Name one of --file, --dataset and --examples: where the examples are.',
        { hint: `ao eval ${args.version} --file holdout.csv` },
      );
    const project = await readProject(cwd, { env });
    const { name, gate = {} } = findModel(project, options.model);
    const rule = toRule(options, gate, out);
    const api = await open();
    const candidate = await findVersion(api, project, name, args.version);
    const baseline =
      options.against === 'none'
        ? undefined
        : await findVersion(api, project, name, options.against);
    const { examples, source } = await readExamples(context, api, {
      project,
      versions: baseline === undefined ? [candidate] : [candidate, baseline],
      options,
    });
    const link = openPipe(project, {
      onLine: ({ text }) => out.notice(text),
      isSandboxed: 'auto',
      env,
    });
    try {
      const result = await evaluate(
        {
          model: name,
          version: candidate.version,
          ...(baseline === undefined ? {} : { against: baseline.version }),
          source,
          signature: candidate.signature,
          examples,
          ...rule,
        },
        {
          candidate: toPredictRows(link, candidate),
          ...(baseline === undefined ? {} : { baseline: toPredictRows(link, baseline) }),
        },
      );
      const kept = await api.saveEvaluation(name, result);
      if (flags.json) out.json(kept);
      else print(out, kept);
      return kept.gate?.passes === false ? EXIT.failed : EXIT.done;
    } finally {
      await link.close();
    }
  },
});

interface Flags {
  readonly metric?: string | undefined;
  readonly margin?: number | undefined;
  readonly by?: readonly string[] | undefined;
}

/** Flags before `[model.gate]`; what `ao deploy` will not go by is told. */
function toRule(flags: Flags, gate: DeploymentGateRule, out: Output) {
  for (const key of ['metric', 'margin'] as const)
    if (flags[key] !== undefined && gate[key] !== undefined && flags[key] !== gate[key])
      out.notice(
        `--${key} ${flags[key]} is for this evaluation; \`ao deploy\` goes by [model.gate] ${key} = ${JSON.stringify(gate[key])}.`,
      );
  const metric = flags.metric ?? gate.metric;
  return {
    ...(metric === undefined ? {} : { metric }),
    margin: toMargin(flags.margin) ?? gate.margin,
    by: flags.by ?? gate.by ?? [],
    confidence: gate.confidence,
    minExamples: gate.minExamples,
  };
}

/** AO685 for what is no share. */
function toMargin(margin: number | undefined): number | undefined {
  if (margin === undefined || (margin > 0 && margin < 1)) return margin;
  throw predictionFailures.create('AO685', `--margin is a share between 0 and 1, not ${margin}.`, {
    hint: 'ao eval challenger --examples --margin 0.02',
  });
}

/** A version of this folder. AO660. */
async function findVersion(
  api: Api,
  project: Project,
  model: string,
  name: string,
): Promise<VersionManifest> {
  const manifests = await listFolderVersions(project.folder, model);
  const latest = manifests.at(-1)?.version ?? 0;
  const known = /^\d+$/.test(name) ? null : (await api.getDeployment(model)).traffic;
  const number = resolveAlias(known ?? { champion: latest, revision: 0 }, name, latest);
  const found = manifests.find(({ version }) => version === number);
  if (found !== undefined) return found;
  const there = manifests.map(({ version }) => version).join(', ');
  throw versionFailures.create(
    'AO660',
    `${model} has no version ${name} here; there is ${there === '' ? 'none' : there}.`,
    {
      hint: name === 'challenger' ? 'ao deploy --challenger VERSION' : 'ao versions',
    },
  );
}

interface Wanted {
  readonly project: Project;
  /** The candidate first. */
  readonly versions: readonly [VersionManifest, ...VersionManifest[]];
  readonly options: Readonly<Record<'dataset' | 'file' | 'target', string | undefined>>;
}

async function readExamples(
  context: Pick<CommandContext<Api>, 'cwd' | 'stdin'>,
  api: Api,
  { project, versions, options }: Wanted,
): Promise<{ readonly examples: readonly Example[]; readonly source: string }> {
  const { dataset, file, target } = options;
  const [manifest] = versions;
  const readFrom = async (path: string, source: string) => {
    const rows = await readCsvFile(path, context, 'ao eval challenger --file FILE.csv');
    return { examples: toCsvExamples(rows, mergeFields(versions), { target, source }), source };
  };
  if (dataset !== undefined)
    return { examples: await readDatasetExamples(api, dataset), source: `dataset ${dataset}` };
  if (file !== undefined) return readFrom(file, file === '-' ? 'stdin' : basename(file));
  if (manifest.examples === undefined)
    throw predictionFailures.create(
      'AO686',
      `Version ${manifest.version} of ${manifest.model} has no examples.`,
      {
        hint: 'ao eval challenger --file holdout.csv',
      },
    );
  const folder = join(toVersionsFolder(project.folder, manifest.model), String(manifest.version));
  const source = `${manifest.examples} of version ${manifest.version}`;
  return readFrom(join(folder, manifest.examples), source);
}

/** Versions may take different inputs of the same rows. */
function mergeFields(versions: readonly VersionManifest[]) {
  const inputs = versions.flatMap(({ signature }) => signature.inputs);
  const byName = new Map(inputs.map((field) => [field.name, field]));
  return { inputs: [...byName.values()], outputs: versions[0]?.signature.outputs ?? [] };
}

function print(out: Output, evaluation: VersionEvaluation): void {
  const { model, version, against, examples, source, metric, failed } = evaluation;
  const other = against === null ? '' : ` against version ${against}`;
  out.line(
    `${model} version ${version}${other}: ${metric} (less is better) over ${examples} examples of ${source}`,
  );
  if (failed.candidate + failed.baseline > 0)
    out.line(
      `failed: version ${version} on ${failed.candidate}${against === null ? '' : `, version ${against} on ${failed.baseline}`}`,
    );
  out.table('comparisons', [evaluation.overall, ...evaluation.groups], COLUMNS);
  if (against !== null) out.line(toLegend(evaluation));
  const { gate, power } = evaluation;
  if (power !== null && gate?.passes !== true) out.line(power);
  if (gate === null) return;
  out.line(gate.passes ? 'The gate passes:' : 'The gate does not pass:');
  for (const reason of gate.reasons) out.line(`  ${reason}`);
}

function toLegend({ version, against, metric, confidence = 0.95 }: VersionEvaluation): string {
  const method = metric === 'error_rate' ? 'Tango’s score' : 'BCa bootstrap';
  const share = Number((100 * confidence).toPrecision(4));
  return `Difference: version ${version} minus version ${against}, paired, ${share} % interval (${method}); p by sign flips.`;
}

const COLUMNS: readonly Column<VersionEvaluationGroup>[] = [
  { header: 'Group', value: ({ field, value }) => (field === '' ? value : `${field} ${value}`) },
  { header: 'Examples', value: ({ count }) => String(count), align: 'right', drop: 2 },
  { header: 'Candidate', value: ({ candidate }) => toRange(candidate), align: 'right' },
  { header: 'Baseline', value: ({ baseline }) => toRange(baseline), align: 'right' },
  { header: 'Difference', value: ({ difference }) => toRange(difference), align: 'right' },
  { header: 'p', value: ({ p }) => p?.toPrecision(2) ?? '', align: 'right', drop: 1 },
];
