/** Reads the text form of age identities: Bech32 of BIP 173, without its limit on length. */

const ALPHABET = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
/** Constants of the checksum, from BIP 173. */
const GENERATORS = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];

function toChecksum(values: readonly number[]): number {
  let sum = 1;
  for (const value of values) {
    const top = sum >>> 25;
    sum = ((sum & 0x1ffffff) << 5) ^ value;
    for (const [bit, generator] of GENERATORS.entries()) if ((top >>> bit) & 1) sum ^= generator;
  }
  return sum >>> 0;
}

/** The bytes behind `PREFIX1...`; undefined when prefix, alphabet, case, padding or checksum are wrong. */
export function decodeBech32(prefix: string, text: string): Buffer | undefined {
  if (text !== text.toUpperCase() && text !== text.toLowerCase()) return undefined;
  const word = text.toLowerCase();
  const start = `${prefix.toLowerCase()}1`;
  if (!word.startsWith(start)) return undefined;
  const values = Array.from(word.slice(start.length), (letter) => ALPHABET.indexOf(letter));
  if (values.length < 6 || values.includes(-1)) return undefined;
  const codes = Array.from(prefix.toLowerCase(), (letter) => letter.codePointAt(0) ?? 0);
  const expanded = [...codes.map((code) => code >>> 5), 0, ...codes.map((code) => code & 31)];
  return toChecksum([...expanded, ...values]) === 1 ? toBytes(values.slice(0, -6)) : undefined;
}

/** Five bits a letter to eight bits a byte. */
function toBytes(values: readonly number[]): Buffer | undefined {
  const bytes: number[] = [];
  let rest = 0;
  let bits = 0;
  for (const value of values) {
    rest = (rest << 5) | value;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes.push((rest >>> bits) & 255);
      rest &= (1 << bits) - 1;
    }
  }
  return bits < 5 && rest === 0 ? Buffer.from(bytes) : undefined;
}
