/** Everything that is wrong with a template, without using it. */
import { isCoaiaError } from '#base';
import { checkSteps } from './check-steps.ts';
import { checkUse, checkVariables } from './check-variables.ts';
import { resolveTemplate } from './find-template.ts';
import type { TemplatePlaces, TemplateText } from './places.ts';
import type { Finding, Problem } from './problem.ts';
import { hasErrors } from './problem.ts';
import { locate, readFields } from './read-template.ts';
import { toSemver } from './reference.ts';
import type { TemplateFields } from './schema.ts';
import type { Template } from './template.ts';

/** Larger texts are templates as well, but nobody reads them. */
const LARGE_BYTES = 200_000;

export interface CheckOptions {
  /** Names of actions that can run here; undefined where that is not known. */
  readonly actions?: ReadonlySet<string>;
}

/** All problems of a text, with their lines. Reads what it extends; changes and sends nothing. */
export async function checkTemplate(
  places: TemplatePlaces,
  source: TemplateText,
  { actions }: CheckOptions = {},
): Promise<readonly Problem[]> {
  const { fields, problems } = await readFields(source.text, source.format);
  if (fields === undefined) return problems;
  const own = await locate(source.text, await checkFile(source, fields));
  const resolved = await resolve(places, source);
  if ('problems' in resolved) return [...problems, ...own, ...resolved.problems];
  const { template } = resolved;
  const rules = [...checkVariables(template), ...checkSteps(template, actions)];
  // Names cannot be counted where an expression cannot be read.
  const isUnreadable = rules.some(({ code }) => code === 'expression');
  const findings = isUnreadable ? rules : [...rules, ...checkUse(template)];
  const placed = findings.map((finding) => ({
    ...finding,
    path: toOwnPath(finding.path, template, fields),
  }));
  const all = [...problems, ...own, ...(await locate(source.text, placed))];
  return all.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0));
}

async function resolve(
  places: TemplatePlaces,
  source: TemplateText,
): Promise<{ readonly template: Template } | { readonly problems: readonly Problem[] }> {
  try {
    return { template: (await resolveTemplate(places, source)).template };
  } catch (error) {
    if (!isCoaiaError(error)) throw error;
    const details: unknown = error.details;
    if (Array.isArray(details) && hasErrors(details as readonly Problem[]))
      return { problems: details as readonly Problem[] };
    const code = error.code === 'COAIA-5009' ? 'requires' : 'extends';
    const message = error.message.replace(/\.$/, '');
    return { problems: await locate(source.text, [{ code, message, path: [code] }]) };
  }
}

async function checkFile(
  { name, path, text }: TemplateText,
  fields: TemplateFields,
): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  const warn = (code: string, message: string, at: readonly string[]): void => {
    findings.push({ severity: 'warning', code, message, path: at });
  };
  if (path !== null && fields.name !== name)
    warn('file-name', `the file is called ${name}, the template ${fields.name}`, ['name']);
  const version = fields.version ?? '1.0';
  if ((await toSemver(version)) === undefined)
    warn('version', `${JSON.stringify(version)} is no version such as 1.2.0`, ['version']);
  if (Buffer.byteLength(text) > LARGE_BYTES) warn('size', 'the text is larger than 200 kB', []);
  const secret = SECRETS.find((pattern) => pattern.test(text));
  if (secret !== undefined) warn('secret-text', 'the text seems to hold a secret key', []);
  return findings;
}

/** Keys of well-known services as their makers write them. */
const SECRETS: readonly RegExp[] = [
  /\bsk-[A-Za-z0-9_-]{20,}/,
  /\bgh[pousr]_[A-Za-z0-9]{30,}/,
  /\bAKIA[0-9A-Z]{16}\b/,
  /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----/,
];

/** Where a place of the merged template stands in the file itself; what a base brings stands at `extends`. */
function toOwnPath(
  path: Finding['path'],
  template: Template,
  fields: TemplateFields,
): Finding['path'] {
  const [list, index, ...rest] = path;
  if (fields.extends === undefined || fields.extends === null || typeof index !== 'number')
    return path;
  const own =
    list === 'steps'
      ? fields.steps?.findIndex(
          ({ id, name }) =>
            (id ?? name) === (id ? template.steps[index]?.id : template.steps[index]?.name),
        )
      : fields.variables?.findIndex(({ name }) => name === template.variables[index]?.name);
  return own === undefined || own === -1 ? ['extends'] : [list ?? '', own, ...rest];
}
