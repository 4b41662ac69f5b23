/** Codes of exports to blob storage: COAIA-1160 to 1179. */
import { defineErrors, EXIT } from '#base';

export const exportFailures = defineErrors({
  'COAIA-1160': {
    status: 400,
    exit: EXIT.failed,
    name: 'InvalidRequestError',
    explain:
      'The settings of the export do not fit together; the sentence names what is missing or wrong. Nothing was saved.',
  },
  'COAIA-1161': {
    status: 400,
    exit: EXIT.failed,
    name: 'InvalidRequestError',
    explain:
      'Exports to Azure Blob Storage are not supported, so nothing was saved. S3, S3_COMPATIBLE (MinIO, R2, Ceph and others) and FOLDER are; an S3 gateway in front of Azure works as well.',
  },
  'COAIA-1162': {
    status: 400,
    exit: EXIT.failed,
    name: 'InvalidRequestError',
    explain:
      'A small file was written to the target as a test, and that failed; the sentence has the reason of the storage. Nothing was saved. Check bucket, region, endpoint, keys and the rights of the key.',
  },
  'COAIA-1163': {
    status: 400,
    exit: EXIT.config,
    name: 'InvalidRequestError',
    explain:
      'Exports into a folder of this machine need the setting export_folder of whoever runs the server, and stay below it. The folder was not used.',
  },
  'COAIA-1164': {
    status: 400,
    exit: EXIT.denied,
    name: 'InvalidRequestError',
    explain:
      'The endpoint is plain HTTP or lies inside a private network, where a project must not send the server unless whoever runs it allows the host in the setting export_hosts. Nothing was sent.',
  },
  'COAIA-1165': {
    status: 409,
    exit: EXIT.failed,
    name: 'LangfuseConflictError',
    explain:
      'Another process works on the export of this project. It ends by itself; a process that died is given up after 20 seconds. Run it again then.',
  },
  'COAIA-1166': {
    status: 500,
    exit: EXIT.config,
    name: 'InternalServerError',
    explain:
      'The secret key of the target cannot be decrypted: the file keys/secrets.key of the home or COAIA_ENCRYPTION_KEY is another one than when it was saved. Save the export again with its secret key.',
  },
});
