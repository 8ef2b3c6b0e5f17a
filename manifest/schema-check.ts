import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { Ajv, type AnySchemaObject, type ErrorObject, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import type { Problem } from '../services/observability/index.ts';

/** The two schemas of one manifest version. */
type SchemaName = 'MicrosoftTeams.schema.json' | 'MicrosoftTeams.Localization.schema.json';

export function schemaAddress(version: string, name: SchemaName): string {
  return `https://developer.microsoft.com/json-schemas/teams/v${version}/${name}`;
}

/** What Microsoft's own schema says about a document. */
export type SchemaCheck = (
  document: unknown,
  of: { readonly where: string; readonly version: string; readonly schema: SchemaName },
) => readonly Problem[];

/** Reads the schemas from the npm package, never from the net; compiles each one once. */
export function createSchemaCheck(): SchemaCheck {
  // The schemas declare draft 4 and use nothing that later drafts changed, except that draft 4 skips
  // what stands beside a $ref: there Microsoft wrote lengths that we want to be held to.
  // Their patterns escape more than the u flag of ECMAScript allows.
  const ajv = new Ajv({
    allErrors: true,
    strict: false,
    validateSchema: false,
    unicodeRegExp: false,
  });
  addFormats.default(ajv);
  const compiled = new Map<string, ValidateFunction>();

  return (document, of) => {
    const address = schemaAddress(of.version, of.schema);
    const schema = compiled.has(address) ? undefined : bundledSchema(of.version, of.schema);
    if (schema !== undefined) compiled.set(address, ajv.compile(schema));
    const validate = compiled.get(address);
    if (validate === undefined) {
      const what = `there is no released manifest schema ${of.version}`;
      const remedy = 'Use a released version, e.g. 1.27; devPreview apps cannot be published.';
      return [{ where: of.where, path: 'manifestVersion', what, remedy }];
    }
    if (validate(document)) return [];
    return (validate.errors ?? []).map((error) => ({ where: of.where, ...describe(error) }));
  };
}

function bundledSchema(version: string, name: SchemaName): AnySchemaObject | undefined {
  if (!/^\d+\.\d+$/.test(version)) return undefined;
  const require = createRequire(import.meta.url);
  const home = path.dirname(require.resolve('@microsoft/app-manifest/package.json'));
  const file = path.join(home, 'build/json-schemas/teams', `v${version}`, name);
  if (!existsSync(file)) return undefined;
  return JSON.parse(readFileSync(file, 'utf8')) as AnySchemaObject;
}

function describe(error: ErrorObject): Omit<Problem, 'where'> {
  const at = readable(error.instancePath);
  const params = error.params as Readonly<Record<string, unknown>>;
  const given = (name: string) => JSON.stringify(params[name]);
  switch (error.keyword) {
    case 'required': {
      const path = join(at, String(params['missingProperty']));
      return { path, what: 'is missing', remedy: 'Add it.' };
    }
    case 'additionalProperties': {
      const path = join(at, String(params['additionalProperty']));
      return {
        path,
        what: 'is unknown to the schema',
        remedy: 'Correct its spelling or remove it.',
      };
    }
    case 'maxLength':
      return {
        path: at,
        what: `is longer than ${given('limit')} characters`,
        remedy: 'Shorten it; Teams refuses longer ones.',
      };
    case 'maxItems':
      return { path: at, what: `has more than ${given('limit')} items`, remedy: 'Remove some.' };
    case 'enum':
      return {
        path: at,
        what: 'is none of the allowed values',
        remedy: `Use one of ${given('allowedValues')}.`,
      };
    case 'const':
      return { path: at, what: 'has another value', remedy: `Write ${given('allowedValue')}.` };
    case 'type':
      return { path: at, what: 'has the wrong type', remedy: `Write a ${given('type')}.` };
    case 'pattern':
      return { path: at, what: 'is malformed', remedy: `It must match ${given('pattern')}.` };
    default:
      return { path: at, what: error.message ?? error.keyword, remedy: `See ${error.schemaPath}.` };
  }
}

/** `/bots/0/botId` as `bots[0].botId`; keys with dots of their own (localisation) stay whole. */
function readable(pointer: string): string {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce(join, '');
}

function join(path: string, step: string): string {
  if (path === '') return step;
  return /^\d+$/.test(step) ? `${path}[${step}]` : `${path}.${step}`;
}
