/**
 * The projections of FITS paper II (Calabretta & Greisen 2002, A&A 395, 1077) that Lobate follows, between the
 * projection plane and directions in native coordinates. Planes are in radians (x, y of the paper × π/180).
 */

/** A direction in the native system: l = cosθ cosφ, m = cosθ sinφ, n = sinθ. */
export type NativeVector = readonly [number, number, number];
export type PlanePoint = readonly [number, number];

export interface Projection {
  /** Native latitude of the reference point [deg]: 90 for zenithal projections, 0 for the others. */
  readonly referenceLatitudeDeg: 90 | 0;
  /** Undefined where the plane point shows no direction. */
  toNative(x: number, y: number): NativeVector | undefined;
  /** Undefined where the direction cannot be shown. */
  toPlane(l: number, m: number, n: number): PlanePoint | undefined;
}

/** Slack at the edge of a projection [radian]: 2e-10″, the rounding of what comes in. */
const EDGE_TOLERANCE = 1e-12;

/** SIN (§5.1.5), slant where ξ or η is not 0. */
export function slantOrthographic(xi: number, eta: number): Projection {
  return {
    referenceLatitudeDeg: 90,
    toNative: (x, y) => {
      // Solved for 1 − sinθ, which keeps its digits near the reference point where sinθ is 1.
      const a = 1 + xi * xi + eta * eta;
      const b = 1 + x * xi + y * eta;
      const c = x * x + y * y;
      const discriminant = b * b - a * c;
      if (discriminant < 0 || b <= 0) return undefined;
      const oneMinusSine = c / (b + Math.sqrt(discriminant));
      return [-(y - eta * oneMinusSine), x - xi * oneMinusSine, 1 - oneMinusSine];
    },
    toPlane: (l, m, n) => {
      if (n < -(xi * m - eta * l)) return undefined;
      const oneMinusSine = n > 0 ? (l * l + m * m) / (1 + n) : 1 - n;
      return [m + xi * oneMinusSine, -l + eta * oneMinusSine];
    },
  };
}

/** TAN, gnomonic (§5.1.3). */
const gnomonic: Projection = {
  referenceLatitudeDeg: 90,
  toNative: (x, y) => {
    const n = 1 / Math.sqrt(1 + x * x + y * y);
    return [-y * n, x * n, n];
  },
  toPlane: (l, m, n) => (n > 0 ? [m / n, -l / n] : undefined),
};

/** ZEA, zenithal equal area (§5.1.7). */
const zenithalEqualArea: Projection = {
  referenceLatitudeDeg: 90,
  toNative: (x, y) => {
    const squared = x * x + y * y;
    if (squared > 4 + EDGE_TOLERANCE) return undefined;
    const factor = Math.sqrt(Math.max(0, 1 - squared / 4));
    return [-y * factor, x * factor, 1 - squared / 2];
  },
  toPlane: (l, m, n) => {
    if (n <= -1) return undefined;
    const factor = Math.sqrt(2 / (1 + n));
    return [m * factor, -l * factor];
  },
};

/** STG, stereographic (§5.1.4). */
const stereographic: Projection = {
  referenceLatitudeDeg: 90,
  toNative: (x, y) => {
    const quarter = (x * x + y * y) / 4;
    const factor = 1 / (1 + quarter);
    return [-y * factor, x * factor, (1 - quarter) * factor];
  },
  toPlane: (l, m, n) => {
    if (n <= -1) return undefined;
    const factor = 2 / (1 + n);
    return [m * factor, -l * factor];
  },
};

/** ARC, zenithal equidistant (§5.1.6). */
const zenithalEquidistant: Projection = {
  referenceLatitudeDeg: 90,
  toNative: (x, y) => {
    const radius = Math.hypot(x, y);
    if (radius > Math.PI + EDGE_TOLERANCE) return undefined;
    const factor = radius === 0 ? 1 : Math.sin(radius) / radius;
    return [-y * factor, x * factor, Math.cos(radius)];
  },
  toPlane: (l, m, n) => {
    const sine = Math.hypot(l, m);
    const factor = sine === 0 ? 1 : Math.atan2(sine, n) / sine;
    return [m * factor, -l * factor];
  },
};

/** A projection given by longitude φ and latitude θ [radian]. */
function fromAngles(
  toAngles: (x: number, y: number) => PlanePoint | undefined,
  fromDirection: (phi: number, theta: number) => PlanePoint,
): Projection {
  return {
    referenceLatitudeDeg: 0,
    toNative: (x, y) => {
      const angles = toAngles(x, y);
      if (angles === undefined) return undefined;
      const [phi, theta] = angles;
      if (!(Math.abs(phi) <= Math.PI + EDGE_TOLERANCE && Math.abs(theta) <= Math.PI / 2 + EDGE_TOLERANCE)) {
        return undefined;
      }
      return [Math.cos(theta) * Math.cos(phi), Math.cos(theta) * Math.sin(phi), Math.sin(theta)];
    },
    toPlane: (l, m, n) => {
      const point = fromDirection(Math.atan2(m, l), Math.atan2(n, Math.hypot(l, m)));
      return point.every(Number.isFinite) ? point : undefined;
    },
  };
}

/** CAR, plate carrée (§5.2.3). */
const plateCarree = fromAngles(
  (x, y) => [x, y],
  (phi, theta) => [phi, theta],
);

/** SFL, Sanson-Flamsteed (§5.3.1). */
const sansonFlamsteed = fromAngles(
  (x, y) => [x === 0 ? 0 : x / Math.cos(y), y],
  (phi, theta) => [phi * Math.cos(theta), theta],
);

/** GLS, the sinusoidal projection of AIPS: SFL whose plane has its zero at the reference latitude [radian]. */
export function shiftedSansonFlamsteed(latitude: number): Projection {
  return {
    referenceLatitudeDeg: 0,
    toNative: (x, y) => sansonFlamsteed.toNative(x, y + latitude),
    toPlane: (l, m, n) => {
      const point = sansonFlamsteed.toPlane(l, m, n);
      return point === undefined ? undefined : [point[0], point[1] - latitude];
    },
  };
}

/** MER, Mercator (§5.2.4). */
const mercator = fromAngles(
  (x, y) => [x, 2 * Math.atan(Math.exp(y)) - Math.PI / 2],
  (phi, theta) => [phi, Math.log(Math.tan((Math.PI / 2 + theta) / 2))],
);

/** CEA, cylindrical equal area with parameter λ (§5.2.2). */
const cylindricalEqualArea = (lambda: number): Projection =>
  fromAngles(
    (x, y) => {
      const sine = y * lambda;
      if (Math.abs(sine) > 1 + EDGE_TOLERANCE) return undefined;
      return [x, Math.asin(Math.max(-1, Math.min(1, sine)))];
    },
    (phi, theta) => [phi, Math.sin(theta) / lambda],
  );

/** AIT, Hammer-Aitoff (§5.3.3). */
const hammerAitoff = fromAngles(
  (x, y) => {
    const squared = 1 - (x * x) / 16 - (y * y) / 4;
    if (squared < 0.5 - EDGE_TOLERANCE) return undefined;
    const z = Math.sqrt(squared);
    return [2 * Math.atan2((x * z) / 2, 2 * squared - 1), Math.asin(Math.max(-1, Math.min(1, y * z)))];
  },
  (phi, theta) => {
    const gamma = Math.sqrt(2 / (1 + Math.cos(theta) * Math.cos(phi / 2)));
    return [2 * gamma * Math.cos(theta) * Math.sin(phi / 2), gamma * Math.sin(theta)];
  },
);

/**
 * The projection of a three-letter code; undefined for one that Lobate does not follow. `NCP` (a slant SIN) and
 * `GLS` (a shifted SFL) are made by the caller, who knows the declination.
 * @param first PVi_1 of the latitude axis (ξ of SIN, λ of CEA), undefined where the header has none
 * @param second PVi_2 of the latitude axis (η of SIN)
 */
export function projectionOf(code: string, first?: number, second?: number): Projection | undefined {
  switch (code) {
    case 'SIN':
      return slantOrthographic(first ?? 0, second ?? 0);
    case 'CEA':
      return cylindricalEqualArea(first ?? 1);
    case 'TAN':
      return gnomonic;
    case 'ZEA':
      return zenithalEqualArea;
    case 'STG':
      return stereographic;
    case 'ARC':
      return zenithalEquidistant;
    case 'CAR':
      return plateCarree;
    case 'SFL':
      return sansonFlamsteed;
    case 'MER':
      return mercator;
    case 'AIT':
      return hammerAitoff;
    default:
      return undefined;
  }
}
