/** The options of commands whose result a shell can take over. */
import { EXPORT_FORMATS, renderExports } from '#base';
import type { ExportFormat, Variables } from '#base';
import type { CommandContext } from '#surface';
import { checkReport, printReport } from './send-events.ts';
import type { SendReport } from './send-events.ts';

export const exportOptions = {
  'export-env': {
    type: 'boolean',
    summary: 'Print lines that set COAIA_TRACE_ID and its kin: eval "$(coaia ... --export-env)"',
    compat: true,
  },
  'export-format': {
    type: 'string',
    choices: EXPORT_FORMATS,
    placeholder: 'FORMAT',
    summary: 'Form of these lines; implies --export-env (default sh)',
  },
} as const;

interface ExportValues {
  readonly 'export-env': boolean | undefined;
  readonly 'export-format': string | undefined;
}

/** Prints the variables when they were asked for, the report otherwise. Nothing is exported after a refusal. */
export function printResult(
  { out }: Pick<CommandContext<never>, 'out'>,
  options: ExportValues,
  report: SendReport,
  variables: Variables,
): void {
  if (options['export-env'] !== true && options['export-format'] === undefined) {
    printReport(out, report);
    out.exported(variables);
    return;
  }
  checkReport(report);
  out.exported(variables);
  out.line(renderExports((options['export-format'] ?? 'sh') as ExportFormat, variables));
}
