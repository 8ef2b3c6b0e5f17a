import { setImmediate } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Knowledge } from '../../../services/knowledge/index.ts';
import { realKnowledge } from '../../support/real-knowledge.ts';

const MEGABYTE = 1024 * 1024;

let knowledge: Knowledge;
let alert: string;
beforeAll(async () => {
  knowledge = await realKnowledge();
  const article = knowledge.articles().find(({ id }) => id === 'bad-credentials');
  const slots = { mailbox: 'Maja Falk', profile: 'EX' };
  const wording = { lang: 'en', generation: 1, direction: 'incoming', slots } as const;
  alert = (article && knowledge.renderAlert({ article, ...wording })) ?? '';
});

function filled(piece: string, length: number): string {
  return piece.repeat(Math.ceil(length / piece.length)).slice(0, length);
}

describe('a text of a megabyte', () => {
  it.each([
    ['one word', 'a'],
    ['quotation marks', '"'],
    ['tags that are never closed', '<p'],
    ['nested tags', '<div><b>'],
    ['ampersands', '&'],
    ['entities that are never closed', '&aring'],
    ['entities', '&amp;'],
    ['the beginning of an alert', 'Email cannot be received for the mailbox '],
    ['one template word', 'mailbox '],
    ['misspelt template words', 'mailbxo recieved profiel ownre '],
    ['the beginning of an error code', 'Http server returned '],
    ['combining marks', 'a\u0301\u0302'],
    ['surrogates that stand alone', '\ud83d'],
    ['nothing', ' \n'],
    ['null characters', '\u0000'],
  ])('made of %s is not answered, and partly read', async (_, piece) => {
    const diagnosis = await knowledge.diagnose(filled(piece, MEGABYTE));
    expect(diagnosis).toMatchObject({ outcome: 'none', matches: [], partlyRead: true });
  });

  it.each([
    ['at its beginning', (noise: string) => `${alert}\n\n${noise}`],
    ['at its end', (noise: string) => `${noise}\n\n${alert}`],
  ])('still shows the alert %s', async (_, place) => {
    const noise = filled('2024-03-01 10:00 INFO pool warmed, 12 items, 0 pending\n', MEGABYTE);
    const { matches, partlyRead } = await knowledge.diagnose(place(noise));
    expect(matches.map(({ slots }) => slots.mailbox)).toEqual(['Maja Falk']);
    expect(partlyRead).toBe(true);
  });

  it('lets others have their turn while it is read', async () => {
    let done = false;
    const reading = knowledge.diagnose(filled(`${alert} `, MEGABYTE)).finally(() => {
      done = true;
    });
    let turns = 0;
    while (!done) {
      await setImmediate();
      turns++;
    }
    expect((await reading).outcome).toBe('match');
    expect(turns).toBeGreaterThan(3);
  });
});

describe('a text of 100 KB', () => {
  it('is read as a whole', async () => {
    const noise = filled('2024-03-01 10:00 INFO pool warmed\n', 60 * 1024);
    const diagnosis = await knowledge.diagnose(`${noise}\n${alert}\n${noise.slice(0, 30 * 1024)}`);
    expect(diagnosis).toMatchObject({ outcome: 'match', partlyRead: false });
  });

  it('gives the same answer in one go as in turns', async () => {
    const text = `${filled('INFO mailbox poll finished, profile loaded\n', 50_000)}\n${alert}`;
    expect(knowledge.diagnoseNow(text)).toEqual(await knowledge.diagnose(text));
  });
});
