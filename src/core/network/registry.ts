import { DomainFailure } from '../result/failure.ts';
import { buildAlhassan2018 } from './alhassan-2018.ts';
import { buildAniyanThorat2017 } from './aniyan-thorat-2017.ts';
import { buildAnnOnly } from './ann-only.ts';
import { buildBecker2021 } from './becker-2021.ts';
import { buildCnnOnly } from './cnn-only.ts';
import { buildCompact } from './compact.ts';
import { buildLukic2018 } from './lukic-2018.ts';
import { buildMultiModal } from './multi-modal.ts';
import type { NetworkDescription, NetworkInputShape } from './network-description.ts';
import { buildPublished } from './published.ts';
import type { NetworkId, NetworkVariant } from './recipe.ts';

type NetworkBuilder = (shape: NetworkInputShape, variant: NetworkVariant) => NetworkDescription;

/** Every network there is: a new one is a builder file and a line here. */
const BUILDERS: Readonly<Record<NetworkId, NetworkBuilder>> = {
  compact: buildCompact,
  published: buildPublished,
  'cnn-only': buildCnnOnly,
  'ann-only': buildAnnOnly,
  'multi-modal': buildMultiModal,
  'becker-2021': buildBecker2021,
  'alhassan-2018': buildAlhassan2018,
  'aniyan-thorat-2017': buildAniyanThorat2017,
  'lukic-2018': buildLukic2018,
};

export const NETWORK_IDS = Object.keys(BUILDERS) as readonly NetworkId[];

export function isNetworkId(id: string): id is NetworkId {
  return Object.hasOwn(BUILDERS, id);
}

/** Input shape of the paper: three channels of 128×128 pixels and 32 features. */
export const PUBLISHED_INPUT_SHAPE: NetworkInputShape = { channels: 3, sidePix: 128, featureCount: 32 };

/** @throws DomainFailure 'network-unknown' */
export function describeNetwork(
  id: string,
  shape: NetworkInputShape = PUBLISHED_INPUT_SHAPE,
  variant: NetworkVariant = {},
): NetworkDescription {
  if (!isNetworkId(id)) throw new DomainFailure({ kind: 'network-unknown', id, available: NETWORK_IDS });
  return BUILDERS[id](shape, variant);
}
