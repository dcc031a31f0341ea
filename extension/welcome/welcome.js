// Owns the first steps: what Tiers counts, what it keeps, what it may see and why, and what to do now.
import { make, part, symbol } from '../../popup/element.js';
import { notice } from '../../popup/notice.js';
import { DASHBOARD_PAGE, METHOD_PAGE, openPage } from '../../popup/tab.js';
import { api } from '../browser.js';
import { isFirefox } from '../firefox.js';
import { hasAllSites, onAccessChanged, requestAllSites } from '../host-access.js';
import { detailOf, localise, sentence, text } from '../i18n.js';
import { drawPicture } from './picture.js';

/** What is kept where nobody has decided anything, and what is not. */
const KEPT = [
  { isKept: true, label: 'welcomeKeptHosts' },
  { isKept: false, label: 'welcomeKeptAddresses' },
  { isKept: false, label: 'welcomeKeptPrivate' },
];

/** What the manifest asks for, by the browser's own names, and the keys of what for. */
const PERMISSIONS = [
  { name: '<all_urls>', why: 'welcomePermissionHosts' },
  { name: 'webRequest', why: 'welcomePermissionRequests' },
  { name: 'webNavigation', why: 'welcomePermissionNavigation' },
  { name: 'storage', why: 'welcomePermissionStorage' },
  { name: 'unlimitedStorage', why: 'welcomePermissionUnlimited' },
];

/** Whether the notice that asks for access is there. */
let isAsking = false;

function drawFixed() {
  const code = make('code', {}, "fetch('https://example.com')");
  part('leaves-check', HTMLElement).replaceChildren(...sentence('leavesCheck', code));
  part('kept', HTMLElement).replaceChildren(
    ...KEPT.map(({ isKept, label }) =>
      make('li', { class: isKept ? 'marked-yes' : 'marked-no' }, symbol(isKept ? 'kept' : 'never'), text(label)),
    ),
  );
  part('permissions', HTMLElement).replaceChildren(
    ...PERMISSIONS.map(({ name, why }) =>
      make('div', {}, make('dt', {}, make('code', {}, name)), make('dd', {}, text(why))),
    ),
  );
  for (const [id, page] of /** @type {const} */ ([
    ['open-dashboard', DASHBOARD_PAGE],
    ['how-it-counts', METHOD_PAGE],
    ['open-kept', `${DASHBOARD_PAGE}?view=kept`],
  ])) {
    part(id, HTMLButtonElement).addEventListener('click', () => void openPage(page));
  }
}

/** How the icon gets where its number is seen: each browser has another way. */
async function drawPin() {
  const pin = part('pin', HTMLElement);
  const { os } = await api.runtime.getPlatformInfo();
  if (os === 'android') pin.textContent = text('welcomePinAndroid');
  else if (await isInToolbar()) pin.textContent = text('welcomePinDone');
  else pin.textContent = text(isFirefox() ? 'welcomePinFirefox' : 'welcomePinChromium');
}

/** @returns {Promise<boolean>} False where the browser does not say. */
async function isInToolbar() {
  try {
    return (await api.action.getUserSettings()).isOnToolbar ?? false;
  } catch (cause) {
    console.warn('welcome: the browser does not say whether the icon is in the toolbar.', cause);
    return false;
  }
}

/** Without access to all sites nothing is counted: that is said first, with the way to allow it. */
async function drawAccess() {
  const has = await hasAllSites();
  if (has !== isAsking) return;
  isAsking = !has;
  const button = make(
    'button',
    { type: 'button', class: 'button button-filled', 'data-testid': 'allow-all-sites' },
    text('welcomeAccessAllow'),
  );
  button.addEventListener('click', () => {
    // At once: the click is what allows the question.
    requestAllSites().then(drawAccess, sayFailure);
  });
  const asked = notice(
    'warn',
    'no-access',
    text('accessMissingTitle'),
    [make('p', {}, text('accessMissingText'))],
    button,
  );
  part('notices', HTMLElement).replaceChildren(...(has ? [] : [asked]));
}

/** @param {unknown} error */
function sayFailure(error) {
  const detail = detailOf(error);
  part('notices', HTMLElement).append(notice('fault', 'problem', text('actionFailed', detail), []));
}

async function start() {
  localise(document);
  drawFixed();
  drawPicture(part('picture', HTMLElement), part('picture-caption', HTMLElement));
  onAccessChanged(() => void drawAccess());
  // The icon is pinned, and access is given, outside of this page.
  document.addEventListener('visibilitychange', () => void drawPin());
  addEventListener('focus', () => void drawPin());
  await Promise.all([drawPin(), drawAccess()]);
  document.documentElement.dataset['drawn'] = 'true';
}

void start();
