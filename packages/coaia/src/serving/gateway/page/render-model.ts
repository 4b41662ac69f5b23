/** One model on the page: what it takes and gives, a form to try it, calls to copy. */
import type { Field, Signature } from '../../signatures/signature.ts';
import type { CatalogModel } from '../../versions/catalog.ts';
import type { VersionManifest } from '../../versions/version.ts';
import { markup } from './html.ts';
import type { Html } from './html.ts';
import { toSnippets } from './snippets.ts';

export interface ModelView {
  readonly model: CatalogModel;
  /** The version that answers everybody. */
  readonly manifest: VersionManifest;
  readonly isReady: boolean;
  readonly isLocked: boolean;
  /** Of the service, without a slash at the end. */
  readonly url: string;
}

/** The section of a model. */
export function renderModel(view: ModelView): Html {
  const { model, manifest, isReady } = view;
  const { signature } = manifest;
  const state = isReady ? 'Ready' : 'Not ready yet';
  return markup`<section id="${model.name}" aria-labelledby="${model.name}-title">
    <div class="head">
      <h2 id="${model.name}-title">${model.name}</h2>
      <span class="muted">version ${manifest.version}${toOthers(view)}</span>
      <span class="state ${isReady ? 'ready' : ''}">${state}</span>
    </div>
    ${signature.description === undefined ? undefined : markup`<p>${signature.description}</p>`}
    <div class="columns">
      <div>
        <h3>What it takes</h3>
        ${renderFields(signature.inputs, 'Inputs')}
        <h3>What it answers</h3>
        ${renderFields(signature.outputs, 'Outputs')} ${renderClasses(signature)}
        <h3>Ask it from a program</h3>
        ${renderSnippets(view)}
      </div>
      <div>${renderForm(view)}</div>
    </div>
  </section>`;
}

function toOthers({ model, manifest }: ModelView): string {
  const others = [...model.versions.keys()].filter((version) => version !== manifest.version);
  return others.length === 0 ? '' : `, also ${others.join(', ')}`;
}

type Column = readonly [head: string, toText: (field: Field) => string];

const COLUMNS: readonly Column[] = [
  ['Type', toType],
  ['Allowed', toAllowed],
  ['Seen in training', toSeen],
  ['Meaning', ({ description }) => description ?? NOTHING],
];
const NOTHING = '–';

/** Columns in which nothing stands are left out. */
function renderFields(fields: readonly Field[], caption: string): Html {
  const columns = COLUMNS.filter(([, toText]) => fields.some((one) => toText(one) !== NOTHING));
  const heads = columns.map(([head]) => markup`<th scope="col">${head}</th>`);
  const rows = fields.map((field) => {
    const cells = columns.map(([, toText]) => markup`<td>${toText(field)}</td>`);
    return markup`<tr><th scope="row"><code>${field.name}</code></th>${cells}</tr>`;
  });
  return markup`<div class="scroll" tabindex="0" role="group" aria-label="${caption}"><table>
<thead><tr><th scope="col">Name</th>${heads}</tr></thead><tbody>${rows}</tbody></table></div>`;
}

const TYPES = {
  number: 'number',
  integer: 'whole number',
  boolean: 'true or false',
  string: 'text',
  category: 'one of',
  date: 'date',
  datetime: 'date and time',
} as const;

function toType({ type, shape }: Field): string {
  if (shape.length === 0) return TYPES[type];
  const size = shape.map((length) => (length < 0 ? 'any number' : length)).join(' x ');
  return `list of ${size}: ${TYPES[type]}`;
}

function toAllowed({ levels, min, max, required, nullable, default: usual }: Field): string {
  const rules = [
    ...(levels === undefined ? [] : [levels.join(', ')]),
    ...(min === undefined ? [] : [`from ${min}`]),
    ...(max === undefined ? [] : [`to ${max}`]),
    ...(required ? [] : [usual === undefined ? 'may be left out' : `left out: ${String(usual)}`]),
    ...(nullable ? ['may be empty'] : []),
  ];
  return rules.length === 0 ? NOTHING : rules.join('; ');
}

function toSeen({ trained }: Field): string {
  return trained === undefined ? NOTHING : `${trained.min} to ${trained.max}`;
}

function renderClasses({ classes, outputs }: Signature): Html | undefined {
  if (classes === undefined || outputs.every(({ name }) => name !== 'probability'))
    return undefined;
  return markup`<p class="muted">Probabilities are in the order ${classes.join(', ')}.</p>`;
}

function renderSnippets({ model, manifest, isLocked, url }: ModelView): readonly Html[] {
  const address = `${url}/v1/models/${model.name}/predict`;
  const row = manifest.signature.example;
  return toSnippets({ address, row, isLocked }).map(
    ({ language, text }, at) =>
      markup`<details ${at === 0 ? 'open' : ''}>
        <summary>${language}</summary>
        <div class="snippet">
          <pre data-call tabindex="0" aria-label="${language}, ${model.name}">${text}</pre>
          <button type="button" data-copy aria-label="Copy ${language}, ${model.name}">Copy</button>
        </div>
      </details>`,
  );
}

function renderForm({ model, manifest, isLocked }: ModelView): Html {
  const { inputs, example } = manifest.signature;
  return markup`<form
    data-address="/v1/models/${model.name}/predict"
    novalidate
    aria-labelledby="${model.name}-try"
  >
    <h3 id="${model.name}-try">Try ${model.name}</h3>
    ${isLocked ? markup`<label for="${model.name}-key">Secret key (empty: as you signed in)</label><input id="${model.name}-key" type="password" autocomplete="off" data-key />` : undefined}
    ${inputs.map((field, at) => renderControl(field, example[field.name], `${model.name}-${at}`))}
    <button type="submit">Predict</button>
    <output class="answer" aria-live="polite"></output>
  </form>`;
}

function renderControl(field: Field, value: unknown, id: string): Html {
  const { name, required, nullable } = field;
  const hint = required ? '' : ' (optional)';
  return markup`<label for="${id}">${name}<span class="muted">${hint}</span></label>
    ${toControl(field, value, { id, empty: toEmpty(field, nullable) })}
    <p class="problem" id="${id}-problem"></p>`;
}

/** What an empty control means: null, an empty text, or that the field is left out. */
function toEmpty({ type, required }: Field, nullable: boolean): string {
  if (nullable) return 'null';
  return type === 'string' && required ? 'text' : 'absent';
}

interface ControlInput {
  readonly id: string;
  readonly empty: string;
}

function toControl(field: Field, value: unknown, { id, empty }: ControlInput): Html {
  const { name, type, shape, levels = [] } = field;
  const common = markup`id="${id}" data-field="${name}" data-empty="${empty}"
  aria-describedby="${id}-problem"`;
  if (shape.length > 0)
    return markup`<input ${common} data-kind="json" value="${JSON.stringify(value ?? [])}" />`;
  if (type === 'category') return toSelect(common, levels, value);
  if (type === 'boolean') return toSelect(common, [true, false], value);
  const text = value === null || value === undefined ? '' : toWritten(value);
  if (type === 'number' || type === 'integer')
    return markup`<input ${common} data-kind="number" inputmode="decimal" value="${text}" />`;
  const kind = type === 'date' ? 'date' : 'text';
  return markup`<input ${common} data-kind="text" type="${kind}" value="${text}" />`;
}

/** The first option is nothing at all. */
function toSelect(
  common: Html,
  options: readonly (string | number | boolean)[],
  value: unknown,
): Html {
  return markup`<select ${common} data-kind="json">
    <option value=""></option>
    ${options.map(
      (one) =>
        markup`<option value="${JSON.stringify(one)}" ${one === value ? 'selected' : ''}>
          ${String(one)}
        </option>`,
    )}
  </select>`;
}

const toWritten = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));
