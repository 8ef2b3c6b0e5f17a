export interface Point {
  readonly x: number;
  readonly y: number;
}

export type Shape = (point: Point) => boolean;

/** A shape and its colour; later layers lie on top of earlier ones. */
export interface Layer {
  readonly covers: Shape;
  readonly color: (point: Point) => readonly [number, number, number];
}

export const everywhere: Shape = () => true;

export function circle(of: Point & { readonly radius: number }): Shape {
  return (point) => distance(point, of) <= of.radius;
}

export function roundedRectangle(of: {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly radius: number;
}): Shape {
  const { radius } = of;
  const core = {
    left: of.x + radius,
    right: of.x + of.width - radius,
    top: of.y + radius,
    bottom: of.y + of.height - radius,
  };
  return (point) =>
    distance(point, {
      x: clamp(point.x, core.left, core.right),
      y: clamp(point.y, core.top, core.bottom),
    }) <= radius;
}

/** A line through the points, with round ends and joints. */
export function line(width: number, ...through: readonly (readonly [number, number])[]): Shape {
  const corners = through.map(([x, y]) => ({ x, y }));
  return (point) =>
    corners.some((from, index) => {
      const to = corners[index + 1];
      return to !== undefined && distance(point, nearestOn(from, to, point)) <= width / 2;
    });
}

export function within(frame: Shape, shape: Shape): Shape {
  return (point) => frame(point) && shape(point);
}

export function minus(shape: Shape, hole: Shape): Shape {
  return (point) => shape(point) && !hole(point);
}

function nearestOn(from: Point, to: Point, point: Point): Point {
  const run = { x: to.x - from.x, y: to.y - from.y };
  const along = (point.x - from.x) * run.x + (point.y - from.y) * run.y;
  const share = clamp(along / (run.x * run.x + run.y * run.y), 0, 1);
  return { x: from.x + run.x * share, y: from.y + run.y * share };
}

/** Math.hypot may differ in the last bit between engines; Math.sqrt may not (ECMA-262, IEEE 754). */
function distance(a: Point, b: Point): number {
  return Math.sqrt((a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y));
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}
