/** Files of a model in R: a small one to begin with, and tests that pass. */
import type { Field, Signature } from '../../signatures/signature.ts';

export const R_MODEL = `# The model: fuel consumption of cars. Change it as you like.

#' Miles per gallon of a car.
#'
#' @param wt Weight in 1000 lbs.
#' @param hp Gross horsepower.
predict_one <- function(wt, hp = 120) {
  37.22727 - 3.87783 * wt - 0.03177 * hp
}
`;

export const R_MODEL_TEST = `# Tests of the model: ao run test.
source(file.path("..", "..", "model.R"))

test_that("a known car", {
  expect_equal(predict_one(wt = 2.62, hp = 110), 23.5727, tolerance = 1e-5)
})

test_that("heavier cars need more", {
  expect_lt(predict_one(wt = 4, hp = 110), predict_one(wt = 2, hp = 110))
})
`;

function quote(text: string): string {
  return JSON.stringify(text);
}

/** How a column of text becomes what the model was fitted with. */
function toConversion({ name, type, levels }: Field): string | undefined {
  const column = `rows[[${quote(name)}]]`;
  if (type === 'category' && levels !== undefined) {
    // One to a line: lintr wants at most 80 characters.
    const texts = levels.map((level) => `    ${quote(String(level))}`);
    return `${column} <- factor(${column}, levels = c(\n${texts.join(',\n')}\n  ))`;
  }
  if (type === 'boolean') return `${column} <- as.logical(${column})`;
  if (type === 'date') return `${column} <- as.Date(${column})`;
  if (type === 'datetime') return `${column} <- as.POSIXct(${column}, tz = "UTC")`;
  return type === 'string' ? undefined : `${column} <- as.numeric(${column})`;
}

/** The fitted model, or the function of model.R that predicts. */
interface Predicting {
  readonly file: string | undefined;
  readonly entry: string | undefined;
}

const SOURCE = 'source(file.path("..", "..", "model.R"))';

/** A test that predicts the examples, with the artifact as the service does, or with the code when there is none. */
export function renderRTableTest(
  { file, entry = 'predict' }: Predicting,
  signature: Signature,
  packages: Readonly<Record<string, string>>,
): string {
  const conversions = signature.inputs
    .map((field) => toConversion(field))
    .filter((line) => line !== undefined);
  const needed = Object.keys(packages).filter((name) => name !== 'jsonlite');
  const load =
    file === undefined
      ? []
      : [
          '  library("splines") # a formula may call ns() or bs()',
          ...needed.map((name) => `  loadNamespace(${quote(name)})`),
          `  model <- readRDS(file.path("..", "..", "artifacts", ${quote(file)}))`,
        ];
  return `${[
    '# Tests of the model: ao run test.',
    ...(file === undefined ? [SOURCE, ''] : []),
    'test_that("every example gets a prediction", {',
    ...load,
    '  rows <- read.csv(file.path("..", "..", "examples.csv"),',
    '    colClasses = "character", check.names = FALSE',
    '  )',
    ...conversions.map((line) => `  ${line}`),
    `  predictions <- ${file === undefined ? entry : 'predict'}(${file === undefined ? '' : 'model, '}rows)`,
    '  expect_equal(NROW(predictions), nrow(rows))',
    '})',
  ].join('\n')}\n`;
}

/** A test that calls the function with the example. */
export function renderRCallTest(entry: string, { inputs, example }: Signature): string {
  const given = inputs
    .filter(({ name }) => name in example)
    .map((field) => `    ${toName(field.name)} = ${toLiteral(field, example[field.name])}`);
  return `${[
    '# Tests of the model: ao run test.',
    SOURCE,
    '',
    'test_that("the example gets a prediction", {',
    `  prediction <- ${entry}(`,
    given.join(',\n'),
    '  )',
    '  expect_false(is.null(prediction))',
    '})',
  ].join('\n')}\n`;
}

const toName = (name: string) => (/^[A-Za-z.][\w.]*$/.test(name) ? name : `\`${name}\``);

function toLiteral(field: Field, value: unknown): string {
  if (value === null) return 'NA';
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  if (Array.isArray(value)) return `c(${value.map((one) => toLiteral(field, one)).join(', ')})`;
  const text = JSON.stringify(value);
  if (field.type === 'date') return `as.Date(${text})`;
  return field.type === 'datetime' ? `as.POSIXct(${text}, tz = "UTC")` : text;
}

/** DESCRIPTION with exactly these versions. */
export function renderDescription(
  name: string,
  rVersion: string | undefined,
  packages: Readonly<Record<string, string>>,
): string {
  const imports = Object.entries(packages).map(([one, version]) => `    ${one} (== ${version})`);
  return `${[
    `Package: ${name.replaceAll(/[^A-Za-z0-9.]/g, '.')}`,
    `Title: The Model ${name}`,
    'Version: 0.0.1',
    ...(rVersion === undefined ? [] : [`Depends: R (>= ${rVersion})`]),
    ...(imports.length === 0 ? [] : ['Imports:', imports.join(',\n')]),
    'Suggests: testthat',
    'Encoding: UTF-8',
  ].join('\n')}\n`;
}
