import { createApplicationTokens } from '../../entra/index.ts';
import { asAppError } from '../../observability/index.ts';
import type { Check } from '../check.ts';
import { troubleFound } from '../trouble.ts';

/** What the Bot Framework's SDK asks for a token of: without it the bot can answer nobody. */
const BOT_FRAMEWORK = 'https://api.botframework.com';

/** The bot trusts no other. */
const PUBLIC_CLOUD = 'https://login.microsoftonline.com';

export const bot: Check = {
  id: 'bot',
  title: { en: 'Bot registration', sv: 'Botens registrering' },
  needs: [],
  async look({ config, scheduler, fetch }, signal) {
    const { appId: clientId, tenantId, password } = config.bot;
    const credential =
      password === null
        ? ({ kind: 'managed-identity' } as const)
        : ({ kind: 'secret', secret: password } as const);
    const tokens = createApplicationTokens({
      application: { clientId, tenantId, credential },
      authority: PUBLIC_CLOUD,
      resource: BOT_FRAMEWORK,
      scheduler,
      fetch,
    });
    try {
      await tokens.token(signal);
    } catch (thrown) {
      const { found, next, outcome } = troubleFound(asAppError(thrown));
      // Said of the reader's registration elsewhere; here it is the bot's own.
      const named = (text: string): string =>
        text.replaceAll('DATAVERSE_CLIENT_ID', 'MicrosoftAppId');
      return {
        outcome,
        found,
        ...(next && { next: { en: named(next.en), sv: named(next.sv) } }),
      };
    }
    return {
      outcome: 'ok',
      found: {
        en: 'MicrosoftAppId gets a token for the Bot Framework.',
        sv: 'MicrosoftAppId får en token till Bot Framework.',
      },
    };
  },
};
