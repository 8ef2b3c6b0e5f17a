import type { Activity } from 'botbuilder';
import type { Config } from '../../../services/config/index.ts';
import type { Log } from '../../../services/observability/index.ts';
import { createAuthentication } from '../authentication.ts';
import { CloudChannelAdapter } from '../cloud-channel-adapter.ts';
import type { SignInInvitation, TokenService } from './token-service.ts';

/** Somebody whom no channel knows: what is asked for is an invitation, which nobody follows. */
const NOBODY = {
  type: 'message',
  id: 'doctor',
  channelId: 'msteams',
  serviceUrl: 'https://smba.trafficmanager.net/teams/',
  from: { id: '29:doctor', name: '' },
  recipient: { id: '28:doctor', name: '' },
  conversation: { id: 'doctor', name: '', isGroup: false, conversationType: 'personal' },
} as unknown as Activity;

/** Whether the Azure Bot has this OAuth connection, as its token service says to the bot itself. */
export async function lookAtConnection(
  { bot, connectionName }: { readonly bot: Config['bot']; readonly connectionName: string },
  log: Log,
): Promise<SignInInvitation> {
  const authentication = createAuthentication(bot);
  const adapter = new CloudChannelAdapter({ authentication, appId: bot.appId, log });
  return invitationOfNobody(adapter.tokenService(connectionName));
}

export const invitationOfNobody = (tokens: TokenService): Promise<SignInInvitation> =>
  tokens.invitation(NOBODY);
