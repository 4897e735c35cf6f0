/**
 * A body from the web, as far as the limit.
 * @throws RangeError where it is longer, before more of it is read
 */
export async function boundedBody(
  body: { readonly body: AsyncIterable<Uint8Array> | null } | AsyncIterable<Uint8Array>,
  limitBytes: number,
): Promise<Buffer> {
  const source = 'body' in body ? body.body : body;
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of source ?? []) {
    bytes += chunk.byteLength;
    if (bytes > limitBytes) throw new RangeError(`longer than ${limitBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
