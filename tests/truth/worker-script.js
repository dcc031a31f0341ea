// Owns the service worker of a case's site: it passes on what its pages ask for, and the address says so.

/**
 * @param {string} host of the site
 * @returns {string} the worker's code
 */
export function workerScript(host) {
  return `(${work})(${JSON.stringify(host)});`;
}

/**
 * Runs **inside the worker** (it is sent there as text, so it must not use anything of this module).
 *
 * @param {string} host
 */
function work(host) {
  const worker = /** @type {any} The DOM's types know pages only. */ (globalThis);
  worker.addEventListener('install', () => worker.skipWaiting());
  worker.addEventListener('activate', (/** @type {any} */ event) => event.waitUntil(worker.clients.claim()));
  worker.addEventListener('fetch', (/** @type {any} */ event) => {
    const { url, mode, destination, headers } = event.request;
    const said = /^(.*\/x\/)([\w-]+)(\.\w+)$/.exec(url);
    // The mark tells page from page, so it is the page's own. A worker's script must come from the address that was asked for; a stream never ends.
    const passes = mode !== 'navigate' && !destination.endsWith('worker');
    if (!said || !passes || url.includes('.marks-') || headers.get('accept') === 'text/event-stream') return;
    const [, before = '', packed = '', extension = ''] = said;
    const asked = JSON.parse(atob(packed.replaceAll('-', '+').replaceAll('_', '/')));
    const words = btoa(JSON.stringify({ ...asked, w: host }))
      .replaceAll('+', '-')
      .replaceAll('/', '_')
      .replaceAll('=', '');
    /** @type {RequestInit} */
    const init = { mode: mode === 'cors' ? 'cors' : 'no-cors', method: event.request.method };
    event.respondWith(fetch(before + words + extension, init));
  });
}
