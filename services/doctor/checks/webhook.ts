import type { Localized } from '../../domain/language.ts';
import type { Check, Finding } from '../check.ts';
import { type WebhookStep, webhookSteps } from '../webhook-steps.ts';

const GUIDE: Localized = {
  en: 'docs/dynamics-365.md, chapter 7.',
  sv: 'docs/dynamics-365.md, kapitel 7.',
};

/** With it the bot hears within seconds what it would find by asking within minutes. */
export const webhook: Check = {
  id: 'webhook',
  title: { en: 'Webhook', sv: 'Webhook' },
  needs: ['organization'],
  async look(patient, signal) {
    const { organization } = patient;
    if (organization?.kind !== 'dataverse' || organization.webhookKey === null) return UNUSED;
    const found = await webhookSteps(patient, signal);
    if (found.kind === 'refused') {
      const { status, refusal } = found.answer;
      const privilege = /\bprvRead\w+/.exec(refusal.message)?.[0] ?? '';
      const seen = [status, refusal.code, privilege].filter((each) => each !== '').join(' ');
      return {
        outcome: 'not-checked',
        found: {
          en: `Not checked, because the application user may not see webhooks (${seen}). The bot works without that privilege.`,
          sv: `Inte kontrollerat, eftersom programanvändaren inte får se webhookar (${seen}). Boten klarar sig utan det privilegiet.`,
        },
      };
    }
    return verdictOn(found.steps.filter(({ table }) => table === 'mailbox'));
  },
};

const UNUSED: Finding = {
  outcome: 'ok',
  found: {
    en: 'none is set up (WEBHOOK_KEY): changes are asked for each minute.',
    sv: 'ingen är uppsatt (WEBHOOK_KEY): ändringar frågas efter varje minut.',
  },
};

function verdictOn(steps: readonly WebhookStep[]): Finding {
  const updates = steps.filter(({ message }) => message === 'Update');
  const [best] = updates.filter(({ isEnabled }) => isEnabled);
  if (best === undefined) {
    const isOff = updates.length > 0;
    return warning(
      isOff
        ? {
            en: 'WEBHOOK_KEY is set, but the step on Update of mailbox is disabled.',
            sv: 'WEBHOOK_KEY är satt, men steget på Update av mailbox är inaktiverat.',
          }
        : {
            en: 'WEBHOOK_KEY is set, but no webhook has a step on Update of mailbox.',
            sv: 'WEBHOOK_KEY är satt, men ingen webhook har ett steg på Update av mailbox.',
          },
      GUIDE,
    );
  }
  const { url, isAsynchronous, filteringAttributes } = best;
  if (url?.protocol !== 'https:') {
    return warning(
      {
        en: 'Its address is not https: the key crosses the network readable.',
        sv: 'Adressen är inte https: nyckeln går läsbar över nätet.',
      },
      GUIDE,
    );
  }
  if (!isAsynchronous) {
    return warning(
      {
        en: 'Its step is synchronous: Dynamics 365 waits for the bot at every change of a mailbox.',
        sv: 'Steget är synkront: Dynamics 365 väntar på boten vid varje ändring av en postlåda.',
      },
      GUIDE,
    );
  }
  if (filteringAttributes.length === 0) {
    return warning(
      {
        en: 'Its step names no columns: every mailbox posts every quarter of an hour, with nothing to tell.',
        sv: 'Steget nämner inga kolumner: varje postlåda skickar varje kvart, utan något att berätta.',
      },
      GUIDE,
    );
  }
  const { host, pathname } = url;
  return {
    outcome: 'ok',
    found: {
      en: `Update of mailbox is posted to ${host}${pathname}. Is that this bot?`,
      sv: `Update av mailbox skickas till ${host}${pathname}. Är det den här boten?`,
    },
  };
}

const warning = (found: Localized, next: Localized): Finding => ({
  outcome: 'warning',
  found,
  next,
});
