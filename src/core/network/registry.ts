import { DomainFailure } from '../result/failure.ts';
import { buildAnnOnly } from './ann-only.ts';
import { buildCnnOnly } from './cnn-only.ts';
import { buildCompact } from './compact.ts';
import type { NetworkDescription, NetworkInputShape } from './network-description.ts';
import { buildPublished } from './published.ts';
import type { NetworkId } from './recipe.ts';

/** Every network there is: a new one is a builder file and a line here. */
const BUILDERS: Readonly<Record<NetworkId, (shape: NetworkInputShape) => NetworkDescription>> = {
  compact: buildCompact,
  published: buildPublished,
  'cnn-only': buildCnnOnly,
  'ann-only': buildAnnOnly,
};

export const NETWORK_IDS = Object.keys(BUILDERS) as readonly NetworkId[];

export function isNetworkId(id: string): id is NetworkId {
  return Object.hasOwn(BUILDERS, id);
}

/** Input shape of the paper: three channels of 128×128 pixels and 32 features. */
export const PUBLISHED_INPUT_SHAPE: NetworkInputShape = { channels: 3, sidePix: 128, featureCount: 32 };

/** @throws DomainFailure 'network-unknown' */
export function describeNetwork(id: string, shape: NetworkInputShape = PUBLISHED_INPUT_SHAPE): NetworkDescription {
  if (!isNetworkId(id)) throw new DomainFailure({ kind: 'network-unknown', id, available: NETWORK_IDS });
  return BUILDERS[id](shape);
}
