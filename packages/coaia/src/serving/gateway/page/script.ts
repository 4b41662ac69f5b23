/** What the page does by itself: try a row, show the answer or what is wrong with it, copy a call. No library. */
export const SCRIPT = `
const base = document.documentElement.dataset.base;
if (base !== location.origin)
  for (const code of document.querySelectorAll('pre[data-call]'))
    code.textContent = code.textContent.replaceAll(base, location.origin);
const make = (tag, text, name) => {
  const node = document.createElement(tag);
  if (text !== undefined) node.textContent = text;
  if (name) node.className = name;
  return node;
};
const toCell = (value) => {
  const cell = make('td', typeof value === 'number' ? String(Number(value.toPrecision(6))) : show(value), 'number');
  cell.title = show(value);
  return cell;
};
const show = (value) => (typeof value === 'string' ? value : JSON.stringify(value));
for (const button of document.querySelectorAll('button[data-copy]'))
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(button.parentElement.querySelector('pre').textContent);
    button.textContent = 'Copied';
    setTimeout(() => { button.textContent = 'Copy'; }, 1500);
  });
const read = (control) => {
  const { kind } = control.dataset;
  const text = control.value;
  if (kind === 'json') { try { return JSON.parse(text); } catch { return text; } }
  if (kind === 'number' && text.trim() !== '' && Number.isFinite(Number(text))) return Number(text);
  return text;
};
const toRow = (form) => {
  const row = {};
  for (const control of form.querySelectorAll('[data-field]')) {
    const { field, empty } = control.dataset;
    if (control.value !== '') row[field] = read(control);
    else if (empty === 'null') row[field] = null;
    else if (empty === 'text') row[field] = '';
  }
  return row;
};
const clear = (form) => {
  for (const control of form.querySelectorAll('[data-field]')) {
    control.removeAttribute('aria-invalid');
    document.getElementById(control.id + '-problem').textContent = '';
  }
};
const showFailure = (form, output, error) => {
  output.append(make('p', error.message, 'wrong'));
  for (const { field, got, wanted } of error.details ?? []) {
    const control = [...form.querySelectorAll('[data-field]')].find((one) => one.dataset.field === field);
    if (!control) continue;
    control.setAttribute('aria-invalid', 'true');
    document.getElementById(control.id + '-problem').textContent = (got === undefined ? 'Missing' : got + ' was sent') + '; wanted ' + wanted + '.';
  }
  const first = form.querySelector('[aria-invalid=true]');
  if (first) first.focus();
};
const showAnswer = (output, answer, milliseconds) => {
  const [prediction] = answer.predictions;
  const isPlain = typeof prediction !== 'object' || prediction === null || Array.isArray(prediction);
  const values = isPlain ? { prediction } : prediction;
  const [[, main], ...others] = Object.entries(values);
  output.append(make('div', show(main), 'main'));
  const table = make('table');
  for (const [name, value] of others) {
    const isByClass = Array.isArray(value) && answer.classes && answer.classes.length === value.length;
    const cells = isByClass ? value.map((one, at) => [String(answer.classes[at]), one]) : [[name, value]];
    for (const [head, cell] of cells) {
      const line = make('tr');
      const title = make('th', head);
      title.scope = 'row';
      line.append(title, toCell(cell));
      table.append(line);
    }
  }
  if (table.rows.length > 0) output.append(table);
  for (const { message } of answer.flags ?? []) output.append(make('p', message, 'flag'));
  for (const warning of answer.warnings ?? []) output.append(make('p', warning, 'flag'));
  output.append(make('p', 'Version ' + answer.version + ', ' + milliseconds + ' ms, request ' + answer.request_id, 'muted'));
};
for (const form of document.querySelectorAll('form[data-address]'))
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    clear(form);
    const output = form.querySelector('output');
    const started = performance.now();
    const key = form.querySelector('[data-key]')?.value;
    const headers = { 'content-type': 'application/json' };
    if (key) headers.authorization = 'Bearer ' + key;
    const lines = document.createDocumentFragment();
    try {
      const reply = await fetch(form.dataset.address, { method: 'POST', headers, body: JSON.stringify(toRow(form)) });
      const answer = await reply.json();
      if (reply.ok) showAnswer(lines, answer, Math.round((performance.now() - started) * 10) / 10);
      else showFailure(form, lines, answer.error);
    } catch {
      lines.append(make('p', 'The service did not answer. Is it still running?', 'wrong'));
    }
    output.replaceChildren(lines);
  });
`;
