/** Codes of plan and deploy: COAIA-5300 to 5309. */
import { defineErrors, EXIT } from '#base';

export const planFailures = defineErrors({
  'COAIA-5300': {
    status: 400,
    exit: EXIT.failed,
    name: 'InvalidRequestError',
    explain:
      'The folder that describes a project cannot be read, or describes nothing. Files count by their names: *.prompt.yaml, *.dataset.yaml or .json, *.score-configs.json, *.pipeline.yaml or .json, and every template in a folder called templates.',
  },
  'COAIA-5301': {
    status: 400,
    exit: EXIT.failed,
    name: 'InvalidRequestError',
    explain:
      'A file that describes a dataset cannot be read: it is no YAML or JSON, or lacks its name or its items. The sentence names the file.',
  },
  'COAIA-5302': {
    status: 400,
    exit: EXIT.failed,
    name: 'InvalidRequestError',
    explain:
      'Two files describe the same thing, so it is not clear which one counts. Remove one of them, or give it another name.',
  },
});
