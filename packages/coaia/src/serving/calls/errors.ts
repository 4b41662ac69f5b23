/** Codes of calls that the workbench makes to its own gateways. */
import { defineErrors, EXIT } from '#base';

export const callFailures = defineErrors({
  AO668: {
    status: 503,
    exit: EXIT.unreachable,
    name: 'ServiceUnavailableError',
    explain:
      'No gateway serves this model at the moment: none was started, or it has not been heard of for 15 seconds. `ao run up` in the folder of the project starts one; `ao ps` lists what runs.',
  },
  AO674: {
    status: 403,
    exit: EXIT.denied,
    name: 'ForbiddenError',
    explain:
      'Whoever has a key of a project can announce a gateway under any address, so the workbench asks only addresses that prove themselves: the one that the announcement came from, an address of this machine that was announced on this machine, and hosts of the setting gateway_hosts. Link-local addresses, where clouds hand out credentials of the machine, are never asked. A gateway on another machine must listen on an address that others reach (--host).',
  },
  AO675: {
    status: 503,
    exit: EXIT.config,
    name: 'ServiceUnavailableError',
    explain:
      'The gateway asks for keys. For calls of the workbench it announces a secret, which is kept encrypted in the store; this process has another encryption key than the one that wrote it. Give the gateway, and every server over one store, the same COAIA_ENCRYPTION_KEY.',
  },
  AO669: {
    status: 422,
    exit: EXIT.failed,
    name: 'InvalidRequestError',
    explain:
      'A gateway answered that it could not predict. The sentence and the details are its own: most often a field that is missing, of another type, or a level that the model has never seen.',
  },
});
