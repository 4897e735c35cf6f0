/** All that a SAMP message may hold: texts, lists and maps. Numbers travel as text. */
export type SampValue = string | readonly SampValue[] | SampMap;
export interface SampMap {
  readonly [key: string]: SampValue;
}

/** A message by its MType, with its parameters. */
export interface SampMessage {
  readonly mtype: string;
  readonly params: SampMap;
}

export const isMap = (value: SampValue | undefined): value is SampMap =>
  typeof value === 'object' && !Array.isArray(value);

/** The text under a key; undefined where there is none, or something else. */
export function textIn(map: SampMap, key: string): string | undefined {
  const value = Object.hasOwn(map, key) ? map[key] : undefined;
  return typeof value === 'string' ? value : undefined;
}

/** The texts of a list under a key; what is no text is left out. */
export function textsIn(map: SampMap, key: string): readonly string[] {
  const value = Object.hasOwn(map, key) ? map[key] : undefined;
  return Array.isArray(value) ? (value as readonly SampValue[]).filter((item) => typeof item === 'string') : [];
}

/** Whether one of the subscriptions takes this MType: by its name, or by `table.*` and `*`. */
export function takes(subscriptions: readonly string[], mtype: string): boolean {
  return subscriptions.some(
    (pattern) =>
      pattern === mtype || pattern === '*' || (pattern.endsWith('.*') && mtype.startsWith(pattern.slice(0, -1))),
  );
}
