import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { AlertTemplate, Article } from '../../../services/domain/article.ts';
import { idOf, type TopicId } from '../../../services/domain/ids.ts';
import type { Direction } from '../../../services/domain/mailbox.ts';
import { loadArticles } from '../../../services/knowledge/load-articles.ts';

let articles: ReadonlyMap<TopicId, Article>;

beforeAll(async () => {
  const result = await loadArticles(join(import.meta.dirname, '../../../data/knowledge'));
  if (result.kind === 'invalid') expect.fail(JSON.stringify(result.problems, null, 1));
  articles = result.articles;
});

function article(id: string): Article {
  return articles.get(idOf<TopicId>(id)) ?? expect.fail(`no article ${id}`);
}

/** Wordings that the engine can fill with what it knows of a mailbox that just failed. */
function renderable(
  of: Article,
  lang: string,
  direction: Direction,
  nature: 'permanent' | 'transient',
): readonly AlertTemplate[] {
  return of.templates.filter(
    (template) =>
      template.lang === lang &&
      template.directions.includes(direction) &&
      (template.generation === 3) === (nature === 'transient') &&
      template.text.includes('{mailbox}') &&
      !template.text.includes('{subject}'),
  );
}

const LANGS = ['sv', 'en'] as const;
const EMAIL: readonly Direction[] = ['incoming', 'outgoing'];
const ALL: readonly Direction[] = [...EMAIL, 'act'];
const RAISED: readonly (readonly [string, readonly Direction[], 'with retries' | 'at once'])[] = [
  ['secure-connection', EMAIL, 'with retries'],
  ['mailbox-disabled-sync', ['act'], 'with retries'],
  ['location-undetermined', ALL, 'with retries'],
  ['bad-credentials', ALL, 'with retries'],
  ['connection-failed', ALL, 'with retries'],
  ['o365-approval', ALL, 'at once'],
  ['approval-required', ALL, 'at once'],
  ['insecure-credentials', ALL, 'at once'],
];

describe('the articles that the embedded engine raises', () => {
  it.each(RAISED)(
    '%s names the mailbox in every language and direction',
    (id, directions, kind) => {
      const of = article(id);
      expect(of.raisedFor).not.toEqual([]);
      for (const lang of LANGS) {
        for (const direction of directions) {
          expect(renderable(of, lang, direction, 'permanent'), `${lang} ${direction}`).not.toEqual(
            [],
          );
          if (kind === 'at once') continue;
          expect(renderable(of, lang, direction, 'transient'), `${lang} ${direction}`).not.toEqual(
            [],
          );
        }
      }
    },
  );

  it('claim Microsoft as the author of a Swedish wording only where the Swedish page has it', () => {
    for (const of of articles.values()) {
      const published = of.templates.filter(
        ({ lang, origin }) => lang === 'sv' && origin === 'microsoft',
      );
      // The Swedish page is from 2017 and prints the permanent wordings of its time.
      expect(
        published.filter(({ generation }) => generation === 3),
        of.id,
      ).toEqual([]);
    }
  });
});

describe('the article on credentials over an insecure channel', () => {
  const scripts = (): readonly string[] =>
    article('insecure-credentials').steps.flatMap(({ code }) => (code ? [code.text] : []));
  const changing = (): readonly string[] =>
    scripts().filter((text) => text.includes('Set-CrmAdvancedSetting'));

  it('is for on-premises alone and warns before it lowers security', () => {
    const of = article('insecure-credentials');
    expect(of.appliesTo).toEqual(['on-premises']);
    expect(of.notices[0]?.kind).toBe('risk');
    expect(of.steps.every(({ navigation }) => navigation?.online === undefined)).toBe(true);
  });

  it('adds the setting to the entity in every script that changes one', () => {
    expect(changing()).toHaveLength(3);
    for (const script of changing()) {
      const lines = script.split('\n').map((line) => line.trim());
      const created = lines.indexOf(
        '$configEntity.Attributes = New-Object "Microsoft.Xrm.Sdk.Deployment.AttributeCollection"',
      );
      expect(lines[0]).toBe('Add-PSSnapin Microsoft.Crm.PowerShell');
      expect(created).toBeGreaterThan(0);
      expect(lines[created + 1]).toBe('$configEntity.Attributes.Add($itemSetting)');
      expect(lines[created + 2]).toBe('Set-CrmAdvancedSetting -Entity $configEntity');
      // The page of 2017 has a second statement fused to the first one.
      expect(script).not.toContain('customcodesettings');
    }
  });

  it('ends by putting both settings back', () => {
    const last = changing().at(-1);
    expect(last).toContain('AllowCredentialsEntryViaInsecureChannels');
    expect(last).toContain('ECAllowNonSSLEmail');
    expect(last).toContain('($name, 0)');
  });
});

describe('every article of the document', () => {
  it('fits a card: at most eight steps of one action each', () => {
    for (const of of articles.values()) {
      expect(of.steps.length, of.id).toBeLessThanOrEqual(8);
      for (const step of of.steps) {
        for (const lang of LANGS) expect(step.text[lang].length, of.id).toBeLessThanOrEqual(300);
      }
    }
  });

  it('names the menus of each deployment in both languages', () => {
    for (const of of articles.values()) {
      for (const { navigation } of of.steps) {
        for (const path of [navigation?.online, navigation?.onPremises]) {
          if (path === undefined) continue;
          expect(path.sv.split(' > ').length, `${of.id}: ${path.sv}`).toBe(
            path.en.split(' > ').length,
          );
        }
      }
    }
  });

  it('puts test & enable after what it waits for, where an approval is missing', () => {
    for (const id of ['o365-approval', 'approval-required']) {
      const { steps, remedies } = article(id);
      expect(steps[0]?.when).toBe('not-approved');
      expect(steps.at(-1)?.when).toBe('always');
      expect(remedies[0]).toBe('approve-email');
    }
  });
});
