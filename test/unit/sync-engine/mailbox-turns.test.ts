import { describe, expect, it } from 'vitest';
import { idOf, type MailboxId } from '../../../services/domain/ids.ts';
import { createMailboxTurns } from '../../../services/sync-engine/mailbox-turns.ts';

const ANNA = idOf<MailboxId>('anna');

function held() {
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  return { end, work: () => ended };
}

describe('a mailbox', () => {
  it('is looked at in several directions at once, since each may have a server of its own', () => {
    const turns = createMailboxTurns();
    expect(turns.beside(ANNA, held().work)).not.toBeNull();
    expect(turns.beside(ANNA, held().work)).not.toBeNull();
  });

  it('is tested after the looks under way, and no look begins before the test is over', async () => {
    const turns = createMailboxTurns();
    const [look, test] = [held(), held()];
    const order: string[] = [];
    const looked = turns.beside(ANNA, look.work)?.then(() => order.push('looked'));
    const tested = turns
      .alone(ANNA, () => {
        order.push('test begins');
        return test.work();
      })
      .then(() => order.push('tested'));
    expect(turns.beside(ANNA, held().work)).toBeNull();
    look.end();
    await looked;
    const free = turns.free(ANNA).then(() => order.push('free'));
    test.end();
    await Promise.all([tested, free]);
    expect(order.slice(0, 2)).toEqual(['looked', 'test begins']);
    expect(turns.beside(ANNA, held().work)).not.toBeNull();
  });

  it('is free again after a look or a test that broke', async () => {
    const turns = createMailboxTurns();
    const broken = () => Promise.reject(new RangeError('broken'));
    await expect(turns.beside(ANNA, broken)).rejects.toThrow('broken');
    await expect(turns.alone(ANNA, broken)).rejects.toThrow('broken');
    await turns.free(ANNA);
    expect(await turns.beside(ANNA, async () => 'looked')).toBe('looked');
  });

  it('is tested by one person after the other', async () => {
    const turns = createMailboxTurns();
    const order: string[] = [];
    const first = held();
    const both = [
      turns.alone(ANNA, () => first.work().then(() => order.push('first'))),
      turns.alone(ANNA, async () => order.push('second')),
    ];
    first.end();
    await Promise.all(both);
    expect(order).toEqual(['first', 'second']);
  });
});
