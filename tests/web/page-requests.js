// Owns what a test page asks for: the kinds of request, and the script that makes them inside the page.

/**
 * The kinds of request that a page can make. `beacon` leaves at once, `unload-beacon` when the page goes away.
 * @typedef {'script' | 'stylesheet' | 'image' | 'font' | 'media' | 'frame' | 'object' | 'fetch' | 'xhr' | 'beacon'
 *   | 'unload-beacon' | 'websocket' | 'eventsource' | 'worker' | 'service-worker'} PageRequestKind
 */

/**
 * @typedef {object} PageRequest
 * @property {PageRequestKind} kind
 * @property {string} url
 * @property {string} [method] of a `fetch`; GET by default
 * @property {boolean} [cors] a `fetch` in mode `cors`; else `no-cors`
 * @property {Record<string, string>} [headers] of a `fetch` in mode `cors`
 */

/**
 * Runs **inside the page** (it is sent there as text, so it must not use anything of this module): makes the requests,
 * and when every one has settled, or the bound is reached, sets `data-done="true"` on the root element.
 * @param {PageRequest[]} requests
 * @param {number} boundMs
 */
export function makeRequests(requests, boundMs) {
  const root = document.documentElement;
  // One more than the requests, until all of them have been started: an early answer must not end the page.
  let open = 1;
  let over = false;

  const finish = () => {
    if (over) return;
    over = true;
    root.dataset.unsettled = String(open);
    root.dataset.done = 'true';
  };

  /** @param {() => void} settled @param {string} tag @param {Record<string, string>} attributes @param {string[]} ends */
  const element = (settled, tag, attributes, ends) => {
    const made = document.createElement(tag);
    for (const end of ends) made.addEventListener(end, settled, { once: true });
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    // Chromium does not load an object that is not rendered.
    made.hidden = tag !== 'object';
    document.body.append(made);
  };

  /**
   * Beacons and workers tell nobody when they are answered; the browser's own timing entry does.
   * @param {() => void} settled
   * @param {string} url
   */
  const whenTimed = (settled, url) => {
    const watch = new PerformanceObserver((list) => {
      if (!list.getEntries().some((entry) => entry.name === new URL(url, location.href).href)) return;
      watch.disconnect();
      settled();
    });
    watch.observe({ type: 'resource' });
    setTimeout(settled, 3000);
  };

  /** @type {Record<PageRequestKind, (request: PageRequest, settled: () => void) => void>} */
  const makers = {
    script: ({ url }, settled) => element(settled, 'script', { src: url }, ['load', 'error']),
    stylesheet: ({ url }, settled) => element(settled, 'link', { rel: 'stylesheet', href: url }, ['load', 'error']),
    image: ({ url }, settled) => element(settled, 'img', { src: url, alt: '' }, ['load', 'error']),
    media: ({ url }, settled) =>
      element(settled, 'audio', { src: url, preload: 'auto' }, ['canplaythrough', 'suspend', 'error', 'stalled']),
    frame: ({ url }, settled) => element(settled, 'iframe', { src: url }, ['load', 'error']),
    object: ({ url }, settled) => element(settled, 'object', { data: url }, ['load', 'error']),
    font: ({ url }, settled) => {
      new FontFace(`font-${open}`, `url(${JSON.stringify(url)})`).load().then(settled, settled);
    },
    fetch: ({ url, method = 'GET', cors = false, headers }, settled) => {
      const body = method === 'GET' || method === 'HEAD' || method === 'OPTIONS' ? null : 'body';
      const mode = cors ? 'cors' : 'no-cors';
      fetch(url, { method, mode, body, headers: headers ?? {}, cache: 'no-store' }).then(settled, settled);
    },
    xhr: ({ url, method = 'GET' }, settled) => {
      const request = new XMLHttpRequest();
      request.addEventListener('loadend', settled);
      request.open(method, url);
      request.send();
    },
    beacon: ({ url }, settled) => {
      whenTimed(settled, url);
      if (!navigator.sendBeacon(url, 'beacon')) settled();
    },
    'unload-beacon': ({ url }, settled) => {
      addEventListener('pagehide', () => navigator.sendBeacon(url, 'unload'));
      settled();
    },
    websocket: ({ url }, settled) => {
      const socket = new WebSocket(url);
      socket.addEventListener('open', () => socket.close());
      socket.addEventListener('close', settled);
    },
    eventsource: ({ url }, settled) => {
      const source = new EventSource(url);
      const end = () => {
        source.close();
        settled();
      };
      source.addEventListener('open', end);
      source.addEventListener('error', end);
    },
    worker: ({ url }, settled) => {
      const worker = new Worker(url);
      whenTimed(settled, url);
      worker.addEventListener('message', settled);
      worker.addEventListener('error', settled);
    },
    'service-worker': ({ url }, settled) => {
      navigator.serviceWorker.register(url).then(() => navigator.serviceWorker.ready.then(settled), settled);
    },
  };

  const settleOne = () => {
    open -= 1;
    if (open === 0) finish();
  };
  /** @param {(settled: () => void) => void} start */
  const track = (start) => {
    open += 1;
    let settled = false;
    const settle = () => {
      if (settled) return;
      settled = true;
      settleOne();
    };
    try {
      start(settle);
    } catch {
      settle();
    }
  };

  // The page's own markup counts too: what it names has settled with the load event.
  track((settled) => {
    if (document.readyState === 'complete') settled();
    else addEventListener('load', settled, { once: true });
  });
  for (const request of requests) track((settled) => makers[request.kind](request, settled));
  settleOne();
  setTimeout(finish, boundMs);
}
