/** `coaia pipeline test`: a template against its cases, without network and clock. */
import { dirname, join } from 'node:path';
import { isObject } from '#base';
import { readJsonFile, writeWholeFile } from '#config';
import { defineCommand } from '#surface';
import { openPlaces, toFolders } from '../../create/open-places.ts';
import { templatesApi } from '../../stored/ports.ts';
import { templateFailures } from '../../templates/errors.ts';
import { findTemplate } from '../../templates/find-template.ts';
import { toPlainLine } from '../plain-lines.ts';
import { runCase } from '../run-case.ts';
import type { CaseResult, Snapshot } from '../run-case.ts';
import { readTestFile } from '../test-file.ts';

export const command = defineCommand({
  words: 'pipeline test',
  summary: 'Run the tests of a template',
  description:
    'Cases lie in NAME.test.json or NAME.test.yaml beside the template, in ./.coaia/templates or here. A case that expects nothing is compared with its snapshot.',
  needs: templatesApi,
  positionals: [{ name: 'name', summary: 'Template: NAME, NAME@RANGE or ./FILE', required: true }],
  options: {
    case: { type: 'string', placeholder: 'NAME', summary: 'Only this case' },
    update: { type: 'boolean', summary: 'Write what is rendered now as snapshots' },
  },
  examples: ['coaia pipeline test company-etl', 'coaia pipeline test company-etl --update'],
  async run(context, { options, args }) {
    const { out, flags, cwd } = context;
    const places = openPlaces(context, async () => (await context.open()).templates);
    const found = await findTemplate(places, args.name);
    const { name } = found.template;
    const { project, user } = toFolders(context);
    const file = await readTestFile(name, found.path, [project, cwd, user]);
    const snapshotPath = join(dirname(file.path), `${name}.snap.test.json`);
    const saved = readSnapshots(snapshotPath);
    const cases = file.cases.filter(
      (one) => options.case === undefined || one.name === options.case,
    );
    if (cases.length === 0)
      throw templateFailures.create('COAIA-5011', `No case is called ${options.case ?? ''}.`, {
        hint: `coaia pipeline test ${args.name}`,
      });
    const results = cases.map((one) => ({
      ...runCase(found, one, saved[one.name]),
      isSnapshot: one.expect === undefined,
    }));
    const shown = options.update === true ? results.map((one) => withoutOld(one)) : results;
    if (options.update === true) writeSnapshots(snapshotPath, saved, results);
    if (flags.json)
      out.json(
        shown.map((one) => ({
          name: one.name,
          passed: one.failures.length === 0,
          failures: one.failures,
        })),
      );
    else
      for (const { name: title, failures } of shown) {
        out.line(toPlainLine(`${failures.length === 0 ? 'ok  ' : 'FAIL'}  ${title}`));
        for (const failure of failures) out.line(toPlainLine(`      ${failure}`));
      }
    const failed = shown.filter(({ failures }) => failures.length > 0).length;
    if (!flags.json) out.line(`${shown.length - failed} of ${shown.length} passed`);
    if (failed > 0)
      throw templateFailures.create(
        'COAIA-5011',
        `${failed} of ${shown.length} tests of ${name} failed.`,
      );
  },
});

type Result = CaseResult & { readonly isSnapshot: boolean };

function readSnapshots(path: string): Readonly<Record<string, Snapshot>> {
  const value = readJsonFile(path) ?? {};
  return isObject(value) ? (value as Record<string, Snapshot>) : {};
}

/** A snapshot that is being written cannot fail; one that cannot be rendered still does. */
function withoutOld(result: Result): Result {
  return result.isSnapshot && result.snapshot !== undefined ? { ...result, failures: [] } : result;
}

function writeSnapshots(
  path: string,
  saved: Readonly<Record<string, Snapshot>>,
  results: readonly Result[],
): void {
  const made = results.flatMap(({ name, isSnapshot, snapshot }) =>
    isSnapshot && snapshot !== undefined ? [[name, snapshot] as const] : [],
  );
  if (made.length === 0) return;
  const all = { ...saved, ...Object.fromEntries(made) };
  writeWholeFile(path, `${JSON.stringify(all, undefined, 2)}\n`);
}
