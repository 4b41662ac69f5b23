/** Codes of checks: AO210, AO401 to AO405, AO490 to AO495, AO590 to AO619. Most are findings and are never thrown. */
import { defineErrors, EXIT } from '#base';
import type { ErrorDefinition } from '#base';

/** A finding of `ao check`: exit 1, and 400 where it is answered over HTTP. */
function finding(explain: string): ErrorDefinition {
  return { status: 400, exit: EXIT.failed, name: 'InvalidRequestError', explain };
}

export const checkFailures = defineErrors({
  AO210: finding(
    'A file in model-interface/ is not what the signature of the model gives now: the model or its inputs changed, or the file was edited by hand. Callers would read an outdated description. `ao check --fix` writes the files again; commit them with the change.',
  ),
  AO401: finding(
    'A row that should work did not: the model failed on a row of examples.csv, on one row, or on many rows at once. The sentence repeats what the model said and names the row. Correct the model, or the row if it is wrong.',
  ),
  AO403: finding(
    'A row with a missing value reached the model, as the settings allow, and the model failed. Callers would get status 500. Set on_na = "reject" in ao.toml so that such rows are refused with status 422, or handle missing values in the model.',
  ),
  AO405: finding(
    'Predicting rows together gives other answers than predicting them one by one. That happens when a model looks at the whole table, for example when it centres by the mean of what it was given. Rows of different callers are never predicted together for this model, so it is slower but right.',
  ),
  AO490: finding(
    'The service answered a made-up request with another status than its documentation promises: a row without a needed value was taken, or a sound one was refused. The sentence shows the request and both statuses.',
  ),
  AO491: finding(
    'A prediction differs from the column `expected` of examples.csv. Numbers are compared to as many digits as are written there. Either the model changed, or the column is from an older one.',
  ),
  AO492: finding(
    'The model could not be loaded by a worker, so nothing about its predictions could be checked. The sentence repeats the first reason. The fix is most often a package that is missing in the interpreter, or a file that the code expects elsewhere.',
  ),
  AO493: finding(
    'The same row asked twice gives two answers: the model draws random numbers. Whether rows may be predicted together cannot be decided for such a model, so they are not. Set a seed inside the function that predicts if the answers should be repeatable.',
  ),
  AO494: finding(
    'The model answered a complete row with a missing value, an infinite number or nothing. Callers get null. Often an input is outside of what the model was made for, or a transformation such as a logarithm has no value there.',
  ),
  AO495: finding(
    'examples.csv cannot be used as examples: it is missing, empty, lacks a column that the model needs, or has a row that the service would refuse. Examples drive the documentation, the smoke test and the reference for drift.',
  ),
  AO590: finding(
    'A file that every project has is missing. The sentence names it and says what it is for. `ao init` writes all of them; `ao check --fix` writes those of model-interface/.',
  ),
  AO591: finding(
    'The file with the fitted model does not exist, is empty, or is a pointer of git-lfs instead of the model. Nothing can be predicted without it. The setting `artifact` in ao.toml names it.',
  ),
  AO592: finding(
    'The project is in git and the file with the fitted model is not: whoever clones the project gets no model, and nobody sees in its history which model answered. Commit it, with git-lfs when it is large.',
  ),
  AO593: finding(
    'The project was made for the first AnOps. It has the table [check] and tasks, and no model that `ao` knows. What is there keeps working as tasks; the sentence says what to add so that the model is served.',
  ),
  AO601: finding(
    'Something that looks like a password, key or token is written into a file of the project. Whoever sees the file, the image or the repository has it. Remove it, make a new one because the old one is known, and put only its name into [secrets] of ao.toml. A line that ends with `# ao: not a secret` is left out.',
  ),
  AO602: finding(
    'A name in [secrets] has no value here: neither a variable of the environment nor the file that is named. The model starts without it here. The value belongs into the environment or a file outside of the project, never into ao.toml.',
  ),
  AO603: finding(
    'The service listens on an address that other machines reach, and [api] auth is "none": everybody there may predict. Set auth = "keys", or listen on 127.0.0.1.',
  ),
  AO604: finding(
    'A requirement has no fixed version, so two images made on different days may predict differently. Write the version that the model was fitted with; `ao env --lock` writes all of them.',
  ),
  AO605: finding(
    'The rules for an input contradict each other: a default that the input would refuse, a smallest value above the largest, or a level that appears twice. Requests that rely on the rule would fail.',
  ),
  AO606: finding(
    'out_of_range = "reject" asks to refuse values beyond those of training, but for no numeric input the range is known, so nothing is refused. Give min and max in [model.inputs.NAME], or add examples from the training data.',
  ),
  AO607: finding(
    'The lock file asks for another version of a package than the interpreter has that runs the model here. Predictions here and in an image may differ. Install the locked version, or lock again with `ao env --lock`.',
  ),
  AO610: finding(
    'A test of the project failed. The sentence names the test, the line and what it said. The same test can be run alone with the command in the fix.',
  ),
  AO611: finding(
    'There are no tests of the model, or none was found by the program that runs them. One test that predicts a known row is enough to begin with: `ao init` writes it.',
  ),
  AO612: finding(
    'A program that the check uses is not installed where it was looked for. The sentence says what for, and the fix how to get it. Set it to "none" in [check] of ao.toml to leave that part out.',
  ),
  AO613: finding(
    'Tests run fewer lines of the model code than [check] coverage asks for (95 per cent without a setting). The number is compared as it was measured, not rounded. The sentence names the lines that no test reaches.',
  ),
  AO614: finding(
    'ruff or lintr found a mistake or a doubtful place in the code. The sentence carries its own code, such as F401 or object_name_linter. `ao check --fix` repairs what can be repaired without changing what the code does.',
  ),
  AO615: finding(
    'The code is laid out differently from what the formatter writes. It changes nothing in what the code does. `ao check --fix` formats it.',
  ),
  AO616: finding(
    'A command of [check] linters or testers failed. It was run exactly once, as written, from the folder of the project. The sentence shows its exit code and the last lines it wrote.',
  ),
  AO617: {
    ...finding(
      '`ao check --only` was given a stage that does not exist. The stages are structure, config, interface, model, tests, quality and deploy; several are separated by commas.',
    ),
    exit: EXIT.usage,
  },
});
