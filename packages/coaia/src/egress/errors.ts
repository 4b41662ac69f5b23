/** Codes of outbound traffic: block COAIA-0600. */
import { defineErrors, EXIT } from '#base';

export const egressErrors = defineErrors({
  'COAIA-0601': {
    status: 403,
    exit: EXIT.denied,
    name: 'ForbiddenError',
    explain:
      'COAIA_OFFLINE=1 (or the setting offline) forbids every connection that leaves this machine, and this call would have. Nothing was sent. Loopback addresses stay reachable.',
  },
  'COAIA-0602': {
    status: 502,
    exit: EXIT.unreachable,
    name: 'BadGatewayError',
    explain:
      'The server could not be reached: the name does not resolve, nothing listens there, the connection broke, or its certificate is not trusted. The sentence names the host and the reason of the system.',
  },
  'COAIA-0603': {
    status: 504,
    exit: EXIT.unreachable,
    name: 'TimeoutError',
    explain:
      'The server did not accept the connection, or did not answer, within the time allowed (5 s to connect, 30 s of silence). Try again, or allow more with --timeout.',
  },
  'COAIA-0604': {
    status: 400,
    exit: EXIT.config,
    name: 'InvalidRequestError',
    explain:
      'The address cannot be used: only http and https addresses are, and none with a name and password inside; keys have their own settings.',
  },
});
