export type { Directory } from './directory.ts';
