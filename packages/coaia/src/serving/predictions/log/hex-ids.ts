/** Ids as their 16 bytes, read and checked in one pass: this happens for every prediction. */

/** Value of a lowercase hexadecimal digit by its code; 255 for everything else. */
const NIBBLES = new Uint8Array(128).fill(255);
for (let value = 0; value < 16; value++) NIBBLES[value.toString(16).codePointAt(0) ?? 0] = value;

const DASH = 0x2d;

/** Where the bytes of a UUID stand in its text. */
const UUID_PLACES = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34];
const UUID_DASHES = [8, 13, 18, 23];
const TRACE_PLACES = Array.from({ length: 16 }, (_, byte) => 2 * byte);

/** Writes a lowercase UUID (RFC 9562 section 4) as 16 bytes at `at`; false, and zeros there, for any other text. */
export function writeUuid(target: Uint8Array, at: number, text: string): boolean {
  if (text.length !== 36) return false;
  for (const place of UUID_DASHES) if (text.codePointAt(place) !== DASH) return false;
  return writeBytes(target, at, text, UUID_PLACES);
}

/** Writes 32 lowercase hexadecimal digits as 16 bytes at `at`; false, and zeros there, for any other text. */
export function writeTraceId(target: Uint8Array, at: number, text: string): boolean {
  return text.length === 32 && writeBytes(target, at, text, TRACE_PLACES);
}

function writeBytes(
  target: Uint8Array,
  at: number,
  text: string,
  places: readonly number[],
): boolean {
  for (let index = 0; index < places.length; index++) {
    const byte = toByte(text, places[index] ?? 0);
    if (byte < 0) {
      target.fill(0, at, at + 16);
      return false;
    }
    target[at + index] = byte;
  }
  return true;
}

/** Two digits as a number; negative where they are none. */
function toByte(text: string, at: number): number {
  const high = NIBBLES[text.codePointAt(at) ?? 128] ?? 255;
  const low = NIBBLES[text.codePointAt(at + 1) ?? 128] ?? 255;
  return (high | low) > 15 ? -1 : (high << 4) | low;
}

/** Epoch milliseconds of a UUID version 7 (RFC 9562 section 5.7) at this place; undefined for any other. */
export function readUuidTime(bytes: Buffer, at: number): number | undefined {
  const isSeven = (bytes[at + 6] ?? 0) >> 4 === 7 && (bytes[at + 8] ?? 0) >> 6 === 2;
  return isSeven ? bytes.readUIntBE(at, 6) : undefined;
}
