/** Codes of fine-tuning: COAIA-2300 to 2349. */
import { defineErrors, EXIT } from '#base';

export const fineTuningFailures = defineErrors({
  'COAIA-2300': {
    status: 400,
    exit: EXIT.failed,
    name: 'InvalidRequestError',
    explain:
      'The training file has lines that no service would take, so nothing was uploaded. Each line is one JSON object with "messages": roles system, user, assistant or tool, texts that are not empty, and the assistant last. The sentence names the first lines that are wrong.',
  },
  'COAIA-2301': {
    status: 400,
    exit: EXIT.failed,
    name: 'InvalidRequestError',
    explain:
      'The training file has too few examples, or is too large. Services take ten examples or more, and files of at most 512 MB.',
  },
  'COAIA-2302': {
    status: 409,
    exit: EXIT.failed,
    name: 'ConflictError',
    explain:
      'The job has ended, so it cannot be cancelled. `coaia fuse finetune status JOB` shows how.',
  },
  'COAIA-2303': {
    status: 400,
    exit: EXIT.config,
    name: 'InvalidRequestError',
    explain:
      'Training on this machine needs a program that trains. Set `trainer_command` in your home, for example `coaia config set trainer_command "python3 train.py --data {training} --model {model} --output {output}"`.',
  },
  'COAIA-2304': {
    status: 502,
    exit: EXIT.failed,
    name: 'BadGatewayError',
    explain:
      'The service answered with something that is no fine-tuning job. The base URL of the connection may belong to a server without fine-tuning.',
  },
  'COAIA-2305': {
    status: 400,
    exit: EXIT.failed,
    name: 'InvalidRequestError',
    explain:
      'The connection is of a kind at which Coaia cannot start fine-tuning jobs; it can at OpenAI-compatible servers and on this machine. For others write the training file with `coaia fuse datasets export` and upload it there.',
  },
  'COAIA-2306': {
    status: 409,
    exit: EXIT.failed,
    name: 'ConflictError',
    explain:
      'The job has no trained model yet, or never will. `coaia fuse finetune status JOB` shows its state.',
  },
});
