// Owns the finding of words that a source would put on a screen by itself, where no message of _locales can be.
import ts from 'typescript';
import { within } from './screen-sources.js';

/** Attributes that are read to somebody, and the properties that set them. */
const ATTRIBUTES =
  /^(title|alt|placeholder|label|aria-?(label|description|roledescription|valuetext|placeholder|braillelabel))$/i;

/** Properties that are content. */
const CONTENT = /^(textContent|innerText|nodeValue|data)$/;

/** Functions that make an element: its tag is the first argument, its attributes the second, what follows is in it. */
const MAKERS = /^(make|draw)$/;

/** Elements whose content is of no language: what is typed, names of the network. */
const OF_NO_LANGUAGE = /^(code|bdi)$/;

/** What shows its arguments, from the first one that it shows on. @type {Map<string, number>} */
const SHOWS = new Map([
  ...['append', 'prepend', 'before', 'after', 'replaceChildren', 'replaceWith'].map(
    (name) => /** @type {const} */ ([name, 0]),
  ),
  ...['createTextNode', 'Text', 'Option', 'fillText', 'strokeText', 'alert', 'confirm', 'prompt'].map(
    (name) => /** @type {const} */ ([name, 0]),
  ),
  ['insertAdjacentText', 1],
  ['setCustomValidity', 0],
]);

const LETTER = /\p{L}/u;

/** @typedef {ts.ParameterDeclaration} Parameter */

/**
 * The words of scripts. What a function shows of its parameters counts as shown where it is called.
 *
 * @param {readonly ts.SourceFile[]} trees
 * @returns {string[]} Each with its file and line.
 */
export function wordsOfScripts(trees) {
  /** By a function's name, after that of its class: the places of the parameters that it shows. @type {Map<string, Set<number>>} */
  const shownParameters = new Map();
  /** @type {Set<string>} */
  const found = new Set();
  let known;
  do {
    known = sizeOf(shownParameters);
    for (const tree of trees) {
      for (const node of within(tree)) {
        for (const shown of shownBy(node, shownParameters)) note(shown, tree);
      }
    }
  } while (sizeOf(shownParameters) > known);
  return [...found].sort();

  /**
   * @param {ts.Node} shown
   * @param {ts.SourceFile} tree
   */
  function note(shown, tree) {
    for (const leaf of leaves(shown)) {
      if (ts.isParameter(leaf)) noteParameter(leaf);
      else if (LETTER.test(leaf.text)) {
        found.add(`${tree.fileName}:${tree.getLineAndCharacterOfPosition(leaf.getStart()).line + 1}: ${leaf.text}`);
      }
    }
  }

  /** @param {Parameter} parameter */
  function noteParameter(parameter) {
    const name = nameOfFunction(parameter.parent);
    if (!name) return;
    const places = shownParameters.get(name) ?? new Set();
    const at = parameter.parent.parameters.findIndex((one) => one === parameter);
    places.add(parameter.dotDotDotToken ? -1 - at : at);
    shownParameters.set(name, places);
  }
}

/** @param {Map<string, Set<number>>} places */
function sizeOf(places) {
  return [...places.values()].reduce((sum, { size }) => sum + size, 0);
}

/**
 * What a node puts on the screen.
 *
 * @param {ts.Node} node
 * @param {Map<string, Set<number>>} shownParameters
 * @returns {ts.Node[]}
 */
function shownBy(node, shownParameters) {
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken) {
    const to = ts.isPropertyAccessExpression(node.left) ? node.left.name.text : '';
    return CONTENT.test(to) || ATTRIBUTES.test(to) ? [node.right] : [];
  }
  if (!ts.isCallExpression(node) && !ts.isNewExpression(node)) return [];
  const name = nameOfCalled(node.expression);
  const all = [...(node.arguments ?? [])];
  if (name === 'setAttribute') {
    const [attribute, value] = all;
    return attribute && value && ts.isStringLiteral(attribute) && ATTRIBUTES.test(attribute.text) ? [value] : [];
  }
  if (name === 'setTitle') return attributesIn(all[0]);
  if (MAKERS.test(name) && ts.isIdentifier(node.expression)) {
    const [tag] = all;
    const isPlain = tag && ts.isStringLiteral(tag) && OF_NO_LANGUAGE.test(tag.text);
    return [...attributesIn(all[1]), ...(isPlain ? [] : all.slice(2))];
  }
  const from = SHOWS.get(name);
  if (from !== undefined) return all.slice(from);
  return [...(shownParameters.get(fullNameOfCalled(node)) ?? [])].flatMap((place) =>
    place < 0 ? all.slice(-1 - place) : (all[place] ?? []),
  );
}

/**
 * The values of the attributes that are read to somebody.
 *
 * @param {ts.Node | undefined} attributes
 * @returns {ts.Node[]}
 */
function attributesIn(attributes) {
  if (!attributes) return [];
  return [...within(attributes)].flatMap((node) => {
    if (ts.isShorthandPropertyAssignment(node)) return ATTRIBUTES.test(node.name.text) ? [node.name] : [];
    if (!ts.isPropertyAssignment(node)) return [];
    const named = ts.isIdentifier(node.name) || ts.isStringLiteral(node.name) ? node.name.text : '';
    return ATTRIBUTES.test(named) ? [node.initializer] : [];
  });
}

/**
 * The literals that an expression can come to, and the parameters that it can be.
 *
 * @param {ts.Node} node
 * @returns {(Parameter | ts.LiteralLikeNode)[]}
 */
function leaves(node) {
  if (ts.isStringLiteralLike(node)) return [node];
  if (ts.isTemplateExpression(node)) {
    const spans = node.templateSpans.flatMap(({ expression, literal }) => [...leaves(expression), literal]);
    return [node.head, ...spans];
  }
  if (ts.isConditionalExpression(node)) return [...leaves(node.whenTrue), ...leaves(node.whenFalse)];
  if (ts.isBinaryExpression(node)) {
    const isEither = node.operatorToken.kind !== ts.SyntaxKind.AmpersandAmpersandToken;
    return [...(isEither ? leaves(node.left) : []), ...leaves(node.right)];
  }
  if (ts.isParenthesizedExpression(node) || ts.isSpreadElement(node)) return leaves(node.expression);
  if (ts.isArrayLiteralExpression(node)) return node.elements.flatMap(leaves);
  if (ts.isIdentifier(node)) return leavesOfName(node);
  if (ts.isCallExpression(node)) return leavesOfCall(node);
  return [];
}

/** @param {ts.CallExpression} call */
function leavesOfCall(call) {
  const name = nameOfCalled(call.expression);
  if (name === 'String') return call.arguments.flatMap(leaves);
  if (!ts.isPropertyAccessExpression(call.expression)) return [];
  if (['join', 'filter', 'slice', 'reverse', 'trim', 'at'].includes(name)) return leaves(call.expression.expression);
  const [made] = call.arguments;
  if (!['map', 'flatMap'].includes(name) || !made || !ts.isArrowFunction(made)) return [];
  if (!ts.isBlock(made.body)) return leaves(made.body);
  return [...within(made.body)].flatMap((node) =>
    ts.isReturnStatement(node) && node.expression ? leaves(node.expression) : [],
  );
}

/**
 * What a name stands for, as far as its own file says so.
 *
 * @param {ts.Identifier} name
 * @returns {ReturnType<typeof leaves>}
 */
function leavesOfName(name) {
  for (let scope = name.parent; scope; scope = scope.parent) {
    if (ts.isFunctionLike(scope)) {
      const parameter = scope.parameters.find((one) => ts.isIdentifier(one.name) && one.name.text === name.text);
      if (parameter) return ts.isParameter(parameter) ? [parameter] : [];
    }
    if (!ts.isBlock(scope) && !ts.isSourceFile(scope)) continue;
    for (const statement of scope.statements) {
      if (!ts.isVariableStatement(statement)) continue;
      for (const { name: declared, initializer } of statement.declarationList.declarations) {
        if (ts.isIdentifier(declared) && declared.text === name.text) return initializer ? leaves(initializer) : [];
      }
    }
  }
  return [];
}

/** @param {ts.Node} called */
function nameOfCalled(called) {
  if (ts.isPropertyAccessExpression(called)) return called.name.text;
  return ts.isIdentifier(called) ? called.text : '';
}

/**
 * With the class of what is called, as far as the file itself says that: others' methods have the same names.
 *
 * @param {ts.CallExpression | ts.NewExpression} call
 */
function fullNameOfCalled({ expression: called }) {
  if (!ts.isPropertyAccessExpression(called)) return nameOfCalled(called);
  return `${classOf(called.expression)}.${called.name.text}`;
}

/**
 * @param {ts.Node} receiver
 * @returns {string} Empty where it is not known.
 */
function classOf(receiver) {
  const around = ts.findAncestor(receiver, ts.isClassDeclaration);
  if (receiver.kind === ts.SyntaxKind.ThisKeyword) return around?.name?.text ?? '';
  if (!ts.isPropertyAccessExpression(receiver) || !around) return '';
  for (const node of within(around)) {
    const [name, made] =
      ts.isPropertyDeclaration(node) && ts.isPrivateIdentifier(node.name)
        ? [node.name.text, node.initializer]
        : ts.isBinaryExpression(node) && ts.isPropertyAccessExpression(node.left)
          ? [node.left.name.text, node.right]
          : ['', undefined];
    if (name === receiver.name.text && made && ts.isNewExpression(made)) return nameOfCalled(made.expression);
  }
  return '';
}

/** @param {ts.Node} made A constructor has the name of its class. */
function nameOfFunction(made) {
  if (ts.isConstructorDeclaration(made)) return made.parent.name?.text ?? '';
  if (ts.isFunctionDeclaration(made)) return made.name?.text ?? '';
  if (!ts.isMethodDeclaration(made) || ts.isComputedPropertyName(made.name) || !ts.isClassLike(made.parent)) return '';
  return `${made.parent.name?.text ?? ''}.${made.name.text}`;
}

/**
 * The words of a page: what stands between its tags, and in the attributes that are read to somebody.
 *
 * @param {import('./screen-sources.js').Source} page
 * @returns {string[]}
 */
export function wordsOfPage({ file, text }) {
  const between = text.replaceAll(/<[^>]*>/g, '\n').split('\n');
  const attributes = [...text.matchAll(/\s([\w-]+)="([^"]*)"/g)].flatMap(([, name = '', value = '']) =>
    ATTRIBUTES.test(name) ? [value] : [],
  );
  return [...between, ...attributes].filter((words) => LETTER.test(words)).map((words) => `${file}: ${words.trim()}`);
}

/**
 * The words of a stylesheet.
 *
 * @param {import('./screen-sources.js').Source} stylesheet
 * @returns {string[]}
 */
export function wordsOfStylesheet({ file, text }) {
  const contents = [...text.matchAll(/\bcontent\s*:\s*([^;}]*)/g)].flatMap(([, value = '']) => [
    ...value.matchAll(/"([^"]*)"|'([^']*)'/g),
  ]);
  return contents
    .map(([, double, single]) => double ?? single ?? '')
    .filter((words) => LETTER.test(words.replaceAll(/\\[\da-f]+ ?/gi, '')))
    .map((words) => `${file}: ${words}`);
}
