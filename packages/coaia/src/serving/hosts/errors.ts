/** Codes of hosts: AO404 and AO470 to AO489. */
import { defineErrors, EXIT } from '#base';

export const hostFailures = defineErrors({
  AO404: {
    status: 404,
    exit: EXIT.failed,
    name: 'NotFoundError',
    explain:
      'There is no model of this name, or it has no such version. The sentence names what there is. `ao ps` lists what is served; a version appears after `ao deploy` or after a save when hot reload is on.',
  },
  AO470: {
    status: 503,
    exit: EXIT.config,
    name: 'AddressInUseError',
    explain:
      'Something else listens on this address, so the model host did not start. Two servers on one port would share requests without anybody noticing. `ao ps` shows what Coaia runs; stop it with `ao down`, or choose another address in `[link] address` of ao.toml.',
  },
  AO471: {
    status: 503,
    exit: EXIT.config,
    name: 'AddressError',
    explain:
      'The model host cannot listen on this address: it is not one of this machine, its name does not resolve, or the system forbids the port (below 1024 for ordinary users). Set `[link] address` of ao.toml.',
  },
  AO472: {
    status: 500,
    exit: EXIT.config,
    name: 'CertificateError',
    explain:
      'The certificates for the connection to the model host cannot be used: not PEM, key and certificate do not belong together, or a file is missing. Check the files that `[link] tls` of ao.toml names.',
  },
  AO473: {
    status: 502,
    exit: EXIT.failed,
    name: 'ProtocolError',
    explain:
      'The server behind the link answered, but not as the Open Inference Protocol v2 says: it lacks the call, or its tensors do not fit their shapes. The address may belong to another program; `[link] address` of ao.toml says where the gateway looks.',
  },
  AO474: {
    status: 400,
    exit: EXIT.usage,
    name: 'InvalidTensorError',
    explain:
      'A tensor of the request cannot be read: an unknown datatype, contents that do not have as many elements as the shape says, raw and typed contents in one request, or inputs with different numbers of rows. Nothing was predicted. The sentence names the tensor.',
  },
  AO475: {
    status: 503,
    exit: EXIT.failed,
    name: 'UnavailableError',
    explain:
      'The version could not be loaded a moment ago, and the same would happen again now. The sentence has the reason. It is tried again two seconds after the failure, or at once with a load request (`ao deploy`, or RepositoryModelLoad).',
  },
  AO476: {
    status: 499,
    exit: EXIT.interrupted,
    name: 'CancelledError',
    explain:
      'The caller went away or cancelled before the prediction was ready, so nobody got an answer. Nothing is wrong with the model.',
  },
});
