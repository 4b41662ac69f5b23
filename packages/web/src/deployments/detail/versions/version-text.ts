import type { DeploymentField, DeploymentVersion } from '@coaia/client';

/** The three parts in which versions differ, each as text with one fact to a line. */
export interface VersionText {
  readonly fields: string;
  readonly files: string;
  readonly packages: string;
}

/** A version as texts that can be compared line by line. */
export function toVersionText({
  signature,
  files,
  interpreter,
  platform,
}: DeploymentVersion): VersionText {
  const { inputs, outputs, task, classes } = signature;
  return {
    fields: [
      `task ${task}`,
      ...(classes === undefined ? [] : [`classes ${classes.join(', ')}`]),
      ...inputs.map((field) => `input ${toFieldText(field)}`),
      ...outputs.map((field) => `output ${toFieldText(field)}`),
    ].join('\n'),
    files: toLines(files),
    packages: [
      `platform ${platform}`,
      ...(interpreter === null ? [] : [`interpreter ${interpreter.version}`]),
      ...(interpreter === null ? [] : [toLines(interpreter.packages)]),
    ].join('\n'),
  };
}

function toLines(members: Readonly<Record<string, string>>): string {
  return Object.entries(members)
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, value]) => `${name} ${value}`)
    .join('\n');
}

/** `age number, 18 to 90 in training, needed`: what matters about a field on one line. */
export function toFieldText(field: DeploymentField): string {
  const { name, type, shape, levels, min, max, trained, required, nullable } = field;
  return [
    `${name}: ${type}${shape.length === 0 ? '' : ` [${shape.join(', ')}]`}`,
    ...(levels === undefined ? [] : [`one of ${levels.join(' | ')}`]),
    ...(trained === undefined ? [] : [`trained ${trained.min} to ${trained.max}`]),
    ...(min === undefined ? [] : [`min ${min}`]),
    ...(max === undefined ? [] : [`max ${max}`]),
    ...(required ? [] : ['optional']),
    ...(nullable ? ['nullable'] : []),
  ].join(', ');
}
