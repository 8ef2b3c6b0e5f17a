import { PNG } from 'pngjs';
import type { Problem } from '../services/observability/index.ts';

/**
 * Microsoft's rules: the colour icon is a full square of 192 x 192, which Teams masks itself; the
 * outline icon is 32 x 32, white on transparent.
 * https://learn.microsoft.com/microsoftteams/platform/concepts/design/design-teams-app-icon-store-appbar
 */
export function iconProblems(
  icons: Readonly<
    Record<'color' | 'outline', { readonly where: string; readonly bytes: Uint8Array }>
  >,
): readonly Problem[] {
  return [
    ...withPicture(icons.color, 192, (picture) => {
      if (pixels(picture).every(({ alpha }) => alpha === 255)) return [];
      return [{ what: 'has transparent parts', remedy: 'Fill the whole square; Teams rounds it.' }];
    }),
    ...withPicture(icons.outline, 32, (picture) => {
      const all = pixels(picture);
      const remedy = 'Draw in white on a transparent background.';
      const found = [];
      if (all.some(({ white, alpha }) => alpha > 0 && !white)) found.push('is not only white');
      if (!all.some(({ alpha }) => alpha === 0)) found.push('has no transparent background');
      if (!all.some(({ alpha }) => alpha === 255)) found.push('shows nothing');
      return found.map((what) => ({ what, remedy }));
    }),
  ];
}

type Finding = Pick<Problem, 'what' | 'remedy'>;

function withPicture(
  icon: { readonly where: string; readonly bytes: Uint8Array },
  size: number,
  examine: (picture: PNG) => readonly Finding[],
): readonly Problem[] {
  const at = (finding: Finding): Problem => ({ where: icon.where, path: '', ...finding });
  const remedy = 'Run npx tsx manifest/draw-icons.ts, or save a PNG of that size.';
  let picture: PNG;
  try {
    picture = PNG.sync.read(Buffer.from(icon.bytes));
  } catch {
    return [at({ what: 'is no readable PNG', remedy })];
  }
  if (picture.width !== size || picture.height !== size) {
    const what = `is ${picture.width} x ${picture.height}, not ${size} x ${size} pixels`;
    return [at({ what, remedy })];
  }
  return examine(picture).map(at);
}

function pixels(picture: PNG): readonly { readonly white: boolean; readonly alpha: number }[] {
  return Array.from({ length: picture.width * picture.height }, (_, index) => {
    const at = index * 4;
    const white = picture.data.subarray(at, at + 3).every((channel) => channel === 255);
    return { white, alpha: picture.data.readUInt8(at + 3) };
  });
}
