import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Article } from '../domain/article.ts';
import type { TopicId } from '../domain/ids.ts';
import { CATALOGUES, type Catalogue } from './create-knowledge.ts';
import { dataFingerprint } from './data-fingerprint.ts';
import { decodeModel, encodeModel } from './questions/model-file.ts';
import type { QuestionData } from './questions/question-data.ts';
import type { QuestionModel } from './questions/question-model.ts';

/** What `npm run build` makes of data/knowledge and data/questions: checked, parsed and learnt. */
export interface BuiltKnowledge {
  readonly articles: ReadonlyMap<TopicId, Article>;
  readonly questions: QuestionData;
  readonly models: Readonly<Record<Catalogue, QuestionModel>>;
}

const FOLDER = 'built';
const SOURCES = 'knowledge.json';

interface Sources {
  readonly fingerprint: string;
  readonly articles: readonly Article[];
  readonly questions: QuestionData;
}

/**
 * Null where nothing was built, or the data changed since: then the files are read and checked anew.
 * Only what was valid is ever built, so nothing is checked again here.
 */
export async function readBuiltKnowledge(
  dataDirectory: string,
  catalogue: Catalogue,
): Promise<(Omit<BuiltKnowledge, 'models'> & { readonly trained: QuestionModel }) | null> {
  const folder = join(dataDirectory, FOLDER);
  try {
    const [fingerprint, sources, model] = await Promise.all([
      dataFingerprint(dataDirectory),
      readFile(join(folder, SOURCES), 'utf8'),
      readFile(join(folder, modelFile(catalogue))),
    ]);
    const { fingerprint: built, articles, questions } = JSON.parse(sources) as Sources;
    const trained = decodeModel(model, fingerprint);
    if (built !== fingerprint || trained === null) return null;
    return { articles: new Map(articles.map((one) => [one.id, one])), questions, trained };
  } catch {
    return null;
  }
}

/** Writes the folder data/built; the paths of its files. */
export async function writeBuiltKnowledge(
  dataDirectory: string,
  { articles, questions, models }: BuiltKnowledge,
): Promise<readonly string[]> {
  const folder = join(dataDirectory, FOLDER);
  await mkdir(folder, { recursive: true });
  const fingerprint = await dataFingerprint(dataDirectory);
  const sources: Sources = { fingerprint, articles: [...articles.values()], questions };
  const files: readonly (readonly [string, string | Uint8Array])[] = [
    [SOURCES, JSON.stringify(sources)],
    ...CATALOGUES.map((one) => [modelFile(one), encodeModel(models[one], fingerprint)] as const),
  ];
  const written: string[] = [];
  for (const [name, content] of files) {
    const path = join(folder, name);
    // A program that starts meanwhile reads the old file or the new one, never half of it.
    await writeFile(`${path}.part`, content);
    await rename(`${path}.part`, path);
    written.push(path);
  }
  return written;
}

function modelFile(catalogue: Catalogue): string {
  return `${catalogue}.model`;
}
