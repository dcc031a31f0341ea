// Owns row 1 inside a browser: the page that measures, and leaves the times on its root element.
import { measureRequests } from './request-rounds.js';

const root = document.documentElement;
const asked = new URL(location.href).searchParams;
const browser = asked.get('browser') === 'firefox' ? 'firefox' : 'chromium';

measureRequests(browser, Number(asked.get('rounds'))).then(
  (times) => finish({ times }),
  (cause) => finish({ error: cause instanceof Error ? `${cause.message}\n${cause.stack}` : String(cause) }),
);

/** @param {{ times?: import('./request-rounds.js').RoundTimes, error?: string }} result */
function finish(result) {
  root.dataset['result'] = JSON.stringify(result);
  root.dataset['done'] = 'true';
}
