import { beforeEach, describe, expect, it } from 'vitest';
import { idOf, type UserId } from '../../../../services/domain/ids.ts';
import { HOUR_MS } from '../../../../services/domain/time.ts';
import { createPeople, type People } from '../../../../services/sync-engine/dataverse/people.ts';
import { asPerson } from '../../../support/dataverse-api.ts';
import { createFakeScheduler, type FakeScheduler } from '../../../support/fake-scheduler.ts';

const key = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const person = (n: number): UserId =>
  idOf(`aaaaaaaa-0000-4000-8000-${String(n).padStart(12, '0')}`);

let clock: FakeScheduler;
let users: Map<string, UserId | null>;
let filters: string[];
let fails = false;
let people: People;

beforeEach(() => {
  clock = createFakeScheduler();
  users = new Map();
  filters = [];
  fails = false;
  people = createPeople(
    {
      async list(_set, { filter = '' }) {
        filters.push(filter);
        if (fails) throw new Error('no network');
        return [...users]
          .filter(
            ([user, id]) =>
              filter.includes(user) ||
              (id !== null && (filter.includes(id) || filter.endsWith(' ne null'))),
          )
          .map(([user, id]) => ({ systemuserid: user, azureactivedirectoryobjectid: id }));
      },
    },
    clock,
  );
});

describe('people of the organization', () => {
  it('are known by their Entra object id, many at once, and asked for once', async () => {
    for (let n = 0; n < 60; n += 1) users.set(key(n), person(n));
    const found = await people.idsOf(users.keys(), asPerson());
    expect(found.size).toBe(60);
    expect(found.get(key(7))).toBe(person(7));
    expect(filters).toHaveLength(3);
    await people.idsOf([key(3), key(3)], asPerson());
    expect(await people.systemUserOf(person(4), asPerson())).toBe(key(4));
    expect(filters).toHaveLength(3);
  });

  it('are all read at once where very many are asked for', async () => {
    for (let n = 0; n < 1_000; n += 1) users.set(key(n), person(n));
    const found = await people.idsOf([...users.keys()].slice(0, 900), asPerson());
    expect(found.get(key(899))).toBe(person(899));
    expect(filters).toEqual(['azureactivedirectoryobjectid ne null']);
  });

  it('may have no id there: teams, deleted users, users of on-premises', async () => {
    users.set(key(1), null);
    expect(await people.idsOf([key(1), key(2)], asPerson())).toEqual(new Map());
    expect(await people.systemUserOf(person(9), asPerson())).toBeUndefined();
  });

  it('are asked for again some minutes after nobody was found', async () => {
    await people.idsOf([key(1)], asPerson());
    users.set(key(1), person(1));
    await clock.advance(HOUR_MS);
    expect(await people.idsOf([key(1)], asPerson())).toEqual(new Map([[key(1), person(1)]]));
  });

  it('are not taken for nobody because asking failed', async () => {
    users.set(key(1), person(1));
    fails = true;
    await expect(people.idsOf([key(1)], asPerson())).rejects.toThrow('no network');
    fails = false;
    expect((await people.idsOf([key(1)], asPerson())).get(key(1))).toBe(person(1));
  });

  it('are never looked for by what is no key', async () => {
    expect(await people.systemUserOf(idOf("x' or 1 eq 1"), asPerson())).toBeUndefined();
    await people.idsOf(['1 or true'], asPerson());
    expect(filters).toEqual([]);
  });
});
