/** What something that was thrown says, be it an error or not. */
export const messageOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown));

/** The first line of it, without its full stop: what a sentence can end with. Parsers and compilers go on for many. */
export const reasonIn = (thrown: unknown): string => messageOf(thrown).split('\n', 1)[0]!.replace(/\.$/, '');
