/** Longest reason that is shown. */
const LONGEST = 200;

/**
 * What onnxruntime says in a message, without the place in its own sources: a check that fails there begins with file,
 * line, function and expression ("/onnxruntime_src/…:136 … was false. No supported adapters.").
 */
export function onnxruntimeReason(message: string): string {
  const [line = ''] = message.split('\n');
  const said =
    /\bwas false\.\s*(\S.*)$/.exec(line)?.[1] ?? line.replace(/^\[ONNXRuntimeError\] : \d+ : [A-Z_]+ : /, '');
  // What a machine without a graphics card meets at every start.
  if (/\bNo supported adapters\b/.test(said)) return 'there is no graphics card that it can use';
  return said.slice(0, LONGEST);
}
