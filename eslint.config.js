import tseslint from 'typescript-eslint';

/** Biome formats and lints; ESLint is here for the one thing that needs types: promises that nobody waits for. */
export default tseslint.config(
  { ignores: ['dist', 'dist-playground', 'node_modules', '**/*.js'] },
  {
    files: ['**/*.ts'],
    languageOptions: { parser: tseslint.parser, parserOptions: { projectService: true } },
    plugins: { '@typescript-eslint': tseslint.plugin },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
    },
  },
);
