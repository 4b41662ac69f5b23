/** Codes of models and metrics: COAIA-1130 to COAIA-1159. */
import { defineErrors, EXIT } from '#base';

/** Failures of model definitions. */
export const modelFailures = defineErrors({
  'COAIA-1130': {
    status: 400,
    exit: EXIT.usage,
    name: 'InvalidRequestError',
    explain:
      'The prices of the model contradict each other. Give inputPrice, outputPrice or totalPrice, or give pricingTiers with exactly one default tier of priority 0; names and priorities are unique.',
  },
  'COAIA-1131': {
    status: 400,
    exit: EXIT.usage,
    name: 'InvalidRequestError',
    explain:
      'The pattern of a model or of a tier condition is no regular expression. It is searched for in the name; `(?i)` in front makes upper and lower case equal, `^` and `$` bind it to the whole name.',
  },
  'COAIA-1132': {
    status: 400,
    exit: EXIT.usage,
    name: 'InvalidRequestError',
    explain:
      'Built-in models are part of the program and cannot be changed. Create a model with the same name pattern in your project; it wins over the built-in one.',
  },
});
