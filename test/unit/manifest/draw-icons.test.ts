import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { PNG } from 'pngjs';
import { describe, expect, it } from 'vitest';
import { drawColorIcon, drawOutlineIcon } from '../../../manifest/draw-icons.ts';
import { manifestFolder } from './manifest-folder.ts';

const committed = async (name: string) =>
  PNG.sync.read(await readFile(path.join(manifestFolder, name)));

describe('the icons', () => {
  // Pixels, not bytes: another version of zlib may pack the same picture differently.
  it.each([
    ['color.png', drawColorIcon],
    ['outline.png', drawOutlineIcon],
  ] as const)('%s in the repository is what the script draws', async (name, drawIcon) => {
    const picture = await committed(name);
    expect(Buffer.compare(picture.data, drawIcon().data)).toBe(0);
  });

  it('the drawing keeps to the middle 120 x 120 of the colour icon, so that no mask cuts it', () => {
    const { data, width } = drawColorIcon();
    const color = (x: number, y: number) => data.readUIntBE((y * width + x) * 4, 3);
    for (let y = 0; y < width; y += 1) {
      for (let x = 0; x < width; x += 1) {
        const safe = x >= 36 && x < 156 && y >= 36 && y < 156;
        if (!safe && color(x, y) !== color(0, y)) expect.fail(`drawn at ${x}, ${y}`);
      }
    }
  });

  it('the outline is a line drawing: most of it is transparent, its edges are soft', () => {
    const { data } = drawOutlineIcon();
    const alphas = Array.from({ length: 32 * 32 }, (_, index) => data[index * 4 + 3]!);
    expect(alphas.filter((alpha) => alpha === 0).length).toBeGreaterThan(512);
    expect(alphas.some((alpha) => alpha > 0 && alpha < 255)).toBe(true);
  });
});
