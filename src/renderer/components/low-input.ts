/** Styles of an input that is as low as the header or the line it stands in. */
export const LOW_INPUT = { input: { height: 22, minHeight: 22 } };
