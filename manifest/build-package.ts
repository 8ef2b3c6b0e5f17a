import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { strToU8 } from 'fflate';
import type { Problem } from '../services/observability/index.ts';
import { fillTemplate, type ManifestSettings } from './fill-template.ts';
import { iconProblems } from './icon-problems.ts';
import { type LanguageFile, localisationProblems } from './localisation-problems.ts';
import { type ManifestParts, manifestParts, manifestProblems } from './manifest-problems.ts';
import type { SchemaCheck } from './schema-check.ts';
import { zip } from './zip.ts';

export type AppPackage =
  | { readonly outcome: 'built'; readonly zip: Uint8Array; readonly files: readonly string[] }
  | { readonly outcome: 'invalid'; readonly problems: readonly Problem[] };

/** Checks everything in `folder` and zips it; the same content gives the same bytes, in any time zone. */
export async function buildPackage(
  folder: string,
  settings: ManifestSettings,
  check: SchemaCheck,
): Promise<AppPackage> {
  const read = await readJson(folder, 'manifest.json');
  if ('problem' in read) return { outcome: 'invalid', problems: [read.problem] };

  const { manifest, problems: unfilled } = fillTemplate(read.json, settings);
  const problems = [...unfilled, ...schemaProblemsOf(manifest, check)];
  const parts = manifestParts.safeParse(manifest);
  if (!parts.success)
    return { outcome: 'invalid', problems: [...problems, ...absent(parts.error.issues, problems)] };

  problems.push(...manifestProblems(parts.data));
  const languages = await readLanguages(folder, parts.data, check);
  const icons = await readIcons(folder, parts.data);
  problems.push(...languages.problems, ...icons.problems);
  if (problems.length > 0) return { outcome: 'invalid', problems };

  const contents = new Map<string, Uint8Array>([
    ['manifest.json', jsonBytes(manifest)],
    ...languages.files.map(({ where, texts }) => [where, jsonBytes(texts)] as const),
    ...icons.files,
  ]);
  return { outcome: 'built', zip: zip(contents), files: [...contents.keys()] };
}

function schemaProblemsOf(manifest: unknown, check: SchemaCheck): readonly Problem[] {
  const named = manifestParts.pick({ manifestVersion: true }).safeParse(manifest);
  if (named.success) {
    const version = named.data.manifestVersion;
    return check(manifest, {
      where: 'manifest.json',
      version,
      schema: 'MicrosoftTeams.schema.json',
    });
  }
  const what = 'is missing';
  return [{ where: 'manifest.json', path: 'manifestVersion', what, remedy: 'Write e.g. "1.27".' }];
}

/** What our own rules need beyond the schema, unless the schema has complained about it already. */
function absent(
  issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[],
  known: readonly Problem[],
): readonly Problem[] {
  return issues
    .map((issue) => ({
      where: 'manifest.json',
      path: issue.path
        .map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`))
        .join('')
        .slice(1),
      what: issue.message,
      remedy: 'Mailbox Medic’s manifest has this; restore it.',
    }))
    .filter(({ path: at }) => !known.some((problem) => problem.path === at));
}

async function readLanguages(
  folder: string,
  manifest: ManifestParts,
  check: SchemaCheck,
): Promise<{ readonly files: readonly LanguageFile[]; readonly problems: readonly Problem[] }> {
  const { defaultLanguageFile, additionalLanguages } = manifest.localizationInfo;
  const names = [defaultLanguageFile, ...additionalLanguages.map(({ file }) => file)];
  const files: LanguageFile[] = [];
  const problems: Problem[] = [];
  for (const where of names) {
    const read = await readJson(folder, where);
    if ('problem' in read) {
      problems.push(read.problem);
      continue;
    }
    const found = check(read.json, {
      where,
      version: manifest.manifestVersion,
      schema: 'MicrosoftTeams.Localization.schema.json',
    });
    // An unknown version has been reported once, for manifest.json.
    problems.push(...found.filter((problem) => problem.path !== 'manifestVersion'));
    if (typeof read.json === 'object' && read.json !== null) {
      files.push({ where, texts: { ...read.json } });
    }
  }
  const [defaultFile, ...additionalFiles] = files;
  if (defaultFile !== undefined && files.length === names.length) {
    const known = new Set(problems.map((problem) => `${problem.where} ${problem.path}`));
    problems.push(
      ...localisationProblems(manifest, defaultFile, additionalFiles).filter(
        (problem) => !known.has(`${problem.where} ${problem.path}`),
      ),
    );
  }
  return { files, problems };
}

async function readIcons(
  folder: string,
  manifest: ManifestParts,
): Promise<{
  readonly files: readonly (readonly [string, Uint8Array])[];
  readonly problems: readonly Problem[];
}> {
  const { color, outline } = manifest.icons;
  const [colorBytes, outlineBytes] = [
    await readInside(folder, color),
    await readInside(folder, outline),
  ];
  if (colorBytes === undefined || outlineBytes === undefined) {
    const missing = [
      ...(colorBytes === undefined ? [color] : []),
      ...(outlineBytes === undefined ? [outline] : []),
    ];
    return { files: [], problems: missing.map(unreadable) };
  }
  const problems = iconProblems({
    color: { where: color, bytes: colorBytes },
    outline: { where: outline, bytes: outlineBytes },
  });
  return {
    files: [
      [color, colorBytes],
      [outline, outlineBytes],
    ],
    problems,
  };
}

async function readJson(
  folder: string,
  name: string,
): Promise<{ readonly json: unknown } | { readonly problem: Problem }> {
  const bytes = await readInside(folder, name);
  if (bytes === undefined) return { problem: unreadable(name) };
  try {
    return { json: JSON.parse(new TextDecoder().decode(bytes)) as unknown };
  } catch (error) {
    const what = error instanceof Error ? error.message : 'is no JSON';
    return { problem: { where: name, path: '', what, remedy: 'Correct the JSON.' } };
  }
}

/** Undefined for what cannot be read, and for a path that leads out of the folder. */
async function readInside(folder: string, name: string): Promise<Uint8Array | undefined> {
  const file = path.resolve(folder, name);
  if (!file.startsWith(path.resolve(folder) + path.sep)) return undefined;
  try {
    return await readFile(file);
  } catch {
    return undefined;
  }
}

function unreadable(name: string): Problem {
  const remedy = 'Put it into the manifest folder, or correct its name in manifest.json.';
  return { where: name, path: '', what: 'cannot be read', remedy };
}

/** Written anew, so that line ends of a checkout make no difference. */
function jsonBytes(value: unknown): Uint8Array {
  return strToU8(`${JSON.stringify(value, null, 2)}\n`);
}
