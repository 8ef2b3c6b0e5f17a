import { unzipSync } from 'fflate';
import { PNG } from 'pngjs';
import { describe, expect, it } from 'vitest';
import { buildPackage } from '../../../manifest/build-package.ts';
import { drawColorIcon, drawOutlineIcon } from '../../../manifest/draw-icons.ts';
import { createSchemaCheck, schemaAddress } from '../../../manifest/schema-check.ts';
import { copyOfManifest, type Json, manifestFolder, settings } from './manifest-folder.ts';

// Only to compile Microsoft's large schemas once; it keeps nothing of a document.
const check = createSchemaCheck();

const schemaOf = (version: string) => schemaAddress(version, 'MicrosoftTeams.schema.json');
const command = (index: number, part: string) =>
  `bots[0].commandLists[0].commands[${index}].${part}`;

describe('the Teams app package', () => {
  it('holds the filled manifest, both languages and both icons, and nothing else', async () => {
    const built = await buildPackage(manifestFolder, settings, check);
    if (built.outcome !== 'built') throw new Error(JSON.stringify(built.problems));
    const files = unzipSync(built.zip);
    expect(Object.keys(files)).toEqual([
      'manifest.json',
      'en.json',
      'sv.json',
      'color.png',
      'outline.png',
    ]);
    const manifest = JSON.parse(new TextDecoder().decode(files['manifest.json'])) as Json;
    expect(manifest).toMatchObject({
      version: '1.4.0',
      id: settings.APP_ID,
      developer: { name: 'Fabrikam "IT" $& Drift', privacyUrl: settings.PRIVACY_URL },
      bots: [{ botId: settings.APP_ID, scopes: ['personal', 'team', 'groupChat'] }],
      webApplicationInfo: { id: settings.APP_ID, resource: `api://botid-${settings.APP_ID}` },
    });
    expect(JSON.stringify(manifest)).not.toContain('${{');
  });

  it('is the same bytes from another checkout, whatever its line ends', async () => {
    const copy = await copyOfManifest(check);
    for (const file of ['manifest.json', 'sv.json']) {
      await copy.edit(file, () => undefined);
    }
    await copy.replace('en.json', '{', '{\r\n');
    const [ours, theirs] = [
      await buildPackage(manifestFolder, settings, check),
      await copy.build(),
    ];
    expect(theirs).toEqual(ours);
  });
});

describe('a mistake in the manifest is named', () => {
  const mistakes: readonly [string, (manifest: Json) => void, string][] = [
    [
      'a missing property',
      (manifest) => Reflect.deleteProperty(manifest, 'accentColor'),
      'manifest.json accentColor is missing',
    ],
    [
      'a property that the schema does not know',
      (manifest) => Object.assign(manifest, { clientSecret: 'x' }),
      'manifest.json clientSecret is unknown to the schema',
    ],
    [
      'a short name over 30 characters',
      (manifest) => Object.assign(manifest.name!, { short: 'M'.repeat(31) }),
      'manifest.json name.short is longer than 30 characters',
    ],
    [
      'a scope that Teams does not have',
      (manifest) => Object.assign(manifest.bots![0]!.scopes!, ['channel']),
      'manifest.json bots[0].scopes[0] is none of the allowed values',
    ],
    [
      'a colour that is none',
      (manifest) => Object.assign(manifest, { accentColor: 'teal' }),
      'manifest.json accentColor is malformed',
    ],
    [
      'a number where a text belongs',
      (manifest) => Object.assign(manifest.name!, { full: 7 }),
      'manifest.json name.full has the wrong type',
    ],
    [
      'a $schema of another version',
      (manifest) => Object.assign(manifest, { $schema: 'https://example.com/schema.json' }),
      'manifest.json $schema is not the schema of manifestVersion',
    ],
    [
      'a preview manifest version',
      (manifest) => Object.assign(manifest, { manifestVersion: 'devPreview' }),
      'manifest.json manifestVersion there is no released manifest schema devPreview',
    ],
    [
      'no manifest version at all',
      (manifest) => Reflect.deleteProperty(manifest, 'manifestVersion'),
      'manifest.json manifestVersion is missing',
    ],
    [
      'a wildcard domain',
      (manifest) => Object.assign(manifest, { validDomains: ['*.example.com'] }),
      'manifest.json validDomains[0] is no host name',
    ],
    [
      'a placeholder that nothing fills',
      (manifest) => Object.assign(manifest, { version: '${{BUILD}}' }),
      'manifest.json version unknown placeholder in “${{BUILD}}”',
    ],
    [
      'another application in webApplicationInfo',
      (manifest) =>
        Object.assign(manifest.webApplicationInfo!, { id: '11111111-1111-4111-8111-111111111111' }),
      'manifest.json webApplicationInfo.id differs from bots[0].botId',
    ],
    [
      'a resource that people cannot sign in to silently',
      (manifest) =>
        Object.assign(manifest.webApplicationInfo!, { resource: `api://${settings.APP_ID}` }),
      'manifest.json webApplicationInfo.resource does not name the bot',
    ],
    [
      'no host to sign in at',
      (manifest) => Object.assign(manifest, { validDomains: ['bot.contoso.example'] }),
      'manifest.json validDomains lacks token.botframework.com',
    ],
    [
      'a command given twice',
      (manifest) =>
        Object.assign(manifest.bots![0]!.commandLists![0]!.commands![1]!, { title: 'help' }),
      `manifest.json ${command(1, 'title')} repeats “help” of commands[0]`,
    ],
    [
      'no localisation, which the schema would allow',
      (manifest) => Reflect.deleteProperty(manifest, 'localizationInfo'),
      'manifest.json localizationInfo Invalid input: expected object, received undefined',
    ],
    [
      'an icon outside the folder',
      (manifest) => Object.assign(manifest.icons!, { color: '../color.png' }),
      '../color.png  cannot be read',
    ],
  ];
  it.each(mistakes)('%s', async (_, spoil, problem) => {
    const copy = await copyOfManifest(check);
    await copy.edit('manifest.json', spoil);
    expect(await copy.problems()).toContain(problem);
  });

  it('an unknown manifest version, once and not for each language again', async () => {
    const copy = await copyOfManifest(check);
    await copy.edit('manifest.json', (manifest) => {
      Object.assign(manifest, { manifestVersion: '1.18', $schema: schemaOf('1.18') });
    });
    expect(await copy.problems()).toEqual([
      'manifest.json manifestVersion there is no released manifest schema 1.18',
    ]);
  });

  it('more commands than Teams shows', async () => {
    const copy = await copyOfManifest(check);
    await copy.edit('manifest.json', (manifest) => {
      const extra = Array.from({ length: 13 }, (_, index) => ({
        title: `command ${index}`,
        description: 'one too many',
      }));
      Object.assign(manifest.bots![0]!.commandLists![0]!, { commands: extra });
    });
    expect(await copy.problems()).toContain(
      'manifest.json bots[0].commandLists[0].commands has more than 12 items',
    );
  });

  it('broken JSON, with nothing else to distract from it', async () => {
    const copy = await copyOfManifest(check);
    await copy.replace('manifest.json', ',', ';');
    const problems = await copy.problems();
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/^manifest\.json .*JSON/);
  });
});

describe('a mistake in a setting is named', () => {
  it.each([
    [{ APP_ID: '42' }, 'manifest.json id is malformed'],
    [{ APP_ID: '00000000-0000-0000-0000-000000000000' }, 'manifest.json id is the empty GUID'],
    [{ APP_VERSION: '1.0' }, 'manifest.json version is not three numbers'],
    [
      { WEBSITE_URL: 'http://fabrikam.example' },
      'manifest.json developer.websiteUrl is no https address',
    ],
    [{ TERMS_URL: 'fabrikam' }, 'manifest.json developer.termsOfUseUrl is no https address'],
    [
      { DEVELOPER_NAME: 'F'.repeat(33) },
      'manifest.json developer.name is longer than 32 characters',
    ],
  ])('%o', async (changed, problem) => {
    const copy = await copyOfManifest(check);
    expect(await copy.problems(changed)).toContain(problem);
  });
});

describe('a mistake in a language is named', () => {
  it('a text that one language lacks', async () => {
    const copy = await copyOfManifest(check);
    await copy.edit('sv.json', (texts) => Reflect.deleteProperty(texts, command(3, 'title')));
    expect(await copy.problems()).toEqual([`sv.json ${command(3, 'title')} is not translated`]);
  });

  it('a text that Microsoft requires, once only', async () => {
    const copy = await copyOfManifest(check);
    await copy.edit('sv.json', (texts) => Reflect.deleteProperty(texts, 'name.short'));
    expect(await copy.problems()).toEqual(['sv.json name.short is missing']);
  });

  it('a translation of a command that is not there', async () => {
    const copy = await copyOfManifest(check);
    await copy.edit('sv.json', (texts) => Object.assign(texts, { [command(10, 'title')]: 'elva' }));
    expect(await copy.problems()).toEqual([
      `sv.json ${command(10, 'title')} translates nothing in manifest.json`,
    ]);
  });

  it('a short description over 80 characters', async () => {
    const copy = await copyOfManifest(check);
    await copy.edit('sv.json', (texts) =>
      Object.assign(texts, { 'description.short': 'å'.repeat(81) }),
    );
    expect(await copy.problems()).toEqual([
      'sv.json description.short is longer than 80 characters',
    ]);
  });

  it('an English file that says something else than the manifest', async () => {
    const copy = await copyOfManifest(check);
    await copy.edit('en.json', (texts) => Object.assign(texts, { 'name.full': 'Postman' }));
    expect(await copy.problems()).toEqual(['en.json name.full differs from manifest.json']);
  });

  it('a language file that is not there, beside a mistake in the manifest', async () => {
    const copy = await copyOfManifest(check);
    await copy.edit('manifest.json', (manifest) => {
      Object.assign(manifest, { accentColor: 'teal' });
      Object.assign(manifest.localizationInfo!.additionalLanguages![0]!, { file: 'se.json' });
    });
    expect(await copy.problems()).toEqual([
      'manifest.json accentColor is malformed',
      'se.json  cannot be read',
    ]);
  });
});

describe('a mistake in an icon is named', () => {
  const spoilt = (picture: PNG, spoil: (picture: PNG) => void) => {
    spoil(picture);
    return PNG.sync.write(picture);
  };
  it.each([
    ['color.png', new TextEncoder().encode('no picture'), 'is no readable PNG'],
    ['color.png', PNG.sync.write(drawOutlineIcon()), 'is 32 x 32, not 192 x 192 pixels'],
    ['outline.png', PNG.sync.write(drawColorIcon()), 'is 192 x 192, not 32 x 32 pixels'],
    [
      'color.png',
      spoilt(drawColorIcon(), ({ data }) => data.fill(0, 3, 4)),
      'has transparent parts',
    ],
    ['outline.png', spoilt(drawOutlineIcon(), ({ data }) => data.fill(0)), 'shows nothing'],
    [
      'outline.png',
      spoilt(drawOutlineIcon(), ({ data }) => data.fill(255)),
      'has no transparent background',
    ],
    [
      'outline.png',
      spoilt(drawOutlineIcon(), ({ data }) => data.set([255, 0, 0, 255])),
      'is not only white',
    ],
  ])('%s', async (file, bytes, what) => {
    const copy = await copyOfManifest(check);
    await copy.write(file, bytes);
    expect(await copy.problems()).toEqual([`${file}  ${what}`]);
  });
});
