import { beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Article } from '../../../services/domain/article.ts';
import {
  type ArticleRevisionId,
  idOf,
  type TopicId,
  type UserId,
} from '../../../services/domain/ids.ts';
import { createEditing, type Editing } from '../../../services/editing/index.ts';
import {
  articleSource,
  type LiveKnowledge,
  loadArticles,
} from '../../../services/knowledge/index.ts';
import { parseArticleSource } from '../../../services/knowledge/parse-article-source.ts';
import type { Store } from '../../../services/store/index.ts';
import { createMemoryStore } from '../../support/memory-store.ts';
import { createRecordingLog } from '../../support/recording-log.ts';
import { smallKnowledge } from '../../support/small-knowledge.ts';

const eva = idOf<UserId>('eva');
const per = idOf<UserId>('per');
const topic = idOf<TopicId>('pending-send');
const clock = { now: () => Date.parse('2026-11-23T08:00:00.000Z') };

let knowledge: LiveKnowledge;
let store: Store;
let editing: Editing;
const recording = createRecordingLog();

const open = (): Editing => createEditing({ store, clock, log: recording, knowledge });
const begin = (author: UserId, examples: readonly string[] = []) =>
  editing.begin({
    author,
    topic,
    examples: examples.map((text) => ({ text, language: 'sv' as const })),
  });

const freshKnowledge = (): Promise<LiveKnowledge> =>
  smallKnowledge(['pending-send', 'gmail', 'other-org']);

const released = () => knowledge.article(topic)!.title.sv;
let title: string;

beforeEach(async () => {
  knowledge = await freshKnowledge();
  store = createMemoryStore({ clock });
  editing = open();
  title = released();
});

describe('the source of an article', () => {
  it('says the same as the file, for every article that is shipped', async () => {
    const loaded = await loadArticles('data/knowledge');
    if (loaded.kind === 'invalid') expect.fail('the articles are invalid');
    for (const article of loaded.articles.values()) {
      expect(parseArticleSource('x.yaml', articleSource(article))).toEqual({ article });
    }
  });
});

describe('a draft', () => {
  it('is its author’s alone, and changes nothing for anybody until it is published', async () => {
    await begin(eva);
    await editing.save(topic, eva, 'texts', { 'title.sv': 'En ny rubrik' });
    expect(await editing.draft(topic, per)).toBeNull();
    expect(released()).toBe(title);
  });

  it('keeps what was typed though it is not valid, and says what is wrong', async () => {
    await begin(eva);
    const saved = await editing.save(topic, eva, 'texts', { 'title.sv': '' });
    expect(saved?.article).toBeNull();
    expect(saved?.problems).toMatchObject([{ path: 'title.sv' }]);
    expect(await editing.publish(topic, eva)).toMatchObject({ kind: 'invalid' });
    expect((await editing.draft(topic, eva))?.draft.source).toContain('sv: ""');
  });

  it('goes on where it was left, with the examples of both beginnings', async () => {
    await begin(eva, ['ett']);
    await editing.save(topic, eva, 'texts', { 'title.sv': 'En ny rubrik' });
    const again = await begin(eva, ['två']);
    expect(again?.source).toContain('En ny rubrik');
    expect(again?.examples).toEqual(['ett', 'två']);
  });

  it('has what people asked among the questions of the language that they asked it in', async () => {
    const example = { text: 'Why is my calendar <name> purple?', language: 'en' } as const;
    for (const about of [topic, null]) {
      const draft = await editing.begin({ author: eva, topic: about, examples: [example] });
      const source = parse(draft!.source) as { questions: { sv: string[]; en: string[] } };
      expect(source.questions.en).toContain(example.text);
      expect(source.questions.sv).not.toContain(example.text);
    }
  });
});

describe('publishing', () => {
  it('puts the article in force at once, with who and when in history and audit', async () => {
    await begin(eva);
    await editing.save(topic, eva, 'texts', { 'title.sv': 'Väntar på att skickas' });
    expect(await editing.publish(topic, eva)).toEqual({ kind: 'published', topic, revision: 1 });
    expect(released()).toBe('Väntar på att skickas');
    const answer = await knowledge.diagnose('Väntar på att skickas');
    expect(answer.matches[0]?.topic).toBe(topic);
    expect(await editing.history(topic)).toMatchObject([
      { revision: 1, change: 'edited', author: eva },
    ]);
    expect(await store.readAudit(1)).toMatchObject([{ action: 'publish-article', actor: eva }]);
    expect(await editing.draft(topic, eva)).toBeNull();
  });

  it('is refused to who began before somebody else published, and their draft stays', async () => {
    await begin(per);
    await begin(eva);
    await editing.publish(topic, eva);
    expect(await editing.publish(topic, per)).toMatchObject({ kind: 'overtaken', by: eva });
    expect(await editing.draft(topic, per)).not.toBeNull();
  });

  it('is refused while a text that it was written for is answered with something else', async () => {
    const example = 'blixtgurka trädgårdstomte kvällspromenad solnedgång';
    await begin(eva, [example]);
    const questions = knowledge.article(topic)!.questions.sv.join('\n');
    await editing.save(topic, eva, 'questions', { 'questions.sv': questions });
    expect(await editing.publish(topic, eva)).toEqual({
      kind: 'examples-unanswered',
      examples: [example],
    });
    expect(await editing.history(topic)).toEqual([]);
  });

  it('takes some seconds, and what its author saves meanwhile is the draft of the next revision', async () => {
    await begin(eva);
    const { build } = knowledge;
    knowledge.build = async (articles) => {
      await editing.save(topic, eva, 'texts', { 'title.sv': 'Skrivet under tiden' });
      return build(articles);
    };
    await editing.publish(topic, eva);
    knowledge.build = build;
    expect(released()).toBe(title);
    expect(await editing.publish(topic, eva)).toMatchObject({ kind: 'published', revision: 2 });
    expect(released()).toBe('Skrivet under tiden');
  });

  it('survives a restart though articles name, and take wordings from, one another', async () => {
    const names = (id: string) => idOf<TopicId>(id);
    const wording = knowledge.article(names('gmail'))!.templates[0]!;
    const publish = async (about: TopicId, change: (article: Article) => Article) => {
      await editing.begin({ author: eva, topic: about, examples: [] });
      const source = articleSource(change(knowledge.article(about)!));
      await editing.save(about, eva, 'source', { source });
      expect(await editing.publish(about, eva)).toMatchObject({ kind: 'published' });
    };
    await publish(names('gmail'), (article) => ({
      ...article,
      templates: article.templates.filter(({ text }) => text !== wording.text),
    }));
    await publish(names('other-org'), (article) => ({
      ...article,
      templates: [...article.templates, wording],
    }));
    // Read first, whatever the store's order: the wording is still in the released article then.
    const find: Store['find'] = async (...asked) => [...(await store.find(...asked))].reverse();
    for (const order of [store, { ...store, find }]) {
      knowledge = await freshKnowledge();
      editing = createEditing({ store: order, clock, log: recording, knowledge });
      await editing.start();
      const texts = knowledge.article(names('other-org'))!.templates.map(({ text }) => text);
      expect(texts).toContain(wording.text);
    }
  });

  it('under an id that was used before goes on with its history', async () => {
    const id = idOf<TopicId>('purple-calendar');
    const before = {
      id: idOf<ArticleRevisionId>('purple-calendar:1'),
      topic: id,
      revision: 1,
      change: 'created',
      source: 'id: purple-calendar',
      author: per,
      publishedAt: '2026-11-22T08:00:00.000Z',
    } as const;
    await store.transact((transaction) => transaction.put('articleRevisions', before));
    const draft = await editing.begin({ author: eva, topic: null, examples: [] });
    const source = articleSource({
      ...knowledge.article(topic)!,
      id,
      kind: 'guide',
      templates: [],
      decoys: [],
    });
    await editing.save(draft!.topic, eva, 'source', { source });
    expect(await editing.publish(draft!.topic, eva)).toMatchObject({ topic: id, revision: 2 });
    expect((await editing.history(id)).map(({ author }) => author)).toEqual([eva, per]);
  });

  it('survives a restart; a revision that no longer holds is left out and logged', async () => {
    await begin(eva);
    await editing.save(topic, eva, 'texts', { 'title.sv': 'Efter omstarten' });
    await editing.publish(topic, eva);
    await store.transact((transaction) =>
      transaction.put('articleRevisions', {
        id: idOf<ArticleRevisionId>('gmail:1'),
        topic: idOf<TopicId>('gmail'),
        revision: 1,
        change: 'edited',
        source: 'id: gmail',
        author: eva,
        publishedAt: '2026-11-23T08:00:00.000Z',
      }),
    );
    knowledge = await freshKnowledge();
    await open().start();
    expect(released()).toBe('Efter omstarten');
    expect(knowledge.article(idOf<TopicId>('gmail'))).not.toBeNull();
    expect(recording.lines).toContainEqual(
      expect.objectContaining({ event: 'article-revision-invalid' }),
    );
  });
});

describe('going back', () => {
  it('is a revision of its own, to any earlier one or to the release', async () => {
    for (const words of ['Första', 'Andra']) {
      await begin(eva);
      await editing.save(topic, eva, 'texts', { 'title.sv': words });
      await editing.publish(topic, eva);
    }
    const back = (to: number, from: number) => editing.rollBack({ topic, to, from, author: per });
    expect(await back(1, 2)).toEqual({ kind: 'rolled-back', revision: 3 });
    expect(released()).toBe('Första');
    expect(await back(0, 3)).toEqual({ kind: 'rolled-back', revision: 4 });
    expect(released()).toBe(title);
    expect((await editing.history(topic)).map(({ change }) => change)).toEqual([
      'rolled-back',
      'rolled-back',
      'edited',
      'edited',
    ]);
  });

  it('changes nothing when somebody published meanwhile, or to what never was', async () => {
    await begin(eva);
    await editing.publish(topic, eva);
    const wish = { topic, author: per } as const;
    expect(await editing.rollBack({ ...wish, to: 0, from: 0 })).toEqual({ kind: 'overtaken' });
    expect(await editing.rollBack({ ...wish, to: 7, from: 1 })).toEqual({
      kind: 'unknown-revision',
    });
    expect(await editing.history(topic)).toHaveLength(1);
  });
});

describe('going back to the release', () => {
  it('is refused while another article has taken one of its wordings', async () => {
    const gmail = idOf<TopicId>('gmail');
    const [wording] = knowledge.article(gmail)!.templates;
    for (const [about, templates] of [
      [gmail, knowledge.article(gmail)!.templates.slice(1)],
      [topic, [wording!]],
    ] as const) {
      await editing.begin({ author: eva, topic: about, examples: [] });
      const article = { ...knowledge.article(about)!, kind: 'alert', templates } as const;
      await editing.save(about, eva, 'source', { source: articleSource(article) });
      expect(await editing.publish(about, eva)).toMatchObject({ kind: 'published' });
    }
    const wish = { topic: gmail, to: 0, from: 1, author: per } as const;
    expect(await editing.rollBack(wish)).toEqual({ kind: 'unknown-revision' });
  });
});

describe('a new article', () => {
  it('begins with the examples as questions, lists what is missing, and gets its id in the source', async () => {
    const draft = await editing.begin({
      author: eva,
      topic: null,
      examples: [{ text: 'Hur färgar jag kalendern lila?', language: 'sv' }],
    });
    const checked = await editing.draft(draft!.topic, eva);
    expect(checked?.article).toBeNull();
    expect(checked?.problems.map(({ path }) => path)).toContain('title.sv');
    expect(draft?.source).toContain('Hur färgar jag kalendern lila?');
    const filled = articleSource({
      ...knowledge.article(topic)!,
      id: idOf<TopicId>('purple-calendar'),
      catalogue: 'later',
      kind: 'guide',
      templates: [],
      decoys: [],
      title: { sv: 'Lila kalender', en: 'Purple calendar' },
      questions: {
        sv: Array.from({ length: 10 }, (_, index) => `Hur färgar jag kalendern lila ${index}?`),
        en: Array.from(
          { length: 10 },
          (_, index) => `How do I colour the calendar purple ${index}?`,
        ),
      },
    });
    await editing.save(draft!.topic, eva, 'source', { source: filled });
    const published = await editing.publish(draft!.topic, eva);
    expect(published).toMatchObject({ kind: 'published', topic: 'purple-calendar', revision: 1 });
    expect(await editing.history(idOf<TopicId>('purple-calendar'))).toMatchObject([
      { change: 'created' },
    ]);
    const answer = await knowledge.diagnose('hur kan jag färga kalendern lila');
    expect(answer.matches.map((match) => match.topic)).toContain('purple-calendar');
  });
});
