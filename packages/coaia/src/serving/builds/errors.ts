/** Codes of builds: AO501 to AO549. */
import { defineErrors, EXIT } from '#base';

export const buildFailures = defineErrors({
  AO501: {
    status: 503,
    exit: EXIT.unreachable,
    name: 'ServiceUnavailableError',
    explain:
      'No container engine was found, or the one that was asked for is not there or does not answer (its daemon is not running). None is needed to run a project, and `ao build --engine none` writes image files that any engine loads.',
  },
  AO502: {
    status: 502,
    exit: EXIT.failed,
    name: 'BadGatewayError',
    explain:
      'The container engine could not make the image. The sentence has the last lines that it printed and the command, which can be repeated by hand in the folder of the project. Often a package cannot be downloaded, or the registry wants a login (`docker login`).',
  },
  AO503: {
    status: 400,
    exit: EXIT.config,
    name: 'InvalidRequestError',
    explain:
      'An image for a model in Python or R starts from a base with the interpreter and its packages. Without an engine the base is a file or folder on this machine: `[build] base` in ao.toml names an OCI archive, a folder with an OCI layout, or an archive of a root folder. An engine takes the name of an image instead. ONNX models and the api-service need no base.',
  },
  AO504: {
    status: 409,
    exit: EXIT.failed,
    name: 'ConflictError',
    explain:
      'Images contain the built program, and Coaia runs from a checkout that has not been built. `npm run build` in the checkout makes it. Installed programs are always built.',
  },
  AO505: {
    status: 400,
    exit: EXIT.usage,
    name: 'InvalidRequestError',
    explain:
      "The Node of this machine is copied into the image, so images are made for this machine's kind of processor under Linux. Build on a machine of the other kind, or take the bundle there and build from it. The bundle is the same for every machine.",
  },
  AO506: {
    status: 400,
    exit: EXIT.config,
    name: 'InvalidRequestError',
    explain:
      'The file or folder that `[build] base` names is not there, is no OCI archive, OCI layout or archive of a root folder, or is compressed otherwise than by gzip. `podman save --format oci-archive -o base.tar IMAGE` and `skopeo copy docker://IMAGE oci-archive:base.tar` write one.',
  },
  AO507: {
    status: 400,
    exit: EXIT.failed,
    name: 'InvalidRequestError',
    explain:
      'The value of a secret stands in a file that would go into the bundle and the images, where everybody who gets them could read it. Nothing was written. Take it out of the file; the program reads it from the environment or from a file that is mounted when it runs.',
  },
  AO508: {
    status: 400,
    exit: EXIT.usage,
    name: 'InvalidRequestError',
    explain:
      'Engines and registries take only some tags: letters, digits, underscores, dots and dashes, at most 128, and neither a dot nor a dash first. The tag stands in the names of the images, in the compose file and in the manifests, so nothing was built with another one.',
  },
});
