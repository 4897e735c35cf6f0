import type { RandomStream } from '../../core/random/philox.ts';
import { PIXEL_ARCSEC } from './beam.ts';
import { between, logNormal } from './draw.ts';
import { sumOf } from './ellipse.ts';
import type { PhysicalSource } from './physical-source.ts';
import type { SkyImage } from './render.ts';
import { BEAM_COVARIANCE, peakOf } from './render.ts';

/** Sources with a peak above this leave visible calibration errors around them [mJy/beam]. */
const FAINTEST_WITH_ARTEFACTS = 60;
/** Amplitude of the errors relative to the source. DR1 reaches dynamic ranges of a few hundred to a thousand at 30″. */
const RELATIVE_AMPLITUDE = 0.0006;

/** Adds rings and spikes, what direction-dependent calibration leaves of its errors, around the bright sources. */
export function addArtefactsInPlace(image: SkyImage, sources: readonly PhysicalSource[], random: RandomStream): void {
  for (const source of sources) {
    const peak = Math.max(...source.blobs.map((blob) => peakOf(blob.fluxMjy, sumOf(blob.shape, BEAM_COVARIANCE))));
    if (peak >= FAINTEST_WITH_ARTEFACTS) addPattern(image, source, peak, random);
  }
}

function addPattern(image: SkyImage, source: PhysicalSource, peakMjyPerBeam: number, random: RandomStream): void {
  const { side, pixels } = image;
  const brightest = source.blobs.reduce((best, blob) => (blob.fluxMjy > best.fluxMjy ? blob : best));
  const amplitude = peakMjyPerBeam * logNormal(random, RELATIVE_AMPLITUDE, 0.7);
  const ringLength = between(random, 16, 30) / PIXEL_ARCSEC;
  const fadeLength = between(random, 30, 90) / PIXEL_ARCSEC;
  const ringPhase = 2 * Math.PI * random.uniform();
  const lopsidedness = between(random, 0, 1);
  const lopsidedTo = 2 * Math.PI * random.uniform();
  const spikes = Array.from({ length: 2 + random.integer(5) }, () => ({
    angle: 2 * Math.PI * random.uniform(),
    strength: 2.2 * random.normal(),
    widthPix: between(random, 2, 4),
  }));
  const reach = Math.min(fadeLength * Math.log(Math.max(2, amplitude / 0.01)), 260);
  const [cx, cy] = [brightest.xPix, brightest.yPix];
  for (let y = Math.max(0, Math.ceil(cy - reach)); y <= Math.min(side - 1, cy + reach); y++) {
    for (let x = Math.max(0, Math.ceil(cx - reach)); x <= Math.min(side - 1, cx + reach); x++) {
      const [dx, dy] = [x - cx, y - cy];
      const radius = Math.hypot(dx, dy);
      if (radius > reach) continue;
      const angle = Math.atan2(dy, dx);
      const rings =
        Math.cos((2 * Math.PI * radius) / ringLength + ringPhase) * (1 + lopsidedness * Math.cos(angle - lopsidedTo));
      let spiked = 0;
      for (const spike of spikes) {
        const off = angle - spike.angle;
        if (Math.cos(off) <= 0) continue;
        const across = radius * Math.sin(off);
        spiked +=
          spike.strength * Math.exp(-0.5 * (across / spike.widthPix) ** 2) * (0.6 + 0.4 * Math.cos(radius / 4.5));
      }
      // Nothing right under the source: its own peak is calibrated.
      const rise = 1 - Math.exp(-0.5 * (radius / 6) ** 2);
      const index = y * side + x;
      pixels[index] = pixels[index]! + amplitude * rise * Math.exp(-radius / fadeLength) * (rings + spiked);
    }
  }
}
