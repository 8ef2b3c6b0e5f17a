import { describe, expect, it } from 'vitest';
import { FeatureReader } from '../../../../services/knowledge/questions/features.ts';
import { ScopeModel, trainScope } from '../../../../services/knowledge/questions/scope-model.ts';
import { scan } from '../../../../services/knowledge/text/scan.ts';
import { finishNow } from '../../../../services/knowledge/text/work-in-steps.ts';

const nothing = { sv: [], en: [] };
const reader = new FeatureReader({
  equivalents: [],
  fillers: [],
  functionWords: { sv: [], en: ['the', 'is', 'why'] },
  asking: nothing,
  endings: nothing,
  joints: nothing,
  concepts: {},
});
const read = (text: string) => reader.read(scan(text).words, new Set<number>());

const INSIDE = [
  'why is the mailbox disabled',
  'why is the mailbox stuck',
  'is the mailbox disabled',
];
const OUTSIDE = [
  'why is the printer stuck',
  'is the printer disabled',
  'disabled the mailbox is why',
];

describe('telling what some article answers', () => {
  const model = new ScopeModel(
    finishNow(
      trainScope([
        ...INSIDE.map((text) => ({ features: read(text), inScope: true, weight: 1 })),
        ...OUTSIDE.map((text) => ({ features: read(text), inScope: false, weight: 1 })),
      ]),
    ),
  );

  it('goes by the words', () => {
    const inside = model.odds(read('the mailbox is stuck'));
    expect(inside).toBeGreaterThan(model.odds(read('the printer is stuck')));
  });

  it('goes by their order as well: the same words in a heap ask nothing', () => {
    expect(model.odds(read('why is the mailbox disabled'))).toBeGreaterThan(
      model.odds(read('disabled the mailbox is why')),
    );
  });

  it('says the same when it learns the same', () => {
    const examples = INSIDE.map((text) => ({ features: read(text), inScope: true, weight: 1 }));
    expect(finishNow(trainScope(examples))).toEqual(finishNow(trainScope(examples)));
  });
});
