export { type AdmissionRules, teamsServiceUrl } from './admission.ts';
export { createAuthentication } from './authentication.ts';
export type { BotServices } from './bot-services.ts';
export type {
  ChannelAdapter,
  ChannelAnswer,
  PostedActivity,
  TurnLogic,
} from './channel-adapter.ts';
export { CloudChannelAdapter } from './cloud-channel-adapter.ts';
export { type Commands, loadCommands } from './commands.ts';
export { createDownload, microsoftFileUrl } from './download.ts';
export { createOpenAnswers } from './open-answers.ts';
export { createProactiveMessenger } from './proactive-messenger.ts';
export { lookAtConnection } from './sign-in/look-at-connection.ts';
export { createSignIn, type SignIn } from './sign-in/sign-in.ts';
export type { TokenService } from './sign-in/token-service.ts';
export { createTeamsEndpoint } from './teams-endpoint.ts';
