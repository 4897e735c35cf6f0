import { useEffect, useRef } from 'react';
import type { CSSProperties } from 'react';
import { paths } from '../../../contract/paths.ts';
import type { FieldSky } from '../../../contract/schemas.ts';
import { paintGlimpse } from '../../sky-map/glimpse.ts';
import { GROUND } from '../../sky-map/screen.ts';
import { useOpening } from '../../state/opening.ts';
import { fieldGlimpse } from '../sky/field-glimpse.ts';
import { skyMapHolder } from '../sky/sky-map-holder.ts';
import { useFirstLook } from '../sky/use-first-look.ts';
import './opening-sky.css';

/** The mosaics of the field that is being opened, while its catalogue is read; nothing until they can be seen. */
export function OpeningSky() {
  const sky = useOpening((state) => state.sky);
  return sky === undefined ? null : <MosaicsSeen key={sky.hipsKey} sky={sky} />;
}

function MosaicsSeen({ sky: { hipsKey, raDeg, decDeg, fovDeg } }: { readonly sky: FieldSky }) {
  const container = useRef<HTMLDivElement>(null);
  const look = useFirstLook();

  useEffect(() => {
    const options = { ...look, initialView: { raDeg, decDeg, fovDeg }, glimpse: fieldGlimpse(hipsKey) };
    void paintGlimpse(container.current!, options).then((painted) => {
      if (painted !== undefined) skyMapHolder.keepSeen(`${paths.hips}${hipsKey}`, painted);
    });
  }, [hipsKey, raDeg, decDeg, fovDeg, look]);

  return (
    <div
      ref={container}
      className="opening-sky"
      style={{ '--ground': GROUND[look.theme] } as CSSProperties}
      role="img"
      aria-label="The mosaics of the field that is being opened"
    />
  );
}
