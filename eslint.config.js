// Owns the lint rules: those of ESLint's own recommendation, and the laws of the product that a linter can see.
import js from '@eslint/js';

/** What parses a string as HTML or code: names come from the network, so they are drawn as text and nothing else. */
const parsesStrings = 'draws or runs a string: use textContent, attributes, replaceChildren';

export default [
  { ignores: ['artifacts/', 'dist/', 'generated/', 'target/'] },
  js.configs.recommended,
  {
    files: ['**/*.js'],
    languageOptions: { ecmaVersion: 2024, sourceType: 'module' },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      // The type checker knows every global of every file; a list here would be a second, worse one.
      'no-undef': 'off',
      'no-unused-vars': [
        'error',
        { args: 'all', argsIgnorePattern: '^_', caughtErrors: 'all', ignoreRestSiblings: true },
      ],
      'no-var': 'error',
      'prefer-const': 'error',
      eqeqeq: 'error',
      'no-eval': 'error',
      'no-implied-eval': 'error',
      'no-new-func': 'error',
    },
  },
  {
    files: ['extension/**/*.js', 'popup/**/*.js'],
    rules: {
      'no-restricted-globals': ['error', { name: 'DOMParser', message: `DOMParser ${parsesStrings}.` }],
      'no-restricted-properties': [
        'error',
        { object: 'document', property: 'write', message: `document.write ${parsesStrings}.` },
        { object: 'document', property: 'writeln', message: `document.writeln ${parsesStrings}.` },
      ],
      'no-restricted-syntax': [
        'error',
        {
          // An event that arrives while a module awaits at its top finds no listener, and is lost.
          selector:
            'Program > :not(FunctionDeclaration, ClassDeclaration) AwaitExpression:not(:function AwaitExpression)',
          message: 'No top-level await: listeners are registered synchronously, in the first turn.',
        },
        {
          selector: 'Program > ForOfStatement[await=true]',
          message: 'No top-level await: listeners are registered synchronously, in the first turn.',
        },
        {
          selector: 'MemberExpression[property.name=/^(innerHTML|outerHTML|insertAdjacentHTML|setHTMLUnsafe)$/]',
          message: `This ${parsesStrings}.`,
        },
        {
          selector: 'MemberExpression[property.value=/^(innerHTML|outerHTML|insertAdjacentHTML|setHTMLUnsafe)$/]',
          message: `This ${parsesStrings}.`,
        },
      ],
    },
  },
];
