import { idOf } from '../../services/domain/ids.ts';
import { isHeldElsewhere } from '../../services/domain/primary-organization.ts';
import { mailboxById } from '../../services/sync-engine/index.ts';
import { as, type Fault } from './fault.ts';

/** Autodiscover's own words for a mailbox that it has no server for (POX, code 601). */
const NO_PROVIDER =
  '<?xml version="1.0"?><Autodiscover xmlns="http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006">' +
  '<Response><Error Time="0" Id="1"><ErrorCode>601</ErrorCode><Message>Provider is not available.</Message></Error></Response></Autodiscover>';

/** Contoso's Exchange Server, found by Auto Discover; Anna owns its profile. */
export const exchangeServerFaults: Readonly<Record<string, Fault>> = {
  'exchange-certificate': {
    shows: 'mailbox-disabled-sync',
    what:
      'The certificate of Contoso’s Exchange Server has expired: e-mail stops within ten minutes of ' +
      'demo time, appointments, contacts and tasks at their next turn (every 15)',
    apply: ({ world }) => world.exchange.certificate('expired'),
    undo: ({ world }) => world.exchange.certificate('good'),
  },
  'service-account': {
    shows: 'bad-credentials',
    what: 'The password of the service account in the profile Contoso Exchange was changed: Anna must act',
    apply: ({ world }) =>
      world.exchange.password(world.serviceAccount, 'a new password that nobody told Dynamics'),
    undo: ({ world }) => world.exchange.password(world.serviceAccount, world.servicePassword),
  },
  autodiscover: {
    shows: 'location-undetermined',
    what: ({ exchange }) =>
      'Contoso’s Exchange Server was moved, and Auto Discover does not know where it is. ' +
      `It is here: ${exchange.movedUrl} (switch Auto Discover off and name it, or heal)`,
    apply({ world: { exchange } }) {
      exchange.answer('/EWS/', { status: 404 });
      exchange.answer('/autodiscover', { status: 200, body: NO_PROVIDER });
    },
    undo({ world: { exchange } }) {
      exchange.answer('/EWS/', null);
      exchange.answer('/autodiscover', null);
    },
  },
  'other-org': {
    shows: 'other-org',
    what:
      'Karin Berg tested her mailbox in the organization Contoso Test, too: Exchange is set to synchronize with ' +
      'Contoso. Say: status Karin',
    async apply({ engine }) {
      await engine.testAndEnable(idOf('karin-test'), as('Karin'));
    },
    /** Somebody may have moved her over to Contoso Test. */
    async undo({ engine }) {
      const karin = await mailboxById(engine, idOf('karin'));
      if (karin === undefined || !isHeldElsewhere(karin)) return;
      await engine.testAndEnable(idOf('karin'), { ...as('Karin'), markAsPrimary: true });
    },
  },
  'exchange-too-old': {
    shows: 'connection-failed',
    what: 'Somebody restored an Exchange Server of 2010, which does not understand what is asked of it',
    apply: ({ world }) => world.exchange.release('Exchange2010'),
    undo: ({ world }) => world.exchange.release('Exchange2013_SP1'),
  },
  'exchange-busy': {
    shows: 'connection-failed',
    what: 'Exchange Server is busy and asks us to wait eight minutes: the next attempt keeps to that',
    apply({ world: { exchange, exchangeAddresses } }) {
      for (const address of exchangeAddresses)
        exchange.refuse(address, {
          shape: 'fault',
          code: 'ErrorServerBusy',
          words: 'The server cannot service this request right now. Try again later.',
          backOffMs: 8 * 60_000,
        });
    },
    undo({ world: { exchange, exchangeAddresses } }) {
      for (const address of exchangeAddresses) exchange.refuse(address, null);
    },
  },
};
