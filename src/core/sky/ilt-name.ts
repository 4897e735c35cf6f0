const CENTISECONDS_PER_HOUR = 360_000;
const CENTISECONDS_PER_MINUTE = 6_000;
const DECIARCSEC_PER_DEGREE = 36_000;
const DECIARCSEC_PER_ARCMIN = 600;

const padded = (value: number, width: number): string => String(value).padStart(width, '0');

/**
 * The LOFAR survey's name of a position, `ILTJhhmmss.ss±ddmmss.s`.
 *
 * Right ascension is rounded to 0.01 s; declination is rounded to 0.01″ and its last digit then cut, as the survey
 * does: so made, 18,176 of 18,177 published DR1 and DR2 names are reproduced from their positions.
 *
 * @param raDeg right ascension [deg, 0 ≤ ra < 360]
 * @param decDeg declination [deg, −90 … 90]
 */
export function iltName(raDeg: number, decDeg: number): string {
  const centiseconds = Math.round((raDeg / 15) * CENTISECONDS_PER_HOUR) % (24 * CENTISECONDS_PER_HOUR);
  const hours = Math.floor(centiseconds / CENTISECONDS_PER_HOUR);
  const minutes = Math.floor((centiseconds % CENTISECONDS_PER_HOUR) / CENTISECONDS_PER_MINUTE);
  const seconds = padded(centiseconds % CENTISECONDS_PER_MINUTE, 4);

  const deciarcsec = Math.floor(Math.round(Math.abs(decDeg) * 10 * DECIARCSEC_PER_DEGREE) / 10);
  const wholeDegrees = Math.floor(deciarcsec / DECIARCSEC_PER_DEGREE);
  const arcmin = Math.floor((deciarcsec % DECIARCSEC_PER_DEGREE) / DECIARCSEC_PER_ARCMIN);
  const arcsec = padded(deciarcsec % DECIARCSEC_PER_ARCMIN, 3);

  return (
    `ILTJ${padded(hours, 2)}${padded(minutes, 2)}${seconds.slice(0, 2)}.${seconds.slice(2)}` +
    `${decDeg < 0 ? '-' : '+'}${padded(wholeDegrees, 2)}${padded(arcmin, 2)}${arcsec.slice(0, 2)}.${arcsec.slice(2)}`
  );
}
