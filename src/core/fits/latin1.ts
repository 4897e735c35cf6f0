/** Longest run of bytes handed to String.fromCharCode at once; its arguments live on the stack. */
const RUN_BYTES = 8192;

/** Spreading (`...bytes`) would walk an iterator: 20 times slower. */
const characters = (bytes: Uint8Array): string => Reflect.apply(String.fromCharCode, undefined, bytes) as string;

/** Bytes as text, one character per byte (ISO 8859-1, of which FITS' ASCII is a part). */
export function latin1Of(bytes: Uint8Array): string {
  if (bytes.length <= RUN_BYTES) return characters(bytes);
  let text = '';
  for (let start = 0; start < bytes.length; start += RUN_BYTES) {
    text += characters(bytes.subarray(start, start + RUN_BYTES));
  }
  return text;
}

/** Writes text one byte per character; a character beyond ISO 8859-1 becomes '?'. Returns the offset after it. */
export function writeLatin1(text: string, target: Uint8Array, offset: number): number {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    target[offset + i] = code < 256 ? code : 63;
  }
  return offset + text.length;
}
