export type { Directory } from './directory.ts';
export {
  createStaticDirectory,
  loadStaticDirectory,
} from './static-directory.ts';
export { whoMayApprove } from './who-may-approve.ts';
