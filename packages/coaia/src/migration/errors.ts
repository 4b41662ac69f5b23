/** Codes of copying from and comparing with another server: COAIA-0850 to 0899. */
import { defineErrors, EXIT } from '#base';

export const migrationErrors = defineErrors({
  'COAIA-0850': {
    status: 400,
    exit: EXIT.config,
    name: 'InvalidRequestError',
    explain:
      'The keys of the server to copy from are not set, so nothing was read. Set COAIA_FROM_PUBLIC_KEY and COAIA_FROM_SECRET_KEY, or give a file that has LANGFUSE_PUBLIC_KEY and LANGFUSE_SECRET_KEY with --keys. Keys are never taken from the command line, where every program on the machine could read them.',
  },
  'COAIA-0851': {
    status: 400,
    exit: EXIT.usage,
    name: 'InvalidRequestError',
    explain:
      'Copying and comparing work on the store itself, and the settings choose a server instead. Run the command where the store is, without LANGFUSE_BASE_URL and LANGFUSE_HOST; a running `coaia up` on the same store is no obstacle.',
  },
  'COAIA-0852': {
    status: 400,
    exit: EXIT.usage,
    name: 'InvalidRequestError',
    explain:
      'An option names a kind of records that does not exist, a time that cannot be read, or an address that is none, so nothing was read from the other server. The hint says what is possible.',
  },
  'COAIA-0853': {
    status: 502,
    exit: EXIT.failed,
    name: 'BadGatewayError',
    explain:
      'The other server answered with something that is no list of records of the Langfuse API. Check that the address is that of a Langfuse or Coaia server and has no path behind it.',
  },
});
