/** Codes of signatures (AO201 to AO212) and of interpreters (AO301 to AO319). */
import { defineErrors, EXIT } from '#base';

const CONFIG = { status: 422, exit: EXIT.config, name: 'UnprocessableContentError' } as const;

export const signatureFailures = defineErrors({
  AO201: {
    ...CONFIG,
    explain:
      'A parameter of the function has no type that can be read, so its values cannot be checked. Write a type hint (int, float, str, bool, Literal, Enum, date, datetime, Optional, list[float], Annotated), set it under [model.inputs] in ao.toml, or add rows to examples.csv.',
  },
  AO202: {
    ...CONFIG,
    explain:
      'The function that `entry` names is not in the file, or the file does not exist. The finding lists the functions that are there. Correct `entry` in ao.toml or the name in the file.',
  },
  AO203: {
    ...CONFIG,
    explain:
      'The code of the model cannot be read because it has a syntax error. The finding names the line and repeats what the language said. Nothing was run.',
  },
  AO204: {
    ...CONFIG,
    explain:
      'Neither hints nor the fitted object nor examples.csv tell what the model takes. Fit it on a data frame, give the function typed parameters, or add examples.csv with a few real rows.',
  },
  AO205: {
    ...CONFIG,
    explain:
      'ao.toml describes an input that the model does not have. Correct the name under [model.inputs], or remove the table.',
  },
  AO206: {
    ...CONFIG,
    explain:
      'examples.csv cannot be read, or none of its rows fits what stronger evidence says of the inputs; the sentence says why. The rows were not used.',
  },
  AO207: {
    ...CONFIG,
    explain:
      'The fitted object cannot be opened: it is damaged, not what its name says, needs code that is not there, or ran longer than it is given. The finding repeats what the language said.',
  },
  AO208: {
    ...CONFIG,
    explain:
      'The example row was given to the model and it failed, so what it answers is not known yet. Correct the model or the first row of examples.csv; the finding repeats what the model said.',
  },
  AO209: {
    ...CONFIG,
    explain:
      'There is nothing to serve: the artifact or code that ao.toml names does not exist, or has an ending that is not known (.joblib, .pkl, .skops, .rds, .onnx, .py, .R, a folder with MLmodel).',
  },
  AO211: {
    ...CONFIG,
    explain:
      'The function `explain` beside the model failed on the example row. It takes what `predict` takes and gives one value for each name and row: a dict, a data frame or a list with names. The finding repeats what the language said.',
  },
  AO212: {
    ...CONFIG,
    explain:
      'The fitted object keeps the names of its columns, but not whether they were numbers or factors: ranger stores codes of levels alone. Given the wrong kind it would answer wrongly without an error. Describe each such column under [model.inputs] in ao.toml, levels in the order of training, or train again with respect.unordered.factors = "order".',
  },
  AO301: {
    ...CONFIG,
    explain:
      "No interpreter was found that has what the model needs. The sentence says which ones were tried, in order: the one set in ao.toml, $VIRTUAL_ENV, ./.venv, ./venv (for R ./.rlib), every one on PATH, the system's. Install the packages there, or set `python` or `rscript` under [model] in ao.toml.",
  },
  AO302: {
    ...CONFIG,
    explain:
      'The model was saved by another version of its library than the one that is here. Predictions may differ or fail. Install the version it was saved with, train again, or convert it to a format that does not depend on versions: `ao convert --to onnx` or `--to skops`.',
  },
  AO303: {
    ...CONFIG,
    explain:
      'pickle files (.pkl, .joblib, .rds with functions) run code when they are opened. A file other than the one named in `ao init --from`, also a refitted one, is opened only after `ao trust FILE`; a skops or ONNX file needs no trust.',
  },
});
