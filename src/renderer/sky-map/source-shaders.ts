import { PROBABILITY_STOPS } from '../components/probability-ramp.ts';

/**
 * Shaders of the source overlay. Two programs share everything but their geometry: `POINT` draws a mark of fixed size
 * per source (far out), `ELLIPSE` an instanced quad with the fitted ellipse in it (close in).
 *
 * State byte of a source: its class. What is drawn on top follows from the depth, so that one call draws all.
 */
export const SOURCE_CLASS = { noResult: 0, classified: 1, sisg: 2, excluded: 3 } as const;
export const SOURCE_EMPHASIS = { none: 0, chosen: 1, neighbour: 2, selected: 3 } as const;

const rampStops = PROBABILITY_STOPS.map(([r, g, b]) => `vec3(${[r, g, b].map((c) => (c / 255).toFixed(4)).join(',')})`);

const SHARED_VERTEX = `#version 300 es
precision highp float;
layout(location = 0) in vec3 aOffset;       // direction minus uReference
layout(location = 1) in vec3 aShape;        // semi-axes [rad], position angle [rad]
layout(location = 2) in float aProbability; // P(MC); negative where there is none
layout(location = 3) in uvec3 aState;       // class, visible, emphasis
uniform vec3 uReference;   // direction that offsets are counted from
uniform vec3 uReferenceInView; // the same in the view's axes, its distance from the view's centre in x and y
uniform mat3 uViewAxes;    // rows: east, north, centre of the view
uniform vec4 uAffine;      // screen px per radian: east x, east y, north x, north y
uniform vec2 uOrigin;      // centre of the view [px]
uniform vec2 uSize;        // size of the canvas [px]
uniform float uThreshold;
uniform float uPixelRatio;
uniform vec4 uShown;       // 1 shows: no result, classified below the threshold, SISG, excluded
flat out float vProbability;
flat out uint vClass;
flat out uint vEmphasis;
flat out float vFlagged;

const vec4 NOWHERE = vec4(2.0, 2.0, 2.0, 1.0);

vec2 onScreen(vec2 tangent) {
  return uOrigin + vec2(dot(uAffine.xz, tangent), dot(uAffine.yw, tangent));
}
vec4 clipOf(vec2 screen) {
  // Flagged sources lie over others, the selected one over all; nearer is smaller.
  float layer = float(vEmphasis) * 0.15 + (vClass == 1u ? 0.06 + 0.06 * vFlagged : vClass == 0u ? 0.03 : 0.0);
  return vec4(screen.x / uSize.x * 2.0 - 1.0, 1.0 - screen.y / uSize.y * 2.0, 0.5 - layer, 1.0);
}
bool isHidden() {
  if (aState.y == 0u) return true;
  if (aState.z == 3u || (aState.x == 1u && vFlagged > 0.5)) return false;
  return (aState.x == 0u ? uShown.x : aState.x == 1u ? uShown.y : aState.x == 2u ? uShown.z : uShown.w) < 0.5;
}
void readState() {
  vProbability = aProbability;
  vClass = aState.x;
  vEmphasis = aState.z;
  vFlagged = aProbability >= uThreshold && aProbability >= 0.0 ? 1.0 : 0.0;
}
`;

export const POINT_VERTEX = `${SHARED_VERTEX}
uniform float uPointScale;
flat out float vRadius;
flat out float vSize;
void main() {
  readState();
  vec3 inView = uViewAxes * aOffset + uReferenceInView;
  if (isHidden() || !(inView.z > 0.0)) { gl_Position = NOWHERE; gl_PointSize = 0.0; return; }
  vec2 screen = onScreen(inView.xy / inView.z);
  float radius = vClass == 2u ? 2.0 : vFlagged > 0.5 ? 4.2 : 3.0;
  vRadius = (vEmphasis == 0u ? radius * uPointScale : max(radius, 4.2)) * uPixelRatio;
  gl_Position = clipOf(screen);
  // Room for what surrounds the mark; every pixel of it is paid for, a million times in a crowded field.
  float margin = vEmphasis == 3u ? 8.0 : vEmphasis > 0u ? 5.0 : vFlagged > 0.5 ? 2.0 : 1.0;
  vSize = 2.0 * (vRadius + margin * uPixelRatio);
  gl_PointSize = vSize;
}`;

export const ELLIPSE_VERTEX = `${SHARED_VERTEX}
out vec2 vLocal;          // place in the ellipse's own axes [px]
flat out vec2 vSemiAxes;  // [px]
const float MARGIN = 9.0; // room for halo and stroke [CSS px]
const float SMALLEST = 3.5;
void main() {
  readState();
  vec3 inView = uViewAxes * aOffset + uReferenceInView;
  if (isHidden() || !(inView.z > 0.0)) { gl_Position = NOWHERE; return; }
  vec3 direction = aOffset + uReference;
  vec3 eastward = normalize(vec3(-direction.y, direction.x, 0.0));
  vec3 northward = cross(direction, eastward);
  vec2 tangent = inView.xy / inView.z;
  float sine = sin(aShape.z), cosine = cos(aShape.z);
  vec3 majorAxis = uViewAxes * (cosine * northward + sine * eastward);
  vec3 minorAxis = uViewAxes * (cosine * eastward - sine * northward);
  vec2 majorTangent = (majorAxis.xy - tangent * majorAxis.z) / inView.z;
  vec2 minorTangent = (minorAxis.xy - tangent * minorAxis.z) / inView.z;
  vec2 major = vec2(dot(uAffine.xz, majorTangent), dot(uAffine.yw, majorTangent));
  vec2 minor = vec2(dot(uAffine.xz, minorTangent), dot(uAffine.yw, minorTangent));
  vSemiAxes = max(vec2(length(major) * aShape.x, length(minor) * aShape.y), vec2(SMALLEST * uPixelRatio));
  vec2 corner = vec2(float(gl_VertexID & 1) * 2.0 - 1.0, float(gl_VertexID >> 1) * 2.0 - 1.0);
  vLocal = corner * (vSemiAxes + MARGIN * uPixelRatio);
  gl_Position = clipOf(onScreen(tangent) + normalize(major) * vLocal.x + normalize(minor) * vLocal.y);
}`;

const SHARED_FRAGMENT = `#version 300 es
precision highp float;
flat in float vProbability;
flat in uint vClass;
flat in uint vEmphasis;
flat in float vFlagged;
uniform float uPixelRatio;
uniform vec3 uHalo;    // white on a dark sky, near black on a light one
uniform vec3 uHaloCasing; // the opposite
uniform vec3 uCasing;  // dark on either sky: the yellow end of the ramp is lost on white without it
uniform vec3 uNeighbour; // cyan, as LoTSS draws other sources about the current one
uniform vec3 uChosen;    // the window's accent
uniform vec3 uNeutral; // sources without a probability
out vec4 outColor;

const vec3 RAMP[${rampStops.length}] = vec3[](${rampStops.join(', ')});

vec3 ramp(float probability) {
  float at = clamp(probability, 0.0, 1.0) * ${(rampStops.length - 1).toFixed(1)};
  int low = min(int(at), ${rampStops.length - 2});
  return mix(RAMP[low], RAMP[low + 1], at - float(low));
}
vec3 sourceColor() { return vProbability >= 0.0 ? ramp(vProbability) : uNeutral; }

/** Share of a pixel covered by a line of half width w at distance d. */
float line(float d, float w) { return 1.0 - smoothstep(w - 0.5, w + 0.5, abs(d)); }
/** Share of a pixel inside distance 0. */
float inside(float d) { return 1.0 - smoothstep(-0.5, 0.5, d); }

vec4 over(vec4 top, vec4 below) { return top + below * (1.0 - top.a); }
vec4 paint(vec3 color, float cover) { return vec4(color * cover, cover); }
`;

export const POINT_FRAGMENT = `${SHARED_FRAGMENT}
flat in float vRadius;
flat in float vSize;
uniform float uFaintOpacity;
void main() {
  vec2 place = (gl_PointCoord - 0.5) * vSize;
  float d = length(place) - vRadius;
  float px = uPixelRatio;
  vec4 mark;
  if (vClass == 2u) {
    mark = paint(sourceColor(), inside(d) * uFaintOpacity * 0.75);
  } else if (vFlagged > 0.5) {
    mark = over(paint(sourceColor(), inside(d)), paint(uCasing, inside(d - 1.0 * px) * 0.65));
  } else {
    mark = paint(sourceColor(), line(d + 0.6 * px, 0.7 * px) * (vClass == 1u ? 1.0 : 0.7));
  }
  if (vEmphasis == 1u) mark = over(mark, paint(uChosen, line(d - 2.5 * px, 0.8 * px)));
  if (vEmphasis == 2u) {
    float dash = step(0.5, fract(atan(place.y, place.x) / 6.2831853 * 6.0));
    mark = over(mark, paint(uNeighbour, line(d - 3.0 * px, 0.8 * px) * dash));
  }
  if (vEmphasis == 3u) {
    mark = over(mark, over(paint(uHalo, line(d - 4.5 * px, 1.1 * px)), paint(uHaloCasing, line(d - 4.5 * px, 2.2 * px) * 0.5)));
  }
  if (mark.a < 0.02) discard;
  outColor = mark;
}`;

export const ELLIPSE_FRAGMENT = `${SHARED_FRAGMENT}
in vec2 vLocal;
flat in vec2 vSemiAxes;
const float TURN = 6.2831853;
void main() {
  // First-order distance from the ellipse [px]: exact on it, good enough for strokes around it.
  vec2 scaled = vLocal / vSemiAxes;
  float radius = length(scaled);
  float d = radius < 1e-4 ? -min(vSemiAxes.x, vSemiAxes.y) : (radius - 1.0) * radius / length(scaled / vSemiAxes);
  float px = uPixelRatio;
  float perimeter = TURN * sqrt(0.5 * dot(vSemiAxes, vSemiAxes));
  float turn = atan(scaled.y, scaled.x) / TURN + 0.5;
  vec4 mark;
  if (vClass == 2u) {
    float dots = fract(turn * max(8.0, floor(perimeter / (5.0 * px))));
    float dotted = 1.0 - smoothstep(0.35, 0.55, abs(dots - 0.5) * 2.0);
    mark = over(paint(sourceColor(), line(d, 0.7 * px) * dotted * 0.8), paint(uCasing, line(d, 1.5 * px) * 0.25));
  } else {
    float halfWidth = vFlagged > 0.5 ? 1.4 * px : 0.65 * px;
    float cover = line(d, halfWidth);
    float opacity = vClass == 1u ? 1.0 : vClass == 0u ? 0.65 : 0.45;
    vec4 stroke = paint(sourceColor(), cover * opacity);
    mark = over(stroke, paint(uCasing, line(d, halfWidth + 0.9 * px) * 0.45 * opacity));
  }
  if (vEmphasis == 1u) mark = over(mark, paint(uChosen, line(d - 3.0 * px, 0.9 * px)));
  if (vEmphasis == 2u) {
    float dash = step(fract(turn * max(6.0, floor(perimeter / (10.0 * px)))), 0.6);
    mark = over(mark, over(paint(uNeighbour, line(d - 3.0 * px, 0.9 * px) * dash), paint(uCasing, line(d - 3.0 * px, 1.6 * px) * 0.4 * dash)));
  }
  if (vEmphasis == 3u) {
    mark = over(mark, over(paint(uHalo, line(d - 4.0 * px, 1.1 * px)), paint(uHaloCasing, line(d - 4.0 * px, 2.2 * px) * 0.5)));
  }
  if (mark.a < 0.02) discard;
  outColor = mark;
}`;

/** Far out, with more sources than pixels: how many fall on each pixel of a small texture, and how many are flagged. */
export const COUNT_VERTEX = `${SHARED_VERTEX}
void main() {
  readState();
  vec3 inView = uViewAxes * aOffset + uReferenceInView;
  gl_PointSize = 1.0;
  if (isHidden() || !(inView.z > 0.0)) { gl_Position = NOWHERE; return; }
  gl_Position = clipOf(onScreen(inView.xy / inView.z));
}`;

export const COUNT_FRAGMENT = `#version 300 es
precision mediump float;
flat in float vProbability;
flat in uint vClass;
flat in uint vEmphasis;
flat in float vFlagged;
out vec4 outCount;
void main() { outCount = vec4(1.0, vClass == 2u ? 0.0 : vFlagged, 0.0, 1.0); }`;

/** The counts as a picture: more opaque where there are more, towards the ramp's upper end where more are flagged. */
export const DENSITY_VERTEX = `#version 300 es
out vec2 vPlace;
void main() {
  vec2 corner = vec2(float(gl_VertexID & 1), float(gl_VertexID >> 1));
  vPlace = corner;
  gl_Position = vec4(corner * 2.0 - 1.0, 0.9, 1.0);
}`;

export const DENSITY_FRAGMENT = `#version 300 es
precision highp float;
in vec2 vPlace;
uniform sampler2D uCounts;
uniform float uFullCount; // count at which the picture is opaque
out vec4 outColor;
const vec3 RAMP[${rampStops.length}] = vec3[](${rampStops.join(', ')});
void main() {
  vec2 count = texture(uCounts, vPlace).rg;
  if (count.r < 0.01) discard;
  float share = clamp(count.g / count.r, 0.0, 1.0) * ${(rampStops.length - 1).toFixed(1)};
  int low = min(int(share), ${rampStops.length - 2});
  float cover = clamp(0.25 + 0.65 * log(1.0 + count.r) / log(1.0 + uFullCount), 0.0, 0.9);
  outColor = vec4(mix(RAMP[low], RAMP[low + 1], share - float(low)) * cover, cover);
}`;
