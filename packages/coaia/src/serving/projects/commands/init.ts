/** `ao init`: a new project. */
import { readFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { basename, join, relative } from 'node:path';
import { EXIT } from '#base';
import { findHome } from '#config';
import { defineCommand } from '#surface';
import type { CommandContext, Output } from '#surface';
import { initProject } from '../init/init-project.ts';
import type { InitResult } from '../init/init-project.ts';
import { addTrust } from '../trust.ts';

export const command = defineCommand({
  words: 'ops init',
  summary: 'Make a project, best from a fitted model',
  description:
    'With --from the project is ready to run: what goes in and what comes out is read from the model itself. FILE is a .joblib, .pkl or .skops of scikit-learn, an .rds of R, an .onnx, a folder with a file MLmodel, or a .py or .R file with the function that predicts (`predict`, in R `predict_one`), whose arguments say what it takes; an examples.csv beside the code comes along. Without it a small model.py or model.R is written to begin with. Nothing is written when a file would be overwritten (exit code 2), unless --force is given.',
  positionals: [
    { name: 'name', summary: 'Name of the project and of its folder; `.` for this folder' },
  ],
  options: {
    from: { type: 'string', placeholder: 'FILE', summary: 'The fitted model, or its code' },
    lang: {
      type: 'string',
      choices: ['python', 'r', 'onnx', 'proto-only'],
      summary: 'What the model is written in; found from FILE',
    },
    api: {
      type: 'string',
      choices: ['gateway', 'fastapi'],
      default: 'gateway',
      summary: 'Who answers requests: ao itself, or a small Python program of your own',
    },
    force: { type: 'boolean', summary: 'Replace files that exist' },
    'dry-run': { type: 'boolean', summary: 'Show what would be written, write nothing' },
  },
  examples: [
    'ao init churn',
    'ao init --from model.joblib',
    'ao init --from model.py',
    'ao init fuel --lang r --dry-run',
  ],
  async run({ cwd, env, out, flags }, { args, options }) {
    const isDry = options['dry-run'] === true;
    const result = await initProject({
      name: args.name,
      language: options.lang as 'python' | 'r' | 'onnx' | 'proto-only' | undefined,
      from: options.from,
      api: options.api as 'gateway' | 'fastapi',
      isForced: options.force === true,
      isDry,
      cwd,
    });
    if (!isDry) trust(result, { cwd, env, out });
    tell(out, result);
    const place = relative(cwd, result.folder);
    const start = place === '' ? 'ao check' : `cd ${place} && ao check`;
    if (flags.json) out.json(toJson(result, [start, 'ao run up'], isDry));
    else if (isDry) {
      for (const file of result.files) out.line(file);
      out.notice(`Nothing was written; without --dry-run these ${result.files.length} files are.`);
    } else {
      out.confirm(
        `Created ${place === '' ? result.name : `${place}/`} (${toParts(result.files)}).`,
      );
      out.confirm(`Next:\n  ${start}\n  ao run up`);
    }
    return EXIT.done;
  },
});

type Place = Pick<CommandContext<unknown>, 'cwd' | 'env' | 'out'>;

/** The file was named by the user, so it may be opened. */
function trust({ artifact, folder }: InitResult, { cwd, env, out }: Place): void {
  if (artifact === undefined || artifact.path.endsWith('.onnx')) return;
  const sha256 = createHash('sha256').update(readFileSync(artifact.from)).digest('hex');
  addTrust(findHome({ cwd, env }), { path: join(folder, artifact.path), sha256 });
  out.notice(
    `${basename(artifact.from)} may be opened on this computer from now on (ao trust --list).`,
  );
}

const LANGUAGES = { python: 'Python', r: 'R', onnx: 'ONNX' } as const;

/** What was found out. That another interpreter comes first on PATH needs no care: the right one is used. */
function tell(out: Output, { report, language, guessed }: InitResult): void {
  const { interpreter, findings = [] } = report ?? {};
  if (interpreter !== undefined && language !== undefined)
    out.notice(`${LANGUAGES[language]} ${interpreter.version}: ${interpreter.path}`);
  for (const { severity, code, message, fix } of findings) {
    if (severity === 'warning' && code === 'AO301') continue;
    out.notice(
      `${out.style(severity === 'error' ? 'error' : 'warn', code)} ${message} Fix: ${fix}`,
    );
  }
  if (guessed.length > 0)
    out.notice(
      `model-service/examples.csv is made up: the model does not tell usual values of ${toList(guessed)}. Put a few real rows there: documents, checks and drift use them.`,
    );
}

function toList(names: readonly string[]): string {
  const rest = names.length - 5;
  return `${names.slice(0, 5).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

function toJson(result: InitResult, next: readonly string[], isDry: boolean): unknown {
  const { folder, name, files, report, guessed } = result;
  return { folder, name, files, guessed, next, dry_run: isDry, findings: report?.findings ?? [] };
}

const PARTS = ['ao.toml', 'model-service', 'api-service', 'model-interface'];

/** What the new project consists of, as far as its owner has to know. */
function toParts(files: readonly string[]): string {
  return PARTS.filter((part) => files.some((file) => file.split('/')[0] === part)).join(', ');
}
