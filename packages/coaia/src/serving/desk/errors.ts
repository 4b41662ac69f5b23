/** Codes of what the page does with projects on the server's own machine. */
import { defineErrors, EXIT } from '#base';

export const deskFailures = defineErrors({
  AO670: {
    status: 400,
    exit: EXIT.usage,
    name: 'InvalidRequestError',
    explain:
      'The file is no model that can be served: its name must end in .joblib, .pkl, .pickle, .skops, .rds or .onnx, and the name of the model may have letters, digits, dashes and underscores.',
  },
  AO671: {
    status: 409,
    exit: EXIT.denied,
    name: 'ConflictError',
    explain:
      'Opening this kind of file runs code that is inside it (pickle, joblib, rds). It was not opened. Confirm that it is yours, or that you trust who made it; skops and onnx files need no trust.',
  },
  AO672: {
    status: 409,
    exit: EXIT.failed,
    name: 'ConflictError',
    explain:
      'There is a project of this name already, or the gateway runs on another machine than this server, so nothing was started or stopped here.',
  },
  AO673: {
    status: 422,
    exit: EXIT.failed,
    name: 'InvalidRequestError',
    explain:
      'The project could not be made or started; the sentence is the one that `ao init` or `ao up` said. What was uploaded for a project that could not be made is deleted again.',
  },
});
