/** Codes of scores and score configs: COAIA-1080 to 1099. */
import { defineErrors, EXIT } from '#base';

export const scoreFailures = defineErrors({
  'COAIA-1080': {
    status: 404,
    exit: EXIT.failed,
    name: 'LangfuseNotFoundError',
    explain:
      'The score names a score config that this project does not have. `coaia fuse score-configs list` shows those it has.',
  },
  'COAIA-1081': {
    status: 400,
    exit: EXIT.failed,
    name: 'InvalidRequestError',
    explain:
      'The score does not keep to its score config: another data type, a value outside the range, a category that the config does not have, or an archived config. The sentence lists what is accepted; `coaia fuse score-configs show NAME --requirements` does so too.',
  },
  'COAIA-1082': {
    status: 400,
    exit: EXIT.failed,
    name: 'InvalidRequestError',
    explain:
      'The score config contradicts itself: categories belong to CATEGORICAL configs, with unique labels and values; minimum and maximum belong to NUMERIC ones, the minimum below the maximum; a BOOLEAN has its two categories by itself.',
  },
  'COAIA-1083': {
    status: 400,
    exit: EXIT.usage,
    name: 'InvalidRequestError',
    explain:
      'The list of scores cannot be read with these parameters together. The sentence names the parameter and what it needs beside it.',
  },
  'COAIA-1084': {
    status: 404,
    exit: EXIT.failed,
    name: 'LangfuseNotFoundError',
    explain:
      'No score config has that name or id. The hint has the nearest names. With `--cached-only` or without a reachable server only the local cache was searched.',
  },
  'COAIA-1085': {
    status: 400,
    exit: EXIT.failed,
    name: 'InvalidRequestError',
    explain:
      'The file holds no score configs: JSON was expected, either an array of configs or an object with an array named `configs`, each with name and dataType. Details list what is wrong.',
  },
  'COAIA-1086': {
    status: 400,
    exit: EXIT.usage,
    name: 'InvalidRequestError',
    explain:
      'The command line leaves open what is scored, names it twice, or has a value of the wrong kind. Give one of `--trace-id` and `--session-id` (COAIA_TRACE_ID counts when neither is there).',
  },
  'COAIA-1087': {
    status: 400,
    exit: EXIT.partial,
    name: 'InvalidRequestError',
    explain:
      'Some score configs were written and some were refused. The answer on stdout lists both.',
  },
  'COAIA-1088': {
    status: 400,
    exit: EXIT.usage,
    name: 'InvalidRequestError',
    explain:
      'No preset has that name, or the command names none. `coaia fuse score-configs presets list` shows all; `--category` or `--all` choose several.',
  },
  'COAIA-1098': {
    status: 400,
    exit: EXIT.usage,
    name: 'InvalidRequestError',
    explain:
      'Agreement is between two raters, each named by `source:API`, `source:ANNOTATION`, `source:EVAL` or `author:ID`. The sentence says which of them cannot be read.',
  },
});
