import type { WaitingView } from '../../cards/index.ts';
import * as cards from '../../cards/index.ts';
import type { WaitingDay } from '../../services/domain/outgoing-message.ts';
import type { Translator } from '../../services/i18n/index.ts';
import { at } from './card-fixtures.ts';
import type { Box, Scene } from './card-scenes.ts';

const DAYS: readonly WaitingDay[] = [
  { day: '2026-11-02', waiting: 7, held: 0 },
  { day: '2026-11-20', waiting: 2, held: 1 },
  { day: '2026-11-23', waiting: 1, held: 0 },
];
const HELD: readonly WaitingDay[] = [{ day: '2026-11-02', waiting: 0, held: 8 }];
const MANY: readonly WaitingDay[] = Array.from({ length: 90 }, (_, index) => ({
  day: at(-90 * 1_440 + index * 1_440).slice(0, 10),
  waiting: index + 1,
  held: index % 3,
}));

/** Messages by day, before the mailbox is enabled and after. */
export function waitingScenes(t: Translator, box: Box): Scene[] {
  const off = { directions: ['working', 'disabled', 'notByServer'], health: 'disabled' } as const;
  const owner = { testAndEnable: false, decideWaiting: true };
  const onlooker = { testAndEnable: false, decideWaiting: false };
  const views: Readonly<Record<string, Omit<WaitingView, 'mayHold'>>> = {
    'waiting-before-enabling': {
      mailbox: box({ ...off, pendingSend: 10 }),
      days: DAYS,
      decided: null,
    },
    'waiting-held': {
      mailbox: box(off),
      days: HELD,
      decided: { change: 'held', count: 8 },
    },
    'waiting-owner': {
      mailbox: box({ ...off, pendingSend: 10, allowed: owner }),
      days: DAYS,
      decided: { change: 'released', count: 1 },
    },
    'waiting-onlooker': {
      mailbox: box({ ...off, pendingSend: 10, allowed: onlooker }),
      days: DAYS,
      decided: null,
    },
    'waiting-enabled': { mailbox: box({ pendingSend: 10 }), days: DAYS, decided: null },
    'waiting-cancelled': {
      mailbox: box(off),
      days: [],
      decided: { change: 'cancelled', count: 10 },
    },
    'waiting-many-days': {
      mailbox: box({ ...off, pendingSend: 4_095 }),
      days: MANY,
      decided: null,
    },
  };
  const cancel = { mailbox: box(off), before: at(0) };
  return [
    ...Object.entries(views).map(([name, view]) => ({
      name,
      card: cards.waitingCard({ ...view, mayHold: true }, t),
    })),
    ...Object.entries(views).map(([name, view]) => ({
      name: `${name}-of-dynamics`,
      card: cards.waitingCard({ ...view, mayHold: false }, t),
    })),
    {
      name: 'cancel-older',
      card: cards.waitingCancelCard({ ...cancel, day: '2026-11-20', count: 7 }, t),
    },
    { name: 'cancel-all', card: cards.waitingCancelCard({ ...cancel, day: null, count: 1 }, t) },
  ];
}
