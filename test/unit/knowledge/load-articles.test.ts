import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { type LoadedArticles, loadArticles } from '../../../services/knowledge/load-articles.ts';
import type { Problem } from '../../../services/observability/index.ts';

const knowledge = join(import.meta.dirname, '../../../data/knowledge');
const folders: string[] = [];

afterEach(async () => {
  await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true })));
});

async function folderOf(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'articles-'));
  folders.push(folder);
  await Promise.all(
    Object.entries(files).map(([name, text]) => writeFile(join(folder, name), text)),
  );
  return folder;
}

const text = { sv: 'Svensk text', en: 'English text' };
const questions = Array.from({ length: 10 }, (_, index) => `Question ${index}`);

function articleText(changes: Readonly<Record<string, unknown>> = {}): string {
  return stringify({
    id: 'lost-mail',
    kind: 'alert',
    level: 'error',
    scope: 'mailbox',
    nature: 'permanent',
    appliesTo: ['online'],
    title: text,
    meaning: text,
    cause: text,
    steps: [{ text, who: 'user' }],
    templates: [
      {
        lang: 'en',
        generation: 2,
        text: 'Mail of {mailbox} was [sent|received|sent/received] into the void.',
        directions: ['incoming', 'outgoing'],
        origin: 'project',
      },
    ],
    questions: { sv: questions, en: questions },
    sources: [{ title: 'A page', url: 'https://example.com/page', read: '2026-11-01' }],
    checked: '2026-11-23',
    ...changes,
  });
}

function problemsOf(result: LoadedArticles): readonly Problem[] {
  return result.kind === 'invalid' ? result.problems : [];
}

async function problemsWith(
  changes: Readonly<Record<string, unknown>>,
): Promise<readonly Problem[]> {
  return problemsOf(await loadArticles(await folderOf({ 'lost-mail.yaml': articleText(changes) })));
}

describe('loading articles', () => {
  it('loads every article of data/knowledge', async () => {
    const result = await loadArticles(knowledge);
    expect(problemsOf(result)).toEqual([]);
    expect(result.kind === 'loaded' && result.articles.size).toBeGreaterThanOrEqual(20);
  });

  it('fills in what an author may leave out', async () => {
    const result = await loadArticles(await folderOf({ 'lost-mail.yaml': articleText() }));
    const articles = result.kind === 'loaded' ? [...result.articles.values()] : [];
    expect(articles).toHaveLength(1);
    expect(articles[0]).toMatchObject({
      steps: [{ when: 'always', serverTypes: [] }],
      notices: [],
      raisedFor: [],
      related: [],
    });
  });

  it('lists the problems of all files at once, each with file, path and remedy', async () => {
    const folder = await folderOf({
      'lost-mail.yaml': articleText({ level: 'panic', colour: 'red' }),
      'torn.yaml': 'id: torn\nkind: [alert\n',
      'found-mail.yaml': articleText({ related: ['lost-mail', 'nowhere'] }),
    });
    const problems = problemsOf(await loadArticles(folder));
    expect(problems.map(({ where, path }) => `${where} ${path}`)).toEqual([
      'found-mail.yaml id',
      'found-mail.yaml related[0]',
      'found-mail.yaml related[1]',
      'lost-mail.yaml level',
      'lost-mail.yaml colour',
      expect.stringMatching(/^torn\.yaml line 3, column \d+$/),
    ]);
    for (const problem of problems) {
      expect(problem.what).not.toBe('');
      expect(problem.remedy).not.toBe('');
    }
  });

  it('wants the id to be the name of the file', async () => {
    const [problem] = await problemsWith({ id: 'found-mail' });
    expect(problem).toMatchObject({ where: 'lost-mail.yaml', path: 'id' });
    expect(problem?.remedy).toContain('id: lost-mail');
  });

  it('refuses a failure reason that the engine does not have', async () => {
    const [problem] = await problemsWith({ raisedFor: ['timeout', 'bad-mood'] });
    expect(problem).toMatchObject({ path: 'raisedFor[1]' });
    expect(problem?.remedy).toContain('credentials-rejected');
  });

  it.each([
    ['Mail of {postbox} is lost', '{postbox}'],
    ['Mail of {mailbox is lost', "'{'"],
    ['Mail of mailbox} is lost', "'}'"],
    ['Mail was [sent|received] to [{mailbox}]', "'['"],
    ['Mail was [sent] by {mailbox}', '[sent]'],
    ['Mail was [sent||received]', '[sent||received]'],
    ['Mail was [sent|received', "'['"],
  ])('refuses the template %j', async (wording, named) => {
    const problems = await problemsWith({
      templates: [
        { lang: 'en', generation: 1, text: wording, directions: ['incoming'], origin: 'project' },
      ],
    });
    expect(problems.length).toBeGreaterThan(0);
    expect(problems[0]?.path).toBe('templates[0].text');
    expect(problems.map(({ what }) => what).join('\n')).toContain(named);
  });

  it('checks the wording of decoys like that of templates', async () => {
    const [problem] = await problemsWith({ decoys: [{ lang: 'en', text: 'The {dog} ate it' }] });
    expect(problem?.path).toBe('decoys[0].text');
  });

  it('refuses one wording in two articles', async () => {
    const folder = await folderOf({
      'lost-mail.yaml': articleText(),
      'void-mail.yaml': articleText({ id: 'void-mail' }),
    });
    const [problem] = problemsOf(await loadArticles(folder));
    expect(problem).toMatchObject({ where: 'void-mail.yaml', path: 'templates[0].text' });
    expect(problem?.what).toContain('lost-mail.yaml templates[0]');
  });

  it.each([
    ['read after the article was checked', '2026-11-24', 'sources[0].read'],
    ['read before the product existed', '2003-01-01', 'sources[0].read'],
    ['read on a day that does not exist', '2026-02-30', 'sources[0].read'],
  ])('refuses a source %s', async (_, read, path) => {
    const problems = await problemsWith({
      sources: [{ title: 'A page', url: 'https://example.com/page', read }],
    });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ where: 'lost-mail.yaml', path });
  });

  it('says what a field may hold', async () => {
    const [problem] = await problemsWith({ kind: 'rumour' });
    expect(problem).toMatchObject({ path: 'kind' });
    expect(problem?.remedy).toContain('known-limitation');
  });

  it('wants ten questions in each language', async () => {
    const [problem] = await problemsWith({ questions: { sv: questions, en: questions.slice(1) } });
    expect(problem).toMatchObject({ path: 'questions.en' });
  });

  it('reports a key that stands twice, which YAML readers often swallow', async () => {
    const folder = await folderOf({ 'lost-mail.yaml': `${articleText()}level: warning\n` });
    const [problem] = problemsOf(await loadArticles(folder));
    expect(problem?.path).toMatch(/^line \d+, column 1$/);
  });

  it('reports aliases that unfold without end instead of filling memory', async () => {
    const levels = Array.from({ length: 12 }, (_, level) =>
      level === 0
        ? 'a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]'
        : `a${level}: &a${level} [${Array(9)
            .fill(`*a${level - 1}`)
            .join(', ')}]`,
    );
    const folder = await folderOf({ 'lost-mail.yaml': levels.join('\n') });
    expect(problemsOf(await loadArticles(folder))).toHaveLength(1);
  });

  it('reports an empty and a missing folder', async () => {
    const empty = await folderOf({ 'README.md': 'no article' });
    for (const folder of [empty, join(empty, 'gone')]) {
      const problems = problemsOf(await loadArticles(folder));
      expect(problems).toHaveLength(1);
      expect(problems[0]?.where).toBe(folder);
    }
  });

  it('reports a file whose name ends in .yaml and that holds no article', async () => {
    const folder = await folderOf({ 'list.yaml': '- one\n- two\n', 'empty.yaml': '' });
    expect(problemsOf(await loadArticles(folder)).map(({ where }) => where)).toEqual([
      'empty.yaml',
      'list.yaml',
    ]);
  });

  it('keeps error codes that look like numbers as text', async () => {
    const source = parse(await readFile(join(knowledge, 'approval-required.yaml'), 'utf8')) as {
      readonly codes: readonly { readonly number: unknown }[];
    };
    expect(source.codes[0]?.number).toBe('8005E220');
  });
});
