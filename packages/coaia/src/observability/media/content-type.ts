/** The type of a file, by what it begins with and how its name ends. */

/** What a file begins with, as hex; `at` is where. After the specifications of the formats. */
const BEGINNINGS: readonly (readonly [type: string, hex: string, at?: number])[] = [
  ['image/png', '89504e470d0a1a0a'],
  ['image/jpeg', 'ffd8ff'],
  ['image/gif', '47494638'],
  ['image/webp', '57454250', 8],
  ['image/bmp', '424d'],
  ['image/tiff', '49492a00'],
  ['image/tiff', '4d4d002a'],
  ['application/pdf', '255044462d'],
  ['audio/wav', '57415645', 8],
  ['video/x-msvideo', '41564920', 8],
  ['audio/flac', '664c6143'],
  ['audio/mpeg', '494433'],
  ['audio/ogg', '4f676753'],
  ['video/webm', '1a45dfa3'],
  ['video/mp4', '66747970', 4],
  ['application/zip', '504b0304'],
  ['application/gzip', '1f8b'],
  ['application/x-7z-compressed', '377abcaf271c'],
  ['application/x-tar', '7573746172', 257],
  ['application/vnd.apache.parquet', '50415231'],
];

const ENDINGS: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  webp: 'image/webp',
  gif: 'image/gif',
  svg: 'image/svg+xml',
  tif: 'image/tiff',
  tiff: 'image/tiff',
  bmp: 'image/bmp',
  avif: 'image/avif',
  heic: 'image/heic',
  ico: 'image/x-icon',
  mp3: 'audio/mpeg',
  wav: 'audio/wav',
  ogg: 'audio/ogg',
  oga: 'audio/oga',
  aac: 'audio/aac',
  m4a: 'audio/mp4',
  flac: 'audio/flac',
  opus: 'audio/opus',
  weba: 'audio/webm',
  mp4: 'video/mp4',
  m4v: 'video/mp4',
  webm: 'video/webm',
  ogv: 'video/ogg',
  mpeg: 'video/mpeg',
  mpg: 'video/mpeg',
  mov: 'video/quicktime',
  avi: 'video/x-msvideo',
  mkv: 'video/x-matroska',
  txt: 'text/plain',
  log: 'text/plain',
  html: 'text/html',
  htm: 'text/html',
  css: 'text/css',
  csv: 'text/csv',
  md: 'text/markdown',
  py: 'text/x-python',
  js: 'application/javascript',
  mjs: 'application/javascript',
  ts: 'text/x-typescript',
  yaml: 'application/x-yaml',
  yml: 'application/x-yaml',
  pdf: 'application/pdf',
  doc: 'application/msword',
  xls: 'application/vnd.ms-excel',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  zip: 'application/zip',
  json: 'application/json',
  xml: 'application/xml',
  rtf: 'application/rtf',
  jsonl: 'application/x-ndjson',
  ndjson: 'application/x-ndjson',
  parquet: 'application/vnd.apache.parquet',
  gz: 'application/gzip',
  tgz: 'application/gzip',
  tar: 'application/x-tar',
  '7z': 'application/x-7z-compressed',
};

/** Formats inside which others live: there the ending says which. */
const CONTAINERS: Readonly<Record<string, RegExp>> = {
  'application/zip': /^application\/vnd\.openxmlformats/,
  'audio/ogg': /^(?:audio\/(?:oga|opus)|video\/ogg)$/,
  'video/webm': /^(?:audio\/webm|video\/x-matroska)$/,
  'video/mp4': /^(?:audio\/mp4|video\/quicktime|image\/(?:avif|heic))$/,
};

/** Type of anything. */
export const BYTES_TYPE = 'application/octet-stream';

/** How many bytes of the beginning are looked at. */
export const SNIFFED_BYTES = 512;

/** The type by the first bytes of a file and its name; `application/octet-stream` when neither tells. */
export function findContentType(name: string, beginning: Uint8Array): string {
  const ending = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? '';
  const byName = ENDINGS[ending];
  const hex = Buffer.from(beginning).toString('hex');
  const [byBytes] = BEGINNINGS.find(([, start, at = 0]) => hex.startsWith(start, at * 2)) ?? [];
  if (byBytes !== undefined)
    return byName !== undefined && CONTAINERS[byBytes]?.test(byName) === true ? byName : byBytes;
  if (byName !== undefined) return byName;
  return isText(beginning) ? 'text/plain' : BYTES_TYPE;
}

function isText(bytes: Uint8Array): boolean {
  if (bytes.length === 0 || bytes.includes(0)) return false;
  // A character may be cut in two at the end.
  const text = new TextDecoder('utf-8').decode(bytes.subarray(0, Math.max(1, bytes.length - 3)));
  return !text.includes('\uFFFD');
}
