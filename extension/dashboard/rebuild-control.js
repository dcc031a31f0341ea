// Owns the control that has the sums of all closed days made anew.
import { make } from '../../popup/element.js';
import { plural, text } from '../i18n.js';
import { rebuild } from '../rebuild.js';
import { LongWork } from './long-work.js';

export class RebuildControl {
  constructor() {
    const button = make(
      'button',
      { type: 'button', class: 'button button-outlined', 'data-testid': 'rebuild' },
      text('rebuild'),
    );
    const status = make('span', { class: 'soft', role: 'status', 'data-testid': 'rebuild-status' });
    const work = new LongWork({
      button,
      name: 'rebuilding',
      stop: 'cancel',
      stopped: 'cancelled',
      work: async (going) => {
        const { rebuilt, refused } = await rebuild(going);
        const left = refused.length > 0 ? [plural('rebuildRefused', refused.length)] : [];
        return [plural('rebuilt', rebuilt), ...left].join(' ');
      },
      say: (words) => void (status.textContent = words),
    });
    this.element = make('div', { class: 'rebuild' }, button, work.element, status);
  }
}
