import * as cards from '../../cards/index.ts';
import type { Article } from '../../services/domain/article.ts';
import type { Translator } from '../../services/i18n/index.ts';
import { at, type OutsideTexts } from './card-fixtures.ts';
import type { Box, Scene } from './card-scenes.ts';

/** A repair step by step, wherever one may be in it. */
export function guideScenes(
  article: Article,
  texts: OutsideTexts,
  t: Translator,
  box: Box,
): readonly Scene[] {
  const view = (change: Partial<cards.GuideView>): cards.GuideView => ({
    guideId: 'guide-1',
    article,
    mailbox: box(),
    needsTest: true,
    steps: article.steps.map((step, index) => ({
      view: { step, onlyFor: [], now: index === 0 },
      step: index,
      mark:
        index > 1
          ? null
          : {
              outcome: index === 0 ? 'done' : 'did-not-help',
              byName: texts.person,
              at: at(-10 + index),
            },
    })),
    at: 2,
    state: { kind: 'going' },
    tried: [],
    next: { topic: 'gmail', title: article.title[t.language], from: 'related' },
    ...change,
  });
  const scene = (name: string, change: Partial<cards.GuideView>): Scene => ({
    name: `guide-${name}`,
    card: cards.guideCard(view(change), t),
  });
  const byName = texts.person;
  return [
    scene('step', {}),
    scene('first-step', {
      at: 0,
      steps: view({}).steps.map((step) => ({ ...step, mark: null })),
    }),
    scene('without-mailbox', { mailbox: null, needsTest: false }),
    scene('all-done', { at: null }),
    scene('all-done-others-test', { at: null, mailbox: null }),
    scene('all-done-without-mailbox', { at: null, mailbox: null, needsTest: false }),
    scene('testing', { state: { kind: 'testing', byName } }),
    scene('solved', { state: { kind: 'solved', byName, when: at(0) } }),
    scene('solved-by-word', {
      mailbox: null,
      needsTest: false,
      state: { kind: 'solved', byName, when: at(0) },
    }),
    scene('failed', {
      state: { kind: 'failed', when: at(0), same: false },
      next: { topic: 'gmail', title: article.title[t.language], from: 'test' },
    }),
    scene('failed-as-before', {
      state: { kind: 'failed', when: at(0), same: true },
      tried: [texts.subject, texts.reply],
      next: null,
    }),
  ];
}
