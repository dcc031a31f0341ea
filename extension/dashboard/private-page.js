// Owns what the dashboard shows in a private window: that nothing of it is kept, and where what is kept can be seen.
import { make, part } from '../../popup/element.js';
import { notice } from '../../popup/notice.js';
import { text } from '../i18n.js';

/** Says so in the place of everything else. */
export function drawPrivatePage() {
  const body = make('p', {}, text('dashboardPrivateText'));
  part('notices', HTMLElement).replaceChildren(notice('plain', 'private', text('dashboardPrivateTitle'), [body]));
  part('export-json', HTMLButtonElement).hidden = true;
  part('choice', HTMLElement).hidden = true;
  document.documentElement.dataset['drawn'] = 'true';
}
