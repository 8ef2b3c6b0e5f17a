import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { PNG } from 'pngjs';
import { circle, everywhere, type Layer, line, minus, roundedRectangle, within } from './shapes.ts';

/** Samples along each side of a pixel: 64 shades of coverage are more than an eye tells apart. */
const SAMPLES = 8;

const white = [255, 255, 255] as const;
const tealAbove = [20, 138, 148] as const;
const tealBelow = [7, 74, 86] as const;
const flapShade = [206, 234, 236] as const;
const green = [46, 184, 114] as const;

/**
 * Full bleed and opaque, since Teams rounds the corners itself; the drawing keeps to the 120 x 120 in
 * the middle. The cross is white on green: a red one is the protected emblem of the Red Cross.
 */
export function drawColorIcon(): PNG {
  const size = 192;
  const background = ({ y }: { readonly y: number }) => mix(tealAbove, tealBelow, y / size);
  const envelope = roundedRectangle({ x: 36, y: 49, width: 114, height: 82, radius: 11 });
  const flap = line(6, [37, 56], [93, 98], [149, 56]);
  const badge = { x: 132, y: 121 };
  return draw(size, [
    { covers: everywhere, color: background },
    { covers: envelope, color: () => white },
    { covers: within(envelope, roofOver(93, 98, 0.75)), color: () => flapShade },
    { covers: within(envelope, flap), color: background },
    { covers: circle({ ...badge, radius: 30 }), color: background },
    { covers: circle({ ...badge, radius: 24 }), color: () => green },
    {
      covers: roundedRectangle({ x: 116, y: 115.5, width: 32, height: 11, radius: 1.5 }),
      color: () => white,
    },
    {
      covers: roundedRectangle({ x: 126.5, y: 105, width: 11, height: 32, radius: 1.5 }),
      color: () => white,
    },
  ]);
}

/** White on transparent, and nothing else: Teams colours it itself. */
export function drawOutlineIcon(): PNG {
  const outside = roundedRectangle({ x: 2, y: 6, width: 26, height: 19, radius: 3 });
  const inside = roundedRectangle({ x: 4, y: 8, width: 22, height: 15, radius: 1 });
  const flap = line(2, [3, 8], [15, 17], [27, 8]);
  const gap = circle({ x: 25, y: 23, radius: 7 });
  return draw(32, [
    { covers: minus(minus(outside, inside), gap), color: () => white },
    { covers: minus(within(outside, flap), gap), color: () => white },
    {
      covers: roundedRectangle({ x: 20, y: 21, width: 10, height: 4, radius: 0.5 }),
      color: () => white,
    },
    {
      covers: roundedRectangle({ x: 23, y: 18, width: 4, height: 10, radius: 0.5 }),
      color: () => white,
    },
  ]);
}

/** Everything above a roof turned upside down, whose ridge is at (x, y). */
function roofOver(x: number, y: number, slope: number): Layer['covers'] {
  return (point) => point.y <= y - Math.abs(point.x - x) * slope;
}

type Color = readonly [number, number, number];

function mix(from: Color, to: Color, share: number): Color {
  const between = (a: number, b: number) => a + (b - a) * share;
  return [between(from[0], to[0]), between(from[1], to[1]), between(from[2], to[2])];
}

function draw(size: number, layers: readonly Layer[]): PNG {
  const png = new PNG({ width: size, height: size });
  const downwards = [...layers].reverse();
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      png.data.set(pixel(x, y, downwards), (y * size + x) * 4);
    }
  }
  return png;
}

/** Red, green, blue, alpha; the colour is that of the covered part, so an edge of white stays white. */
function pixel(left: number, top: number, downwards: readonly Layer[]): readonly number[] {
  const sum: [number, number, number] = [0, 0, 0];
  let covered = 0;
  for (let sample = 0; sample < SAMPLES * SAMPLES; sample += 1) {
    const x = left + ((sample % SAMPLES) + 0.5) / SAMPLES;
    const y = top + (Math.floor(sample / SAMPLES) + 0.5) / SAMPLES;
    const color = downwards.find(({ covers }) => covers({ x, y }))?.color({ x, y });
    if (color === undefined) continue;
    covered += 1;
    sum[0] += color[0];
    sum[1] += color[1];
    sum[2] += color[2];
  }
  if (covered === 0) return [255, 255, 255, 0];
  const alpha = Math.round((covered * 255) / (SAMPLES * SAMPLES));
  return [...sum.map((channel) => Math.round(channel / covered)), alpha];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const beside = (name: string) => new URL(name, import.meta.url);
  await writeFile(beside('color.png'), PNG.sync.write(drawColorIcon(), { deflateLevel: 9 }));
  await writeFile(beside('outline.png'), PNG.sync.write(drawOutlineIcon(), { deflateLevel: 9 }));
}
