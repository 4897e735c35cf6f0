import { notify, notifyError } from '../../api/notify.ts';
import { flux, significant } from '../../components/format.ts';
import { positionForCopy, styledPosition } from '../../components/coordinates.ts';
import { Untrained } from '../../components/Untrained.tsx';
import { useKeys } from '../../keys/use-keys.ts';
import { useField } from '../../state/field.ts';
import { mosaicOf, useSkyView } from '../../state/sky-view.ts';
import { useView } from '../../state/view.ts';
import { usePixelReading } from './use-pixel-reading.ts';
import type { Hovered, PointerSky } from './use-sky-map.ts';

interface SkyFootProps {
  readonly pointer: PointerSky | undefined;
  readonly hovered: Hovered | undefined;
}

/** What lies under the pointer: position, the mosaic's own pixel, source. */
export function SkyFoot({ pointer, hovered }: SkyFootProps) {
  const { frame, layer, set } = useSkyView();
  const inDegrees = useView((state) => state.areDegreesShown);
  const setView = useView((state) => state.set);
  const reading = usePixelReading(pointer, mosaicOf(layer));
  const name = useField((state) => (hovered === undefined ? undefined : state.sources?.name[hovered.row]));

  // ICRS sexagesimal, ICRS in degrees, galactic, and round again.
  const nextStyle = (): void => {
    if (frame === 'galactic') {
      set({ frame: 'icrs' });
      setView({ areDegreesShown: false });
    } else if (inDegrees) set({ frame: 'galactic' });
    else setView({ areDegreesShown: true });
  };
  const copy = (asDegrees: boolean): false | undefined => {
    if (pointer === undefined) return false;
    const { raDeg, decDeg } = pointer;
    const text =
      asDegrees || frame === 'icrs'
        ? positionForCopy(raDeg, decDeg, asDegrees || inDegrees)
        : styledPosition(raDeg, decDeg, { frame, inDegrees }).replaceAll('−', '-');
    navigator.clipboard.writeText(text).then(
      () => notify('info', `Copied ${text}`),
      (error: unknown) => notifyError('The position was not copied', error),
    );
    return undefined;
  };
  useKeys({ 'copy-position': () => copy(false), 'copy-degrees': () => copy(true) });
  const value =
    reading === undefined || reading === null
      ? undefined
      : reading.value === null
        ? { number: 'blank', unit: '' }
        : reading.unit === 'mJy/beam'
          ? flux(reading.value, true)
          : { number: significant(reading.value), unit: reading.unit };

  return (
    <footer className="sky__foot">
      <button type="button" className="link" title="ICRS, ICRS in degrees, galactic" onClick={nextStyle}>
        {frame === 'galactic' ? 'Galactic' : 'ICRS'}
      </button>
      <span className="sky__position">
        {pointer !== undefined && styledPosition(pointer.raDeg, pointer.decDeg, { frame, inDegrees })}
      </span>
      <span
        className="sky__value"
        title={reading == null ? undefined : `${reading.mosaicName}, FITS pixel ${reading.fitsX}, ${reading.fitsY}`}
      >
        {value !== undefined && (
          <>
            {value.number} <span className="quiet">{value.unit}</span>
          </>
        )}
      </span>
      <span className="sky__name cut">{name}</span>
      <span className="sky__note">
        <Untrained /> ellipses: FWHM
      </span>
    </footer>
  );
}
