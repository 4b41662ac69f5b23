/** Floor 1: large bytes under names, behind one port. */
export { checkFileName } from './blob-store.ts';
export type { BlobStore, ByteRange, DirectAddresses, ExpectedBytes } from './blob-store.ts';
export { blobErrors } from './errors.ts';
export { openFolderBlobs } from './folder-blobs.ts';
export { openS3Blobs } from './s3-blobs.ts';
export { checkS3Location } from './s3-location.ts';
export type { S3Location } from './s3-location.ts';
