/**
 * Frames of the pipe to a worker: u32 length of what follows, u32 length of the JSON head, head, then the raw bytes of
 * `head.tensors` in order; all numbers little endian. See binary.ts for tensors.
 */
import { decodeTensors, encodeTensors, TensorError } from './binary.ts';
import type { Tensor } from './tensor.ts';

export { decodeTensors, encodeTensors, TensorError } from './binary.ts';
export { canMerge, mergeBatches, splitOutputs } from './batches.ts';

export interface Frame {
  readonly head: Readonly<Record<string, unknown>>;
  readonly tensors: readonly Tensor[];
}

/** Longest frame that is read, in bytes. */
export const MAX_FRAME = 256 * 1024 * 1024;

/** One frame. The descriptions of the tensors are added to the head as `tensors`. */
export function encodeFrame(head: object, tensors: readonly Tensor[] = []): Uint8Array {
  const { heads, tails, bytes } = encodeTensors(tensors);
  const text = JSON.stringify({ ...head, tensors: heads });
  const size = Buffer.byteLength(text);
  const frame = Buffer.allocUnsafe(8 + size + bytes);
  frame.writeUInt32LE(4 + size + bytes, 0);
  frame.writeUInt32LE(size, 4);
  frame.write(text, 8);
  let at = 8 + size;
  for (const tail of tails) {
    frame.set(tail, at);
    at += tail.length;
  }
  return frame;
}

/**
 * Returns where the bytes of a stream go in; each whole frame comes out at `onFrame`. Throws TensorError on bytes that
 * are no frame, after which the stream is of no more use.
 */
export function createFrameReader(
  onFrame: (frame: Frame) => void,
  maxFrame = MAX_FRAME,
): (chunk: Uint8Array) => void {
  let parts: Uint8Array[] = [];
  let have = 0;
  let need = 4;
  return (chunk) => {
    parts.push(chunk);
    have += chunk.length;
    while (have >= need) {
      const bytes = join(parts, have);
      const total = 4 + bytes.readUInt32LE(0);
      if (total > maxFrame)
        throw new TensorError(`A frame of ${total} bytes is more than ${maxFrame}.`);
      need = total;
      parts = [bytes];
      if (have < need) return;
      parts = [bytes.subarray(total)];
      have -= total;
      need = 4;
      onFrame(readFrame(bytes.subarray(0, total)));
    }
  };
}

function join(parts: readonly Uint8Array[], size: number): Buffer {
  const [first] = parts;
  if (parts.length === 1 && first !== undefined)
    return Buffer.from(first.buffer, first.byteOffset, first.length);
  return Buffer.concat(parts, size);
}

function readFrame(frame: Buffer): Frame {
  if (frame.length < 8) throw new TensorError('A frame has no head.');
  const end = 8 + frame.readUInt32LE(4);
  if (end > frame.length) throw new TensorError('The head of a frame is longer than the frame.');
  const head = parseHead(frame.toString('utf8', 8, end));
  const heads = Array.isArray(head['tensors']) ? (head['tensors'] as readonly unknown[]) : [];
  return { head, tensors: decodeTensors(heads, frame.subarray(end)) };
}

function parseHead(text: string): Readonly<Record<string, unknown>> {
  try {
    const head = JSON.parse(text) as unknown;
    if (typeof head === 'object' && head !== null) return head as Readonly<Record<string, unknown>>;
  } catch {
    // The same as any other text that is no object.
  }
  throw new TensorError('The head of a frame is no JSON object.');
}
