import { ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import type { Config } from '../../services/config/index.ts';
import { AppError } from '../../services/observability/index.ts';

/** The SDK's own spelling of the app types. */
const APP_TYPE = { SingleTenant: 'SingleTenant', UserAssignedMSI: 'UserAssignedMsi' } as const;

/**
 * How the bot proves who it is and checks who calls. An empty app id would make the SDK accept every
 * POST as authenticated (parameterizedBotFrameworkAuthentication.js), so it cannot be constructed.
 */
export function createAuthentication(bot: Config['bot']): ConfigurationBotFrameworkAuthentication {
  if (bot.appId.trim() === '' || bot.tenantId.trim() === '') {
    throw new AppError('config-invalid', 'MicrosoftAppId and MicrosoftAppTenantId must be set');
  }
  return new ConfigurationBotFrameworkAuthentication({
    MicrosoftAppId: bot.appId,
    MicrosoftAppType: APP_TYPE[bot.appType],
    MicrosoftAppTenantId: bot.tenantId,
    ...(bot.password === null ? {} : { MicrosoftAppPassword: bot.password.reveal() }),
  });
}
