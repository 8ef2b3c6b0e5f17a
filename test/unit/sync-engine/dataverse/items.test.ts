import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { idOf, type MailboxId } from '../../../../services/domain/ids.ts';
import { AppError } from '../../../../services/observability/index.ts';
import { hasOrganizer } from '../../../../services/sync-engine/dataverse/appointment-forms.ts';
import { createMailboxReader } from '../../../../services/sync-engine/dataverse/mailbox-reader.ts';
import { createReading } from '../../../../services/sync-engine/dataverse/reading.ts';
import { dataverseApi } from '../../../support/dataverse-api.ts';
import { type ReadingWorld, startReadingWorld } from '../../../support/dataverse-reading.ts';

let world: ReadingWorld;
let id: MailboxId;
beforeEach(async () => {
  world = await startReadingWorld();
  id = idOf(world.mailbox.id);
});
afterEach(() => world.stop());

const form = (...fields: readonly string[]): string =>
  `<form><tabs><tab><columns><column><sections><section><rows><row>${fields
    .map(
      (field) =>
        `<cell id="{1}"><control id="${field}" classid="{2}" datafieldname="${field}" /></cell>`,
    )
    .join('')}</row></rows></section></sections></column></columns></tab></tabs></form>`;

const addForm = (name: string, formxml: string, values: object = {}): void => {
  world.organization.add('systemform', {
    name,
    objecttypecode: 'appointment',
    type: 2,
    formactivationstate: 1,
    formxml,
    ...values,
  });
};

const failedItem = (error: string | null, at: string | null, owner = world.owner.id): void => {
  world.organization.add('exchangesyncidmapping', {
    lastsyncerror: error,
    lastsyncerroroccurredon: at,
    ownerid: { table: 'systemuser', id: owner },
  });
};

describe('items that failed one by one', () => {
  it("are those of the mailbox's user, by error, each with what explains it", async () => {
    failedItem('NoRecipientMatch', '2026-11-22T08:00:00Z');
    failedItem('NoRecipientMatch', '2026-11-23T07:00:00Z');
    failedItem('ExchangeSyncDuplicateRecordsError', '2026-11-23T06:00:00Z');
    failedItem('Something\nat line 7', '2026-11-23T05:00:00Z');
    failedItem(null, '2026-11-23T07:00:00Z');
    failedItem('Duplicate', '2026-11-23T07:00:00Z', world.administrator.userId);
    expect(await world.reading.failedItems(id)).toEqual([
      {
        error: 'NoRecipientMatch',
        topic: 'no-recipient-match',
        count: 2,
        latestAt: '2026-11-23T07:00:00.000Z',
      },
      {
        error: 'ExchangeSyncDuplicateRecordsError',
        topic: 'duplicate-records',
        count: 1,
        latestAt: '2026-11-23T06:00:00.000Z',
      },
      { error: 'Something', topic: null, count: 1, latestAt: '2026-11-23T05:00:00.000Z' },
    ]);
  });

  it.each([
    ['NoCorrelationMatch', 'no-correlation-match'],
    ['InternalEmailReject', 'internal-email-reject'],
    ['InvalidSender', 'invalid-sender'],
    ['InvalidForwardMailItem', 'invalid-forward-mail'],
    ['Duplicate', 'duplicate-message'],
    ['ExchangeSyncSchedulingConflictsError', 'scheduling-conflict'],
  ])('with %s are explained by %s', async (error, topic) => {
    failedItem(error, '2026-11-23T07:00:00Z');
    expect((await world.reading.failedItems(id))[0]?.topic).toBe(topic);
  });

  it('of a queue are not known: they would be those of its owner', async () => {
    failedItem('Duplicate', '2026-11-23T07:00:00Z');
    const queue = world.organization.add('queue', {
      ownerid: { table: 'systemuser', id: world.owner.id },
    });
    const regardingobjectid = { table: 'queue', id: queue.id };
    const mailbox = world.organization.add('mailbox', { name: 'Support', regardingobjectid });
    expect(await world.reading.failedItems(idOf(mailbox.id))).toEqual([]);
  });
});

describe('the forms for appointments', () => {
  it('have the field Organizer where a control is bound to it', async () => {
    addForm('Appointment', form('subject', 'organizer'));
    addForm('Visit', form('subject', 'organizername'));
    addForm('Quick', form('subject'), { type: 7 });
    addForm('Old', form('subject'), { formactivationstate: 0 });
    addForm('Email', form('organizer'), { objecttypecode: 'email' });
    expect(await world.reading.appointmentForms()).toEqual({
      withOrganizer: ['Appointment'],
      withoutOrganizer: ['Visit'],
    });
  });

  it('that cannot be read lack it', () => {
    expect(hasOrganizer(null)).toBe(false);
    expect(hasOrganizer('{"json":true}')).toBe(false);
    expect(hasOrganizer('<form><!-- <control datafieldname="organizer"/> --></form>')).toBe(false);
    expect(hasOrganizer('<form><data datafieldname="organizer"/></form>')).toBe(false);
  });
});

describe('what the application user may not read', () => {
  it('is left out, and the mailbox is shown without it', async () => {
    failedItem('Duplicate', '2026-11-23T07:00:00Z');
    addForm('Appointment', form('organizer'));
    world.organization.addRole('Little', [
      'prvReadMailbox',
      'prvReadEmailServerProfile',
      'prvReadUser',
      'prvReadQueue',
      'prvReadTraceLog',
      'prvReadActivity',
    ]);
    const caller = world.organization.addCaller({
      name: '# Little',
      kind: 'application',
      roles: ['Little'],
    });
    const left: unknown[] = [];
    const log = {
      ...world.parts.log,
      warn: (event: string, fields: unknown) => left.push([event, fields]),
    };
    const parts = { ...world.parts, api: dataverseApi(world, { caller }), log: log as never };
    const reading = createReading(parts, createMailboxReader(parts));
    expect(await reading.findMailboxes({ by: 'id', id })).toHaveLength(1);
    expect(await reading.failedItems(id)).toEqual([]);
    expect(await reading.processedTurns(id)).toEqual([]);
    expect(await reading.limits(id)).toEqual([]);
    expect(await reading.appointmentForms()).toBeNull();
    expect(left).toHaveLength(4);
    expect(JSON.stringify(left)).toContain('prvReadSystemForm is missing');
    await expect(reading.organization(parts.organizationId)).rejects.toMatchObject({
      code: 'dynamics-not-permitted',
    });
  });

  it('is no other trouble: a broken connection is told', async () => {
    const api = {
      ...world.parts.api,
      list: async (...asked: Parameters<typeof world.parts.api.list>) => {
        if (asked[0] === 'systemforms') throw new AppError('dynamics-unreachable', 'no network');
        return world.parts.api.list(...asked);
      },
    };
    const reading = createReading({ ...world.parts, api }, world.reader);
    await expect(reading.appointmentForms()).rejects.toMatchObject({
      code: 'dynamics-unreachable',
    });
  });
});
