export type { Answers, GivenAnswer } from './answers.ts';
export { createAnswers } from './create-answers.ts';
