import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeModel, encodeModel } from './model-file.ts';
import type { QuestionModel } from './question-model.ts';

const EXTENSION = '.model';
const NAME_LENGTH = 16;

function nameOf(fingerprint: string): string {
  return `${fingerprint.slice(0, NAME_LENGTH)}${EXTENSION}`;
}

/** The model that was learnt from exactly these sources at build time, if there is one. */
export async function storedModel(
  directory: string,
  fingerprint: string,
): Promise<QuestionModel | null> {
  try {
    return decodeModel(await readFile(join(directory, nameOf(fingerprint))), fingerprint);
  } catch {
    // No build, or an article was edited since: it is learnt while the program runs.
    return null;
  }
}

export interface ModelToStore {
  readonly fingerprint: string;
  readonly model: QuestionModel;
}

/** Replaces all models of the folder. */
export async function storeModels(
  directory: string,
  models: readonly ModelToStore[],
): Promise<readonly string[]> {
  await mkdir(directory, { recursive: true });
  const written = new Set<string>();
  for (const { fingerprint, model } of models) {
    const name = nameOf(fingerprint);
    const part = join(directory, `${name}.part`);
    await writeFile(part, encodeModel(model, fingerprint));
    await rename(part, join(directory, name));
    written.add(name);
  }
  for (const name of await readdir(directory)) {
    if (name.endsWith(EXTENSION) && !written.has(name)) await rm(join(directory, name));
  }
  return [...written].map((name) => join(directory, name));
}
