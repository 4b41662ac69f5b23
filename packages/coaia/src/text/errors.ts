/** Codes of text commands: block COAIA-6000. */
import { defineErrors, EXIT } from '#base';

export const textErrors = defineErrors({
  'COAIA-6000': {
    status: 400,
    exit: EXIT.failed,
    name: 'InvalidRequestError',
    explain:
      'There is no text to work on: the file, the words or what was piped in are empty. No model was asked.',
  },
  'COAIA-6001': {
    status: 400,
    exit: EXIT.failed,
    name: 'InvalidRequestError',
    explain:
      'The word looks like the name of a file (it has a slash or an ending such as .txt, and no space), and there is no such file. To send the word itself, use --text.',
  },
  'COAIA-6002': {
    status: 400,
    exit: EXIT.config,
    name: 'InvalidRequestError',
    explain:
      'No model is named: neither by --model, nor for the tag, nor by the setting model, and the connection lists none. Servers have different models; `coaia models connections test` lists those of a connection.',
  },
  'COAIA-6003': {
    status: 404,
    exit: EXIT.failed,
    name: 'LangfuseNotFoundError',
    explain:
      'There is no tag of this name, and --strict asks for one. `coaia p --list` shows the tags; `<tag>_instruction` in coaia.json makes one.',
  },
  'COAIA-6004': {
    status: 400,
    exit: EXIT.failed,
    name: 'InvalidRequestError',
    explain: 'The input is no UTF-8 text. Convert it first, for example with `iconv -t utf-8`.',
  },
  'COAIA-6005': {
    status: 400,
    exit: EXIT.config,
    name: 'InvalidRequestError',
    explain:
      'A setting of a tag cannot be used: its temperature is no number from 0 to 2, or its instruction, model, provider or prompt is no text.',
  },
});
