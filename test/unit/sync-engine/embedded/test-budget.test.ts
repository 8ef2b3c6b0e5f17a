import { describe, expect, it } from 'vitest';
import { createTestBudget } from '../../../../services/sync-engine/embedded/test-budget.ts';

const share = async (deadlineMs: number): Promise<number> => deadlineMs;

describe('The time of a test', () => {
  it('is shared by its directions, with something kept for those to come', async () => {
    const budget = createTestBudget(90_000, 25_000);
    expect(await budget.spend(2, share)).toBe(40_000);
    expect(Math.round((await budget.spend(1, share)) / 1_000)).toBe(65);
    expect(Math.round((await budget.spend(0, share)) / 1_000)).toBe(90);
  });

  it('leaves the last direction what a locked mailbox needs, however slow the others were', async () => {
    const budget = createTestBudget(40, 25);
    await budget.spend(1, () => new Promise((resolve) => setTimeout(resolve, 45)));
    expect(budget.leftMs()).toBe(0);
    expect(await budget.spend(0, share)).toBe(25);
  });
});
