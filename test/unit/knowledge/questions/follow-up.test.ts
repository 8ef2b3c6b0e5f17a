import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import {
  type FollowUp,
  FollowUpReader,
  followUpsSchema,
} from '../../../../services/knowledge/questions/follow-up.ts';
import { realKnowledge } from '../../../support/real-knowledge.ts';

const reader = new FollowUpReader(
  followUpsSchema.parse(parse(readFileSync('data/questions/follow-ups.yaml', 'utf8'))),
);

/** Thousands of questions in a hundred files. */
const LOADING_ARTICLES = 60_000;

type Said = Partial<FollowUp>;
const asked: readonly (readonly [string, Said])[] = [
  ['och för on-premises?', { deployment: 'on-premises' }],
  ['and for on-premises?', { deployment: 'on-premises' }],
  ['Ok, och i molnet?', { deployment: 'online' }],
  ['what if we run Exchange Online?', { deployment: 'online' }],
  ['hur gör man lokalt?', { asks: 'steps', deployment: 'on-premises' }],
  ['We are on-prem, who does it?', { asks: 'who', deployment: 'on-premises' }],
  ['var hittar jag det i den lokala versionen', { asks: 'where', deployment: 'on-premises' }],
  ['vem kan göra det?', { asks: 'who' }],
  ['Vilken roll krävs?', { asks: 'who' }],
  ['do I need to be an admin for that?', { asks: 'who' }],
  ['var klickar jag?', { asks: 'where' }],
  ['where do I click', { asks: 'where' }],
  ['varför?', { asks: 'why' }],
  ['Vad beror det på?', { asks: 'why' }],
  ['why is that', { asks: 'why' }],
  ['vad betyder det?', { asks: 'meaning' }],
  ["I don't get it", { asks: 'meaning' }],
  ['vad händer om jag inte gör något?', { asks: 'meaning' }],
  ['hur fixar jag det', { asks: 'steps' }],
  ['show me the steps again', { asks: 'steps' }],
  ['hur lång tid tar det?', { asks: 'duration' }],
  ['När stängs den av?', { asks: 'duration' }],
  ['when will it be disabled?', { asks: 'duration' }],
  ['will it go away by itself', { asks: 'duration' }],
  ['har du någon källa på det', { asks: 'sources' }],
  ['are you sure about that', { asks: 'sources' }],
  ['what about receiving?', { direction: 'receive' }],
  ['och utgående?', { direction: 'send' }],
  ['och när man skickar?', { direction: 'send' }],
  ['and when sending?', { direction: 'send' }],
  ['Och när jag tar emot då?', { direction: 'receive' }],
  ['and when it is received?', { direction: 'receive' }],
  ['när skickas det?', { asks: 'duration', direction: 'send' }],
  ['Gäller det kalendern också?', { direction: 'act' }],
];

describe('a follow-up to the article just shown', () => {
  it.each(asked)('is understood: %s', (text, said) => {
    expect(reader.read(text)).toEqual({ asks: null, deployment: null, direction: null, ...said });
  });

  it.each([
    '',
    'tack!',
    'ok',
    'vem godkänner utlägg?',
    'Var ligger kontoret i Malmö?',
    'why is my printer offline',
    'hur lägger jag till ett fält på formuläret?',
    'how do I approve a mailbox in Exchange Online?',
    'status Erik',
    'Email cannot be received for the mailbox Anna Ek.',
  ])('is not taken for one: %j', (text) => {
    expect(reader.read(text)).toBeNull();
  });

  it('is not seen in the questions that articles are asked by, but for one in a thousand', {
    timeout: LOADING_ARTICLES,
  }, async () => {
    const questions = (await realKnowledge())
      .articles()
      .flatMap((article) => [...article.questions.sv, ...article.questions.en]);
    const taken = questions.filter((text) => reader.read(text) !== null);
    expect(taken.length / questions.length, taken.join(', ')).toBeLessThan(0.001);
  });
});
