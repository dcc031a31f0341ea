// Owns the buttons on the graph that zoom it.
import { make } from '../../../popup/element.js';
import { text } from '../../i18n.js';

/**
 * The buttons.
 *
 * @param {{ onZoom: (steps: 1 | -1) => void, onWhole: () => void }} parts
 */
export function zoomButtons({ onZoom, onWhole }) {
  return make(
    'div',
    { class: 'graph-buttons' },
    button('graphCloser', '+', () => onZoom(1)),
    button('graphFarther', '−', () => onZoom(-1)),
    button('graphWhole', '⤢', onWhole),
  );
}

/**
 * @param {string} name Of its message.
 * @param {string} sign
 * @param {() => void} act
 */
function button(name, sign, act) {
  const label = text(name);
  const attributes = { type: 'button', class: 'button button-outlined', 'aria-label': label, title: label };
  const element = make('button', { ...attributes, 'data-testid': name }, sign);
  element.addEventListener('click', act);
  return element;
}
