export {
  type ApplicationTokens,
  type ApplicationTokensOptions,
  createApplicationTokens,
} from './application-tokens.ts';
export type { EntraApplication } from './entra-application.ts';
