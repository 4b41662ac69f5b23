/** Codes of the gateway: what is wrong with a request before a model is asked, and with the address it listens on. */
import { defineErrors, EXIT } from '#base';

const REQUEST = { exit: EXIT.failed, name: 'InvalidRequestError' } as const;

export const gatewayFailures = defineErrors({
  AO410: {
    ...REQUEST,
    status: 400,
    explain:
      'The body of the request is not what its Content-Type says: JSON that does not parse, CSV with a quote that never ends, or compressed bytes that are damaged. JSON has no NaN and no Infinity; write null for a missing value.',
  },
  AO411: {
    ...REQUEST,
    status: 405,
    name: 'MethodNotAllowedError',
    explain:
      'The address exists, but takes another method; the Allow header of the answer names those it takes. Predictions are asked for with POST.',
  },
  AO412: {
    ...REQUEST,
    status: 404,
    name: 'NotFoundError',
    explain:
      'Nothing is at this address. The start page of the service (GET /) shows every model with a call that works; `[api] dialects` in ao.toml decides which families of addresses exist.',
  },
  AO413: {
    ...REQUEST,
    status: 413,
    name: 'PayloadTooLargeError',
    explain:
      'The body is larger than the service takes, before or after decompression. Send fewer rows at once, or raise `[api] max_body_mb` in ao.toml.',
  },
  AO414: {
    ...REQUEST,
    status: 400,
    explain:
      'The body was read, but it has none of the forms in which rows may come at this address: a row as an object, a list of rows, or the members that the dialect of the address defines.',
  },
  AO415: {
    ...REQUEST,
    status: 415,
    name: 'UnsupportedMediaTypeError',
    explain:
      'The Content-Type or Content-Encoding of the request is none that this address takes. Rows come as application/json or text/csv, plain or compressed with gzip, deflate or br.',
  },
  AO416: {
    ...REQUEST,
    status: 400,
    explain:
      'A header of the request has a value that cannot be used, for example a time limit in X-Request-Timeout-Ms that is no positive number.',
  },
  AO417: {
    ...REQUEST,
    status: 400,
    explain:
      'The service has several models and the address names none of them. Use /v1/models/NAME/predict, or add ?model=NAME to the short address.',
  },
  AO420: {
    ...REQUEST,
    status: 503,
    name: 'ServiceUnavailableError',
    explain:
      'The service is being stopped: it ends what it has begun and takes nothing new. Another instance, or the next start, answers.',
  },
  AO421: {
    ...REQUEST,
    status: 500,
    exit: EXIT.config,
    explain:
      'The service was to listen on an address that other machines reach, without any key. Set `[api] auth = "keys"` and make a key, keep the address at 127.0.0.1, or say --insecure to open it to everybody.',
  },
  AO423: {
    ...REQUEST,
    status: 500,
    exit: EXIT.failed,
    explain:
      'Another program listens on the port, or this account may not use it. Take another port with --port or `[api] port` in ao.toml, or end the other program.',
  },
  AO424: {
    ...REQUEST,
    status: 404,
    name: 'NotFoundError',
    explain:
      'The service keeps no predictions (`[log] payload = "none"` or no store), so an outcome has nothing to belong to.',
  },
  AO425: {
    ...REQUEST,
    status: 500,
    exit: EXIT.config,
    explain:
      '`[api] dialects` in ao.toml has a name that is none of the families of addresses. They are native (always there), oip, kserve, mlflow, sagemaker, vetiver and cog; "all" is every one of them.',
  },
  AO440: {
    ...REQUEST,
    status: 401,
    exit: EXIT.config,
    name: 'UnauthorizedError',
    explain:
      'The request carried no key, or one that is not known. Send Authorization: Bearer with the secret key, HTTP Basic with public and secret key, or X-API-Key with the secret key.',
  },
  AO441: {
    ...REQUEST,
    status: 403,
    exit: EXIT.denied,
    name: 'ForbiddenError',
    explain:
      'The key is known but its scopes do not include what was asked: predict:MODEL or predict:* for predictions and documents of a model, deploy:MODEL for loading and unloading.',
  },
  AO442: {
    ...REQUEST,
    status: 403,
    exit: EXIT.denied,
    name: 'ForbiddenError',
    explain:
      'A page from another origin, or a request under a foreign host name, called the service. A service without keys answers under names of its own only, because a page of somebody else can give its name the address of this machine. List the origin under `[api] cors`, the name under `[api] hosts` (AO_API_HOSTS) in ao.toml, or ask for keys.',
  },
  AO449: {
    ...REQUEST,
    status: 500,
    name: 'InternalServerError',
    explain:
      'The service itself failed on this request, not the model. The log has the reason under the same request id; the answer has none of it.',
  },
});
