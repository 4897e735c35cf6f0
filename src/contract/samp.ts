import { z } from 'zod';

/** SAMP: what goes to and comes from the other programs of the astronomer's desktop. */

const row = z.number().int().nonnegative();

/** The kinds of things that a program says it takes. */
export const sampTakes = z.object({
  table: z.boolean(),
  image: z.boolean(),
  highlight: z.boolean(),
  selection: z.boolean(),
  point: z.boolean(),
});

export const sampPeer = z.object({ id: z.string(), name: z.string(), takes: sampTakes });
export type SampPeerSummary = z.infer<typeof sampPeer>;

export const sampReceived = z.object({
  id: z.number().int(),
  kind: z.enum(['image', 'table']),
  name: z.string(),
  /** The program that sent it. */
  from: z.string(),
});
export type SampReceived = z.infer<typeof sampReceived>;

export const sampState = z.object({
  isConnected: z.boolean(),
  peers: z.array(sampPeer),
  /** What was offered to Lobate and not yet looked at, newest last. */
  received: z.array(sampReceived),
  /** Why the last connection ended by itself; null where it did not. */
  ended: z.string().nullable(),
});
export type SampState = z.infer<typeof sampState>;

/** What is sent on request. `peer`: to one program; absent: to every one that takes it. */
export const sampSend = z.object({
  peer: z.string().max(200).optional(),
  what: z.discriminatedUnion('kind', [
    /** The list of the run on screen, as an export writes it. */
    z.object({
      kind: z.literal('table'),
      rows: z.enum(['flagged', 'selection', 'all']),
      selectedRows: z.string().optional(),
      threshold: z.number().min(0).max(1),
    }),
    /** The window about a source, as FITS. */
    z.object({ kind: z.literal('cutout'), row }),
    /** The whole mosaic under a source. */
    z.object({ kind: z.literal('mosaic'), row }),
    /** Chosen rows, in every table that the others can have of us. */
    z.object({ kind: z.literal('selection'), rows: z.string() }),
  ]),
});
export type SampSend = z.infer<typeof sampSend>;

/** Name of the machine setting that lists further hosts, one a line, whose files may be fetched. */
export const SAMP_HOSTS_SETTING = 'lobate-samp-hosts';

/** What other programs make the window do, beside `samp-changed`: ask for the state again. */
export const sampEvents = [
  z.object({ type: z.literal('samp-changed') }),
  z.object({ type: z.literal('samp-highlight'), row }),
  z.object({ type: z.literal('samp-selection'), rows: z.array(row) }),
  z.object({ type: z.literal('samp-point'), raDeg: z.number(), decDeg: z.number() }),
] as const;
