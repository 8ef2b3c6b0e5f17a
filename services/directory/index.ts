export type { Directory } from './directory.ts';
export {
  createStaticDirectory,
  loadStaticDirectory,
} from './static-directory.ts';
