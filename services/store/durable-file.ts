import { copyFile, link, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/** State holds names and e-mail addresses: nobody but the bot's own account reads it. */
export const FILE_MODE = 0o600;
export const FOLDER_MODE = 0o700;
const TEMPORARY = '.tmp';
/** One piece of text to print and write before others get their turn. */
const SLICE_CHARACTERS = 64 * 1024;

export function isTemporary(name: string): boolean {
  return name.endsWith(TEMPORARY);
}

export function isMissing(thrown: unknown): boolean {
  return thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT';
}

/** Makes the names in a folder durable: a rename alone is lost with the power. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * Write, fsync, rename, fsync of the folder: after a crash the path holds either the old content or
 * all of the new one. The text is taken in slices, so that printing a large file never holds the
 * event loop. (lowdb's own adapters rename without either fsync and print everything at once.)
 * Returns the size in bytes.
 */
export async function writeDurably(path: string, parts: Iterable<string>): Promise<number> {
  const temporary = `${path}${TEMPORARY}`;
  let size = 0;
  try {
    const handle = await open(temporary, 'w', FILE_MODE);
    try {
      for (const slice of slices(parts)) {
        const bytes = Buffer.from(slice);
        await handle.writeFile(bytes);
        size += bytes.length;
      }
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, path);
  } catch (thrown) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw thrown;
  }
  await syncFolder(dirname(path));
  return size;
}

function* slices(parts: Iterable<string>): Generator<string> {
  let slice = '';
  for (const part of parts) {
    slice += part;
    if (slice.length < SLICE_CHARACTERS) continue;
    yield slice;
    slice = '';
  }
  if (slice !== '') yield slice;
}

/** Null when there is no such file. */
export async function readText(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (thrown) {
    if (isMissing(thrown)) return null;
    throw thrown;
  }
}

/**
 * Gives the present content a second name. The next `writeDurably` makes a new file, so the copy
 * costs nothing and cannot be half written. False when there is nothing to keep.
 */
export async function keepAs(path: string, copy: string): Promise<boolean> {
  const temporary = `${copy}${TEMPORARY}`;
  await rm(temporary, { force: true });
  try {
    await link(path, temporary);
  } catch (thrown) {
    if (isMissing(thrown)) return false;
    // Some network file systems know no hard links.
    await copyDurably(path, temporary);
  }
  await rename(temporary, copy);
  return true;
}

/** A second file with the same content, on blocks of its own. */
export async function copyDurably(path: string, copy: string): Promise<void> {
  const temporary = `${copy}${TEMPORARY}`;
  await copyFile(path, temporary);
  const handle = await open(temporary, 'r+');
  try {
    await handle.chmod(FILE_MODE);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(temporary, copy);
}
