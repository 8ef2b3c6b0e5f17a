export { type AdmissionRules, teamsServiceUrl } from './admission.ts';
export { createAuthentication } from './authentication.ts';
export type { BotServices } from './bot-services.ts';
export type {
  ChannelAdapter,
  ChannelAnswer,
  PostedActivity,
  TurnLogic,
} from './channel-adapter.ts';
export { CloudChannelAdapter, type CloudChannelAdapterOptions } from './cloud-channel-adapter.ts';
export { type Commands, type LoadedCommands, loadCommands } from './commands.ts';
export { createDownload, type Download, microsoftFileUrl } from './download.ts';
export { createOpenAnswers, type OpenAnswers } from './open-answers.ts';
export { createProactiveMessenger } from './proactive-messenger.ts';
export { createTeamsEndpoint, type TeamsEndpoint } from './teams-endpoint.ts';
