export { createAdfsTokens } from './adfs-tokens.ts';
export { createApplicationTokens } from './application-tokens.ts';
export type { EntraApplication } from './entra-application.ts';
export type { ApplicationTokens } from './kept-tokens.ts';
export type { OnPremisesSignIn } from './on-premises-sign-in.ts';
