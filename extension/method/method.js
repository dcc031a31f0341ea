// Owns the page “How this is counted”: draws the core's view of the method, with contents that lead to each section.
import { make, part } from '../../popup/element.js';
import { notice } from '../../popup/notice.js';
import { DASHBOARD_PAGE, openPage } from '../../popup/tab.js';
import { failureOf } from '../failure.js';
import { keyOf, localise, text } from '../i18n.js';
import { readerModule } from '../reader-instance.js';
import { SECTIONS } from './sections.js';
import { statement } from './statement.js';

/** @typedef {import('../core/types.js').MethodView} MethodView */

/** @param {MethodView} view */
function draw(view) {
  part('contents-list', HTMLElement).replaceChildren(
    ...view.sections.map((section) =>
      make('li', {}, make('a', { href: `#${section}` }, text(keyOf('methodSection', section)))),
    ),
  );
  part('contents', HTMLElement).hidden = false;
  part('sections', HTMLElement).replaceChildren(
    ...view.sections.map((section) =>
      make(
        'section',
        { id: section, 'aria-labelledby': `${section}-title`, 'data-testid': 'section' },
        make('h2', { id: `${section}-title` }, text(keyOf('methodSection', section))),
        make('p', { class: 'intro' }, ...statement('method', section, 'Intro')),
        ...SECTIONS[section](view),
      ),
    ),
  );
  // The browser looked for the section before it was there.
  if (location.hash) document.getElementById(location.hash.slice(1))?.scrollIntoView();
}

/** @param {unknown} error */
function drawFailure(error) {
  console.error('method: the page could not be drawn.', error);
  const retry = make(
    'button',
    { type: 'button', class: 'button button-outlined', 'data-testid': 'retry' },
    text('retry'),
  );
  retry.addEventListener('click', () => location.reload());
  const body = [
    make('details', {}, make('summary', {}, text('problemDetail')), make('pre', {}, failureOf(error).message)),
  ];
  part('notices', HTMLElement).replaceChildren(notice('fault', 'problem', text('methodFailed'), body, retry));
}

async function start() {
  localise(document);
  part('open-dashboard', HTMLButtonElement).addEventListener('click', () => void openPage(DASHBOARD_PAGE));
  try {
    const reader = await readerModule();
    draw(reader.method());
  } catch (error) {
    drawFailure(error);
  }
  document.documentElement.dataset['drawn'] = 'true';
}

void start();
