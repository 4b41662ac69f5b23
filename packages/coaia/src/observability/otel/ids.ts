/** Trace and span ids in the forms exporters send them. */

const HEX = /^[0-9a-f]+$/i;

/**
 * An id of `bytes` bytes as lower-case hex, from hex, base64, a byte array or a serialised Buffer.
 * Undefined when it is none of these; an id of zeros counts as absent, as OTLP says.
 */
export function toHexId(value: unknown, bytes: 8 | 16): string | undefined {
  const hex = toHex(value, bytes);
  return hex === undefined || /^0+$/.test(hex) ? undefined : hex;
}

function toHex(value: unknown, bytes: number): string | undefined {
  if (typeof value === 'string') return fromText(value, bytes);
  if (value instanceof Uint8Array) return fromBytes(value, bytes);
  if (Array.isArray(value)) return fromList(value, bytes);
  if (typeof value === 'object' && value !== null && 'data' in value) {
    const { data } = value;
    return Array.isArray(data) ? fromList(data, bytes) : undefined;
  }
  return undefined;
}

function fromText(text: string, bytes: number): string | undefined {
  if (text.length === bytes * 2 && HEX.test(text)) return text.toLowerCase();
  // The JSON mapping of protobuf itself would be base64; some exporters follow it instead of OTLP's rule.
  const unpadded = text.replace(/=+$/, '');
  if (unpadded.length !== Math.ceil((bytes * 4) / 3) || !/^[\w+/-]+$/.test(unpadded))
    return undefined;
  return fromBytes(Buffer.from(unpadded, 'base64'), bytes);
}

function fromList(list: readonly unknown[], bytes: number): string | undefined {
  const valid =
    list.length === bytes &&
    list.every((byte) => Number.isInteger(byte) && (byte as number) >= 0 && (byte as number) < 256);
  return valid ? fromBytes(Uint8Array.from(list as number[]), bytes) : undefined;
}

function fromBytes(value: Uint8Array, bytes: number): string | undefined {
  if (value.length !== bytes) return undefined;
  return Buffer.from(value.buffer, value.byteOffset, value.length).toString('hex');
}
