export { createGuides } from './create-guides.ts';
export type { GuideAnswer, GuidePress, Guides } from './guides.ts';
