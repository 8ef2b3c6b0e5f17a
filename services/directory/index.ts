export type { Directory } from './directory.ts';
export {
  createStaticDirectory,
  type LoadedDirectory,
  loadStaticDirectory,
} from './static-directory.ts';
