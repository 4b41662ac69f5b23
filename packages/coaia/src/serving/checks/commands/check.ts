/** `ao check`: everything about a project that can be checked before it is deployed. */
import { EXIT, isCoaiaError } from '#base';
import { findHome } from '#config';
import { defineCommand } from '#surface';
import type { CommandContext } from '#surface';
import type { Finding } from '../../signatures/finding.ts';
import { checkProject } from '../check.ts';
import { checkFailures } from '../errors.ts';
import { toQuestion } from '../explain.ts';
import { checkAssistant } from '../ports.ts';
import type { CheckAssistant } from '../ports.ts';
import { printReport, toPlace } from '../print-report.ts';
import { STAGES } from '../report.ts';
import type { CheckReport, Stage } from '../report.ts';

export const command = defineCommand({
  words: 'ops check',
  summary: 'Check a project from its files to its predictions',
  description:
    'Seven stages, in this order: structure, config, interface, model, tests, quality, deploy. Everything that is wrong is listed with its place, its cause and how to mend it. The model is loaded and asked: examples, one row, a thousand rows, and rows that are wrong on purpose. The last line says what was not measured, such as the coverage without pytest-cov. Exit code 0: in order (warnings count with --strict only); 1: something is wrong; 2: the command cannot be understood, or there is no project.',
  needs: checkAssistant,
  positionals: [],
  options: {
    only: { type: 'string', placeholder: 'STAGE,...', summary: `Some of ${STAGES.join(', ')}` },
    strict: { type: 'boolean', summary: 'Warnings make the exit code 1 as well' },
    fix: { type: 'boolean', summary: 'Write model-interface/ again; repair and format code' },
    explain: { type: 'boolean', summary: 'Ask the configured model to explain each finding' },
  },
  examples: [
    'ao check',
    'ao check --only config,model',
    'ao check --fix',
    'ao check --strict --json',
  ],
  async run(context, { options }) {
    const { cwd, env, signal, out, flags } = context;
    const only = toStages(options.only);
    const report = await checkProject({
      cwd,
      env,
      home: findHome(context),
      isFixing: options.fix === true,
      only,
      signal,
    });
    const explanations = options.explain === true ? await explainAll(context, report) : undefined;
    if (flags.json)
      out.json({ ...report, ...(explanations === undefined ? {} : { explanations }) });
    else {
      printReport(out, report, { isQuiet: flags.quiet, only, isStrict: options.strict === true });
      for (const { finding, text } of explanations ?? []) {
        out.line('');
        out.line(`${out.style('bold', finding.code)}  ${toPlace(finding)}`);
        out.line(text);
      }
    }
    const counted = report.errors + (options.strict === true ? report.warnings : 0);
    return counted > 0 ? EXIT.failed : EXIT.done;
  },
});

/** AO617 for a stage that does not exist. */
function toStages(text: string | undefined): readonly Stage[] {
  const words = (text ?? '').split(',').map((word) => word.trim());
  return words
    .filter((word) => word !== '')
    .map((word) => {
      const stage = STAGES.find((one) => one === word.toLowerCase());
      if (stage !== undefined) return stage;
      throw checkFailures.create(
        'AO617',
        `There is no stage ${word}; there are ${STAGES.join(', ')}.`,
        {
          hint: 'ao check --only config,model',
        },
      );
    });
}

interface Explanation {
  readonly finding: Finding;
  readonly text: string;
}

/** Findings are explained one after another; without a model the reason is said once, and the check counts. */
async function explainAll(
  { open, out, signal }: CommandContext<CheckAssistant>,
  report: CheckReport,
): Promise<readonly Explanation[]> {
  const explanations: Explanation[] = [];
  try {
    for (const finding of report.stages.flatMap((stage) => stage.findings)) {
      const assistant = await open();
      const meaning = findMeaning(finding.code);
      const text = await assistant.explain(toQuestion(report.folder, finding, meaning), signal);
      if (text === undefined) {
        out.notice(NO_MODEL);
        break;
      }
      explanations.push({ finding, text });
    }
  } catch (error) {
    if (signal.aborted || !isCoaiaError(error)) throw error;
    const hint = error.hint === undefined ? '' : ` (${error.hint})`;
    out.notice(`ao: the findings are not explained: ${error.message}${hint}`);
  }
  return explanations;
}

const NO_MODEL =
  'ao: the findings are not explained, because no model is configured: `coaia models connections set` adds a server of models, `coaia config set model MODEL` names the one to ask.';

function findMeaning(code: string): string | undefined {
  return checkFailures.table[code as keyof typeof checkFailures.table]?.explain;
}
