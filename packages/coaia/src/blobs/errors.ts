/** Codes of stored bytes: block COAIA-0700. */
import { defineErrors, EXIT } from '#base';

export const blobErrors = defineErrors({
  'COAIA-0700': {
    status: 400,
    exit: EXIT.failed,
    name: 'InvalidRequestError',
    explain:
      'The bytes that arrived are not the bytes that were announced: their number or their SHA-256 differs. Nothing was stored. Announce the file again and send it whole.',
  },
  'COAIA-0701': {
    status: 507,
    exit: EXIT.failed,
    name: 'InsufficientStorageError',
    explain:
      'The folder for large files (blobs in the home) has no room left or cannot be written to. Nothing was stored. Make room, or check the permissions of the folder, and send the file again.',
  },
  'COAIA-0702': {
    status: 404,
    exit: EXIT.failed,
    name: 'LangfuseNotFoundError',
    explain:
      'The record of the file exists but its bytes are not in the blobs folder, as happens after a database was restored without that folder. Upload the file again.',
  },
  'COAIA-0703': {
    status: 502,
    exit: EXIT.failed,
    name: 'BadGatewayError',
    explain:
      'The S3-compatible storage refused: wrong keys, a bucket that is not there, or no right to do this. The sentence has its status and its own code. Check bucket, region, endpoint and keys.',
  },
  'COAIA-0704': {
    status: 502,
    exit: EXIT.unreachable,
    name: 'BadGatewayError',
    explain:
      'The S3-compatible storage cannot be reached, or it broke off. The sentence names its host. Nothing was stored; try again.',
  },
  'COAIA-0705': {
    status: 500,
    exit: EXIT.config,
    name: 'InternalServerError',
    explain:
      'The settings of the S3-compatible storage do not fit together: s3_bucket is set, but keys or region are missing, or the prefix is not a path. Nothing was opened.',
  },
});
