import { beforeEach, describe, expect, it } from 'vitest';
import {
  idOf,
  type TopicId,
  type UnansweredId,
  type UserId,
} from '../../../services/domain/ids.ts';
import type { Store } from '../../../services/store/index.ts';
import { createUnansweredTexts, type UnansweredTexts } from '../../../services/unanswered/index.ts';
import { createMemoryStore } from '../../support/memory-store.ts';
import { realKnowledge } from '../../support/real-knowledge.ts';
import { silentLog } from '../../support/silent-log.ts';

const knowledge = await realKnowledge();
const admin = idOf<UserId>('admin');
let store: Store;
let texts: UnansweredTexts;
let now: number;

beforeEach(() => {
  now = Date.parse('2026-11-23T08:00:00.000Z');
  const clock = { now: () => now };
  store = createMemoryStore({ clock });
  texts = createUnansweredTexts({
    store,
    clock,
    log: silentLog,
    articles: () => knowledge.articles(),
    namesIn: async (words) => (words.includes('lundin') ? ['Erik Lundin'] : []),
  });
});

const ask = async (...asked: string[]): Promise<void> => {
  for (const text of asked) {
    now += 1_000;
    await texts.keep({ text, lang: 'sv', near: null });
  }
};

describe('texts that nothing documented answers', () => {
  it('are gathered by likeness and counted, the most asked first', async () => {
    await ask(
      'Kan jag signera mejl med en delad signatur?',
      'Hur färgar jag kalendern lila?',
      'kan man signera mejlen med delad signatur',
      'Går det att signera ett mejl med delade signaturer?',
    );
    const open = await texts.open();
    expect(open.map(({ count }) => count)).toEqual([3, 1]);
    expect(open[0]?.examples).toHaveLength(3);
  });

  it('name nobody, in whatever way the name was written', async () => {
    await ask('Hur färgar jag kalendern för erik lundin (erik.lundin@contoso.example) lila?');
    const kept = JSON.stringify(await store.find('unanswered'));
    expect(kept.toLowerCase()).not.toMatch(/lundin|contoso/u);
    expect(kept).toContain('kalendern');
  });

  it('that consist of names are not kept', async () => {
    await ask('Erik Lundin', 'x@y.example');
    expect(await texts.open()).toEqual([]);
  });

  it('are listed no more once they were dismissed, and texts like them neither', async () => {
    await ask('Hur färgar jag kalendern lila?');
    const [first] = await texts.open();
    expect(await texts.dismiss(first!.id, admin)).toBe('dismissed');
    await ask('hur färgar man kalendern lila');
    expect(await texts.open()).toEqual([]);
    expect(await texts.find(first!.id)).toMatchObject({ count: 2, state: 'dismissed' });
    expect(await store.readAudit(1)).toMatchObject([
      { actor: 'admin', action: 'dismiss-unanswered', subject: first!.id },
    ]);
  });

  it('tell which article is being written for them', async () => {
    await ask('Hur färgar jag kalendern lila?');
    const [first] = await texts.open();
    await texts.drafted(first!.id, { topic: idOf<TopicId>('purple-calendar') });
    expect(await texts.find(first!.id)).toMatchObject({
      state: 'drafted',
      topic: 'purple-calendar',
    });
  });

  it('are unanswered again when the draft is thrown away that was begun for them', async () => {
    await ask('Hur färgar jag kalendern lila?', 'Kan jag signera mejl med en delad signatur?');
    const topic = idOf<TopicId>('purple-calendar');
    const [second, first] = await texts.open();
    await texts.drafted(first!.id, { topic });
    await texts.drafted(second!.id, { topic });
    await texts.abandoned({ topic, examples: [first!.examples[0]!.text] });
    expect(await texts.open()).toMatchObject([{ id: first!.id, topic: null }]);
  });

  it('keep a few examples each, and never more than some hundreds of kinds', async () => {
    await ask(
      ...Array.from({ length: 9 }, (_, index) => `färga kalendern lila ${'mycket '.repeat(index)}`),
    );
    const [only] = await texts.open();
    expect(only?.examples.length).toBeLessThanOrEqual(5);
    await store.transact(async (transaction) => {
      for (let index = 0; index < 500; index++) {
        await transaction.put('unanswered', {
          ...only!,
          id: idOf<UnansweredId>(`x${index}`),
          examples: [],
          count: 1,
        });
      }
    });
    await ask('Helt andra ord om något främmande');
    expect((await store.find('unanswered')).length).toBeLessThanOrEqual(501);
  });
});
