import tseslint from 'typescript-eslint';

/** Bans that the architecture relies on (README, "How the code reads"). */
const noRawThrow = {
  selector: 'ThrowStatement > NewExpression[callee.name=/^(Error|TypeError|RangeError)$/]',
  message: 'Throw an AppError from services/observability/errors.ts: it has a code and texts.',
};
const noModuleMocks = {
  selector: "CallExpression[callee.object.name='vi'][callee.property.name=/^(mock|doMock)$/]",
  message: 'vi.mock is banned: what needs module mocking needs a port.',
};
const noProcessEnv = {
  selector: "MemberExpression[object.name='process'][property.name='env']",
  message:
    'Only the programs (bot/main.ts, bot/engine.ts, bot/cli/doctor.ts) read process.env; take a Config instead.',
};
const noWallClock = {
  selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
  message: 'Take a Clock (services/scheduler): time must be injectable.',
};

export default tseslint.config(
  { ignores: ['dist/**', 'node_modules/**', '**/*.js', '**/*.cjs', '**/*.mjs', 'test/output/**'] },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'no-console': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-unnecessary-condition': [
        'error',
        { allowConstantLoopConditions: true },
      ],
    },
  },
  {
    files: ['bot/**', 'cards/**', 'services/**', 'manifest/**'],
    rules: {
      'no-restricted-syntax': ['error', noRawThrow, noModuleMocks, noProcessEnv, noWallClock],
    },
  },
  {
    files: ['bot/main.ts', 'bot/engine.ts', 'bot/cli/**', 'manifest/package*.ts', 'test/**'],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['bot/main.ts', 'bot/engine.ts', 'bot/cli/doctor.ts'],
    rules: { 'no-restricted-syntax': ['error', noRawThrow, noModuleMocks] },
  },
  {
    files: ['test/**'],
    rules: {
      'no-restricted-syntax': ['error', noModuleMocks],
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
);
