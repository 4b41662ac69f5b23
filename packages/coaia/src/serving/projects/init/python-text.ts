/** Files of a model in Python: a small one to begin with, and tests that pass. */
import type { Field, Signature } from '../../signatures/signature.ts';
import { lockRequirements } from '../lock-text.ts';

/** Weight and power of 32 cars of 1974: the data set mtcars, fitted by least squares. */
export const PYTHON_MODEL = `"""The model: fuel consumption of cars from weight and power. Change it as you like."""


def predict(wt: float, hp: float) -> float:
    """Miles per gallon of a car.

    Args:
        wt: Weight in 1000 lbs.
        hp: Gross horsepower.
    """
    return 37.22727 - 3.87783 * wt - 0.03177 * hp
`;

export const PYTHON_MODEL_TEST = `"""Tests of the model: ao run test."""

import pytest
from model import predict


def test_a_known_car() -> None:
    assert predict(wt=2.62, hp=110) == pytest.approx(23.5727, abs=1e-4)


def test_heavier_cars_need_more() -> None:
    assert predict(wt=4, hp=110) < predict(wt=2, hp=110)
`;

export const CONFTEST = `"""Lets the tests import what lies in this folder."""
`;

/** Rows of mtcars. */
export const CAR_EXAMPLES = 'wt,hp\n2.62,110\n2.32,93\n3.44,175\n';

/** A test that predicts the examples, with the artifact as the service does, or with the code when there is none. */
export function renderTableTest(file: string | undefined, signature: Signature): string {
  const options = toReadOptions(signature);
  const isList = signature.inputs.some(({ shape }) => shape.length > 0);
  const call = ['ROOT / "examples.csv"', ...options];
  const read =
    options.length === 0
      ? ['    rows = pandas.read_csv(ROOT / "examples.csv")']
      : ['    rows = pandas.read_csv(', ...call.map((part) => `        ${part},`), '    )'];
  const { imports, load } = file === undefined ? CODE : toLoading(file);
  const method = signature.task === 'other' ? 'model.transform' : 'model.predict';
  return `${[
    '"""Tests of the model: ao run test."""',
    '',
    ...(isList ? ['import json'] : []),
    'from pathlib import Path',
    '',
    ...imports,
    '',
    'ROOT = Path(__file__).resolve().parent.parent',
    ...(file === undefined ? [] : [`ARTIFACT = ROOT / "artifacts" / ${JSON.stringify(file)}`]),
    '',
    '',
    'def test_every_example_gets_a_prediction() -> None:',
    ...load,
    ...read,
    ...(file === undefined ? ['    given = rows'] : toGiven(signature)),
    `    predictions = ${file === undefined ? 'predict' : method}(given)`,
    '    assert len(predictions) == len(rows) > 0',
  ].join('\n')}\n`;
}

function toReadOptions({ inputs }: Signature): readonly string[] {
  const texts = inputs.filter((field) => isText(field)).map(({ name }) => name);
  const dates = inputs.filter(({ type }) => type.startsWith('date')).map(({ name }) => name);
  return [
    ...(texts.length === 0
      ? []
      : [`dtype={${texts.map((name) => `${JSON.stringify(name)}: str`).join(', ')}}`]),
    ...(dates.length === 0 ? [] : [`parse_dates=${JSON.stringify(dates)}`]),
  ];
}

const CODE = { imports: ['import pandas', 'from model import predict'], load: [] } as const;

function toLoading(file: string) {
  if (!file.endsWith('.skops'))
    return {
      imports: ['import joblib', 'import pandas'],
      load: ['    model = joblib.load(ARTIFACT)'],
    };
  return {
    imports: ['import pandas', 'import skops.io'],
    load: [
      '    types = skops.io.get_untrusted_types(file=ARTIFACT)',
      '    model = skops.io.load(ARTIFACT, trusted=types)',
    ],
  };
}

/** A test that calls the function with the example. */
export function renderCallTest({ inputs, example }: Signature): string {
  const given = inputs.filter(({ name }) => name in example);
  const needsDates = given.some(({ type }) => type.startsWith('date'));
  return `${[
    '"""Tests of the model: ao run test."""',
    '',
    ...(needsDates ? ['import datetime', ''] : []),
    'from model import predict',
    '',
    '',
    'def test_the_example_gets_a_prediction() -> None:',
    '    prediction = predict(',
    ...given.map((field) => `        ${field.name}=${toLiteral(field, example[field.name])},`),
    '    )',
    '    assert prediction is not None',
  ].join('\n')}\n`;
}

function toLiteral({ type }: Field, value: unknown): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  const text = JSON.stringify(value);
  if (type === 'date') return `datetime.date.fromisoformat(${text})`;
  return type === 'datetime'
    ? `datetime.datetime.fromisoformat(${text.replace('Z"', '+00:00"')})`
    : text;
}

/** What the model is given: a table, or the one column that it takes instead of one. */
function toGiven({ inputs: [only, ...others] }: Signature): readonly string[] {
  if (only === undefined || others.length > 0) return ['    given = rows'];
  const column = `rows[${JSON.stringify(only.name)}]`;
  if (only.shape.length > 0) return [`    given = ${column}.map(json.loads).tolist()`];
  // Readers of text know no columns and want a list of texts.
  return only.type === 'string'
    ? [`    given = rows if hasattr(model, "feature_names_in_") else ${column}`]
    : ['    given = rows'];
}

function isText({ type, levels }: Field): boolean {
  return (
    type === 'string' ||
    (type === 'category' && levels?.every((level) => typeof level === 'string') === true)
  );
}

/** Names under which modules are installed, where they differ. */
const DISTRIBUTIONS: Readonly<Record<string, string>> = {
  sklearn: 'scikit-learn',
  skimage: 'scikit-image',
  PIL: 'Pillow',
  yaml: 'PyYAML',
  cv2: 'opencv-python',
};

const NO_PACKAGES = '# The model needs Python only.\n';

/** requirements.txt with exactly these versions of modules; what stood there before beside them stays. AO114. */
export function renderRequirements(
  packages: Readonly<Record<string, string>>,
  before = NO_PACKAGES,
): string {
  const pins = Object.entries(packages).map(
    ([name, version]) => [DISTRIBUTIONS[name] ?? name, version] as const,
  );
  if (pins.length === 0) return before;
  return lockRequirements(before.replace(NO_PACKAGES, ''), Object.fromEntries(pins));
}
