import { cp, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type AppPackage, buildPackage } from '../../../manifest/build-package.ts';
import type { ManifestSettings } from '../../../manifest/fill-template.ts';
import type { SchemaCheck } from '../../../manifest/schema-check.ts';

export const manifestFolder = fileURLToPath(new URL('../../../manifest', import.meta.url));

export const settings: ManifestSettings = {
  APP_ID: '7c0d6a52-3c55-4c8f-9a3e-0d6c0f6a7e11',
  APP_VERSION: '1.4.0',
  DEVELOPER_NAME: 'Fabrikam "IT" $& Drift',
  WEBSITE_URL: 'https://it.fabrikam.example/mailbox-medic',
  PRIVACY_URL: 'https://it.fabrikam.example/privacy',
  TERMS_URL: 'https://it.fabrikam.example/terms',
};

/** A copy of our manifest folder in which one thing may be spoilt. */
export interface Copy {
  /** Replaces the first `from` in the file; throws if the file has none, so that a test means something. */
  replace(file: string, from: string, to: string): Promise<void>;
  edit(file: string, change: (json: Json) => void): Promise<void>;
  write(file: string, content: string | Uint8Array): Promise<void>;
  build(changed?: Partial<ManifestSettings>): Promise<AppPackage>;
  /** `file path what` of each problem. */
  problems(changed?: Partial<ManifestSettings>): Promise<readonly string[]>;
}

export type Json = { [key: string]: Json } & { [index: number]: Json } & string;

export async function copyOfManifest(check: SchemaCheck): Promise<Copy> {
  const folder = await mkdtemp(path.join(tmpdir(), 'manifest-'));
  await cp(manifestFolder, folder, { recursive: true });
  const build = (changed: Partial<ManifestSettings> = {}) =>
    buildPackage(folder, { ...settings, ...changed }, check);
  return {
    async replace(file, from, to) {
      const text = await readFile(path.join(folder, file), 'utf8');
      if (!text.includes(from)) throw new Error(`${file} has no ${from}`);
      await writeFile(
        path.join(folder, file),
        text.replace(from, () => to),
      );
    },
    async edit(file, change) {
      const json = JSON.parse(await readFile(path.join(folder, file), 'utf8')) as Json;
      change(json);
      await writeFile(path.join(folder, file), JSON.stringify(json));
    },
    write: (file, content) => writeFile(path.join(folder, file), content),
    build,
    async problems(changed) {
      const built = await build(changed);
      if (built.outcome === 'built') return [];
      return built.problems.map(({ where, path: at, what }) => `${where} ${at} ${what}`);
    },
  };
}
