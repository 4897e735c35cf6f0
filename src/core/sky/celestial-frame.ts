/**
 * The equatorial systems of FITS headers, and how they lie in ICRS. Constants and order of the steps are those of
 * astropy.coordinates (and ERFA where it calls it), so that positions agree to rounding.
 */
import { RADIANS_PER_DEGREE } from '../units/quantities.ts';
import type { Rotation } from './native-rotation.ts';

export type Vector = readonly [number, number, number];

/** A celestial system beside ICRS, between unit vectors. */
export interface CelestialFrame {
  toIcrs(direction: Vector): Vector;
  fromIcrs(direction: Vector): Vector;
}

const ARCSEC = RADIANS_PER_DEGREE / 3600;
const JD_J2000 = 2451545;
const JD_B1950 = 2433282.42345905;
const DAYS_PER_JULIAN_CENTURY = 36_525;

/** Turns of the axes by an angle [radian], positive as in ERFA. */
function turnX(angle: number): Rotation {
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  return [1, 0, 0, 0, c, s, 0, -s, c];
}

function turnY(angle: number): Rotation {
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  return [c, 0, -s, 0, 1, 0, s, 0, c];
}

function turnZ(angle: number): Rotation {
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  return [c, s, 0, -s, c, 0, 0, 0, 1];
}

export const transpose = (r: Rotation): Rotation => [r[0], r[3], r[6], r[1], r[4], r[7], r[2], r[5], r[8]];

export const apply = (r: Rotation, [x, y, z]: Vector): Vector => [
  r[0] * x + r[1] * y + r[2] * z,
  r[3] * x + r[4] * y + r[5] * z,
  r[6] * x + r[7] * y + r[8] * z,
];

/** The product of matrices, the last applied first. */
export function multiply(...factors: readonly [Rotation, ...Rotation[]]): Rotation {
  return factors.reduce((p, q): Rotation => {
    const columns = transpose(q);
    const column = (i: 0 | 3 | 6): Vector => apply(p, [columns[i], columns[(i + 1) as 1], columns[(i + 2) as 2]]);
    return transpose([...column(0), ...column(3), ...column(6)]);
  });
}

/** c₀ + c₁ t + c₂ t² …  */
const polynomial = (coefficients: readonly number[], t: number): number =>
  coefficients.reduceRight((sum, coefficient) => sum * t + coefficient, 0);

/** Frame bias of FK5 (J2000) against ICRS (USNO Circular 179, §3.5): η₀, ξ₀ and dα₀ in mas. */
const ICRS_TO_FK5 = multiply(turnX(0.0199 * ARCSEC), turnY(0.0091 * ARCSEC), turnZ(-0.0229 * ARCSEC));

/**
 * Precession (IAU 2006) as Fukushima-Williams angles γ̄, φ̄, ψ̄ and the obliquity [arcsec, powers of Julian centuries from
 * J2000]: Hilton et al. 2006, Celest. Mech. Dyn. Astron. 94, 351; ERFA's pfw06 and obl06.
 */
const GAMMA = [-0.052928, 10.556378, 0.4932044, -0.00031238, -0.000002788, 0.000000026];
const PHI = [84381.412819, -46.811016, 0.0511268, 0.00053289, -0.00000044, -0.0000000176];
const PSI = [-0.041775, 5038.481484, 1.5584175, -0.00018522, -0.000026452, -0.0000000148];
const OBLIQUITY = [84381.406, -46.836769, -0.0001831, 0.0020034, -0.000000576, -0.0000000434];

function biasAndPrecession(t: number): Rotation {
  return multiply(
    turnX(-polynomial(OBLIQUITY, t) * ARCSEC),
    turnZ(-polynomial(PSI, t) * ARCSEC),
    turnX(polynomial(PHI, t) * ARCSEC),
    turnZ(polynomial(GAMMA, t) * ARCSEC),
  );
}

/** FK5 of an equinox [Julian year] from FK5 of J2000. */
function precessionFromJ2000(equinox: number): Rotation {
  const centuries = (equinox - 2000) / 100;
  return multiply(biasAndPrecession(centuries), transpose(biasAndPrecession(0)));
}

function frameOfMatrix(toIcrs: Rotation): CelestialFrame {
  const fromIcrs = transpose(toIcrs);
  return {
    toIcrs: (direction) => apply(toIcrs, direction),
    fromIcrs: (direction) => apply(fromIcrs, direction),
  };
}

/** @param equinox [Julian year], 2000 where the header has none */
export function fk5Frame(equinox = 2000): CelestialFrame {
  return frameOfMatrix(transpose(multiply(precessionFromJ2000(equinox), ICRS_TO_FK5)));
}

/**
 * Galactic coordinates by pole (192.859…°, 27.128…°) and node (122.932…°) in FK5 J2000, the values to which the
 * definition of 1958 in FK4 is carried (Reid & Brunthaler 2004, ApJ 616, 872, appendix; astropy's constants).
 */
const ICRS_TO_GALACTIC = multiply(
  turnZ((180 - 122.9319185680026) * RADIANS_PER_DEGREE),
  turnY((90 - 27.12825118085622) * RADIANS_PER_DEGREE),
  turnZ(192.8594812065348 * RADIANS_PER_DEGREE),
  ICRS_TO_FK5,
);

export const galacticFrame: CelestialFrame = frameOfMatrix(transpose(ICRS_TO_GALACTIC));

/** FK4 without E-terms (B1950) → FK5 (J2000), and its change per Julian century from 1950 (Murray 1989, A&A 218, 325,
 * eqs. 28 and 29): FK4 turns against FK5. */
const FK4_TO_FK5: Rotation = [
  0.9999256794956877, -0.0111814832204662, -0.0048590038153592, 0.0111814832391717, 0.9999374848933135,
  -0.0000271625947142, 0.0048590037723143, -0.000027170293744, 0.9999881946023742,
];
const FK4_TURN_PER_CENTURY: Rotation = [
  -0.0026455262e-6, -1.1539918689e-6, 2.111134619e-6, 1.1540628161e-6, -0.0129042997e-6, 0.0236021478e-6,
  -2.1112979048e-6, -0.0056024448e-6, 0.0102587734e-6,
];

/** Newcomb's precession between two Besselian years. */
function besselianPrecession(from: number, to: number): Rotation {
  const t = (from - 1850) / 1000;
  const dt = (to - 1850) / 1000 - t;
  const first = 23035.545 + 139.72 * t + 0.06 * t * t;
  const zeta = polynomial([0, first, 30.24 - 0.27 * t, 17.995], dt) * ARCSEC;
  const z = polynomial([0, first, 109.48 + 0.39 * t, 18.325], dt) * ARCSEC;
  const theta = polynomial([0, 20051.12 - 85.29 * t - 0.37 * t * t, -42.65 - 0.37 * t, -41.8], dt) * ARCSEC;
  return multiply(turnZ(-z), turnY(theta), turnZ(-zeta));
}

const julianDateOfBesselianYear = (year: number): number => 2415020.31352 + (year - 1900) * 365.242198781;

/**
 * E-terms of aberration at an equinox: what the ellipse of the Earth's orbit adds to aberration, which FK4 positions
 * contain. Explanatory Supplement to the Astronomical Almanac (Seidelmann 1992, 2005); obliquity of IAU 1980.
 */
function aberrationTerms(julianDate: number): Vector {
  const t = (julianDate - JD_B1950) / DAYS_PER_JULIAN_CENTURY;
  const constant = 0.0056932 * RADIANS_PER_DEGREE;
  const eccentricity = polynomial([0.01673011, -0.00004193, -0.000000126], t);
  const perigee = polynomial([1015489.951, 6190.67, 1.65, 0.012], t) * ARCSEC;
  const sinceJ2000 = (julianDate - JD_J2000) / DAYS_PER_JULIAN_CENTURY;
  const obliquity = polynomial([84381.448, -46.815, -0.00059, 0.001813], sinceJ2000) * ARCSEC;
  const size = eccentricity * constant;
  return [
    size * Math.sin(perigee),
    -size * Math.cos(perigee) * Math.cos(obliquity),
    -size * Math.cos(perigee) * Math.sin(obliquity),
  ];
}

const dot = (a: Vector, b: Vector): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

function normalised(v: Vector): Vector {
  const length = Math.hypot(...v);
  return [v[0] / length, v[1] / length, v[2] / length];
}

/** Adding the terms has no closed form; each round gains four digits. */
const ROUNDS = 10;

/**
 * FK4, observed at its equinox (as astropy takes it where a header has no epoch of its own).
 * @param equinox [Besselian year], 1950 where the header has none
 * @param hasETerms false for FK4-NO-E
 */
export function fk4Frame(equinox = 1950, hasETerms = true): CelestialFrame {
  const julianDate = julianDateOfBesselianYear(equinox);
  const centuries = (julianDate - JD_J2000) / DAYS_PER_JULIAN_CENTURY + 0.5;
  const turned = FK4_TO_FK5.map((term, i) => term + FK4_TURN_PER_CENTURY[i]! * centuries);
  const toFk5 = turned as readonly number[] as Rotation;
  const fk5ToIcrs = transpose(ICRS_TO_FK5);
  const toIcrs = multiply(fk5ToIcrs, toFk5, besselianPrecession(equinox, 1950));
  // The way back uses transposes though Murray's matrix is no pure rotation: so does astropy, to 1e-9 radian.
  const fromIcrs = multiply(besselianPrecession(1950, equinox), transpose(toFk5), ICRS_TO_FK5);
  const terms = hasETerms ? aberrationTerms(julianDate) : undefined;
  return {
    toIcrs: (direction) => apply(toIcrs, terms === undefined ? direction : withoutTerms(direction, terms)),
    fromIcrs: (direction) => {
      const plain = normalised(apply(fromIcrs, direction));
      return terms === undefined ? plain : withTerms(plain, terms);
    },
  };
}

function withoutTerms(direction: Vector, terms: Vector): Vector {
  const along = 1 + dot(terms, direction);
  return normalised([
    along * direction[0] - terms[0],
    along * direction[1] - terms[1],
    along * direction[2] - terms[2],
  ]);
}

function withTerms(direction: Vector, terms: Vector): Vector {
  let result = direction;
  for (let round = 0; round < ROUNDS; round++) {
    const along = 1 + dot(terms, result);
    result = [(terms[0] + direction[0]) / along, (terms[1] + direction[1]) / along, (terms[2] + direction[2]) / along];
  }
  return normalised(result);
}
