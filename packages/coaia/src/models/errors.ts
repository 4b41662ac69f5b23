/** Codes of model connections and conversations: block COAIA-4000. */
import { defineErrors, EXIT } from '#base';

export const modelFailures = defineErrors({
  'COAIA-4000': {
    status: 400,
    exit: EXIT.config,
    name: 'InvalidRequestError',
    explain:
      'The project has no connection to a model server, so nothing was sent anywhere. Add one: a server on this machine (Ollama, vLLM, LM Studio, llama.cpp), any OpenAI-compatible address, or Anthropic. `coaia models connections set` does it, as does the page under Settings.',
  },
  'COAIA-4001': {
    status: 404,
    exit: EXIT.config,
    name: 'LangfuseNotFoundError',
    explain:
      'The project has no connection of that name, or several and none of them lists the model. `coaia models connections list` shows their names; name the one to use.',
  },
  'COAIA-4002': {
    status: 400,
    exit: EXIT.failed,
    name: 'InvalidRequestError',
    explain:
      'The connection can be stored, but Coaia does not speak the protocol of its adapter yet: it speaks openai (any OpenAI-compatible server) and anthropic. Put an OpenAI-compatible gateway in front of the provider and connect to that with the adapter openai.',
  },
  'COAIA-4003': {
    status: 400,
    exit: EXIT.failed,
    name: 'InvalidRequestError',
    explain:
      'The model server does not have the model. Check the spelling, or make it available there first (`ollama pull MODEL` for Ollama). `coaia models connections test` lists what the server offers.',
  },
  'COAIA-4004': {
    status: 502,
    exit: EXIT.config,
    name: 'BadGatewayError',
    explain:
      'The model server refused the secret key of the connection (401 or 403). Set the connection again with a valid key.',
  },
  'COAIA-4005': {
    status: 429,
    exit: EXIT.unreachable,
    name: 'TooManyRequestsError',
    explain:
      'The model server takes no more requests at the moment, also after the repetitions. Wait for the seconds in Retry-After, or ask less often.',
  },
  'COAIA-4006': {
    status: 502,
    exit: EXIT.unreachable,
    name: 'BadGatewayError',
    explain:
      'The model server failed: it answered with a 5xx status, also after the repetitions, or reported an error in the middle of its answer. Its own log says more.',
  },
  'COAIA-4007': {
    status: 502,
    exit: EXIT.failed,
    name: 'BadGatewayError',
    explain:
      'What answered is not what a model server answers: no JSON, or JSON without the parts of a chat answer. Often the base URL is wrong; for OpenAI-compatible servers it usually ends in /v1.',
  },
  'COAIA-4008': {
    status: 502,
    exit: EXIT.unreachable,
    name: 'BadGatewayError',
    explain:
      'The answer of the model server broke off before its end. What had arrived is in the trace; it is not used as an answer.',
  },
  'COAIA-4009': {
    status: 502,
    exit: EXIT.unreachable,
    name: 'BadGatewayError',
    explain:
      'Nothing answers at the address of the connection. Start the model server, or correct the base URL.',
  },
  'COAIA-4010': {
    status: 504,
    exit: EXIT.unreachable,
    name: 'TimeoutError',
    explain:
      'The model server did not finish its answer in the time allowed. A large model that is loaded on first use may need a second try.',
  },
  'COAIA-4011': {
    status: 400,
    exit: EXIT.failed,
    name: 'InvalidRequestError',
    explain:
      'The model server refused the request; the sentence repeats its reason. Usually a parameter is not known to the model, or the messages are longer than it can read.',
  },
  'COAIA-4012': {
    status: 502,
    exit: EXIT.failed,
    name: 'BadGatewayError',
    explain: 'The answer of the model server is larger than 16 MB and was not read to its end.',
  },
  'COAIA-4020': {
    status: 500,
    exit: EXIT.config,
    name: 'InternalServerError',
    explain:
      'The secret of a connection cannot be decrypted: the key file in the home (keys/secrets.key) or COAIA_ENCRYPTION_KEY is not the one it was encrypted under, or the stored text was changed. Bring the old key back, or set the connection again.',
  },
  'COAIA-4021': {
    status: 500,
    exit: EXIT.config,
    name: 'InternalServerError',
    explain:
      'COAIA_ENCRYPTION_KEY is not a key: it must be 32 bytes as 64 hex digits or as base64, or several of them with commas, the newest first.',
  },
  'COAIA-4022': {
    status: 500,
    exit: EXIT.config,
    name: 'InternalServerError',
    explain:
      'The file with the encryption keys (keys/secrets.key in the home) cannot be read or written, or holds something else. Each of its lines is one key, the newest first.',
  },
  'COAIA-4030': {
    status: 400,
    exit: EXIT.failed,
    name: 'InvalidRequestError',
    explain:
      'The connection cannot be stored as given: its config does not fit its adapter, or its base URL is no http or https address without credentials.',
  },
});
