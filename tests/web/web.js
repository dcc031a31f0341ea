// Owns the local web: one server that is every host, over http, https, ws and wss, and logs every request it gets.
import { WebSocketServer } from 'ws';
import { blankAnswer } from './blank-answer.js';
import { makeCertificate } from './certificate.js';
import { FrontDoor } from './front-door.js';
import { pageHtml } from './page-html.js';
import { RequestLog } from './request-log.js';
import { webRequest, webTransportRequest } from './web-request.js';
import { WebTransportServer } from './webtransport.js';

/** @typedef {import('./blank-answer.js').Answer} Answer */
/** @typedef {import('./request-log.js').LoggedRequest} LoggedRequest */

/** @typedef {import('./web-request.js').WebRequest} WebRequest */

/**
 * Gives the answer, or nothing to leave the request to the next handler. A WebSocket is accepted unless a handler
 * answers its request.
 * @typedef {(request: WebRequest) => Answer | null | undefined} Handler
 */

/**
 * Which requests a handler gets: a host (`www.a.test`), every host below one (`*.a.test`), a whole URL
 * (`https://a.test/x`), or any test of one's own.
 * @typedef {string | RegExp | ((request: WebRequest) => boolean)} Pattern
 */

/** @typedef {{ matches: (request: WebRequest) => boolean, handler: Handler }} Route */

export class TestWeb {
  log = new RequestLog();
  /** Hosts that a browser connected to over TLS, with or without a request. @type {Set<string>} */
  connected = new Set();
  /** Hosts without https to which a browser tried to connect over TLS. @type {Set<string>} */
  refused = new Set();
  port = 0;
  /** Fingerprint of the certificate's key, see `WebCertificate`. */
  spki = '';
  #door;
  #sockets = new WebSocketServer({ noServer: true });
  /** @type {Route[]} */
  #routes = [];
  /** @type {Route[]} */
  #preflights = [];
  /** @type {Set<string>} */
  #http2 = new Set();
  /** @type {Set<string>} */
  #httpOnly = new Set();
  /** @type {WebTransportServer | null} */
  #webTransport = null;

  /** @param {import('./certificate.js').WebCertificate} certificate */
  constructor(certificate) {
    this.spki = certificate.spki;
    this.#door = new FrontDoor(certificate, {
      onRequest: (request, response, url) => this.#answer(request, response, url),
      onUpgrade: (request, socket, head, url) => this.#connect(request, socket, head, url),
      onConnection: (host) => this.connected.add(host),
      exists: nameExists,
      speaksHttps: (host) => this.#speaksHttps(host),
      speaksHttp2: (host) => this.#http2.has(host),
    });
  }

  /** @returns {Promise<TestWeb>} */
  static async start() {
    const web = new TestWeb(await makeCertificate());
    web.port = await web.#door.open();
    return web;
  }

  /** One port serves http, https and the proxy; the names say what it is used for. */
  get httpPort() {
    return this.port;
  }

  get httpsPort() {
    return this.port;
  }

  get proxyPort() {
    return this.port;
  }

  async stop() {
    for (const socket of this.#sockets.clients) socket.terminate();
    await this.#webTransport?.stop();
    await this.#door.close();
  }

  /**
   * Declares who answers. The latest declaration that fits a request is asked first.
   * @param {Pattern} pattern
   * @param {Handler} handler
   */
  serve(pattern, handler) {
    this.#routes.unshift({ matches: matcher(pattern), handler });
  }

  /**
   * Declares who answers the questions that precede requests to another origin (CORS preflights). Undeclared ones are
   * answered with a yes.
   * @param {Pattern} pattern
   * @param {Handler} handler
   */
  servePreflight(pattern, handler) {
    this.#preflights.unshift({ matches: matcher(pattern), handler });
  }

  /**
   * Declares that a host's https offers HTTP/2 too: Chromium 156 heeds early hints over nothing older.
   * @param {string} host
   */
  speakHttp2(host) {
    this.#http2.add(host);
  }

  /**
   * Declares that a host has no https: a connection for it is broken off before there is a request.
   * @param {string} host
   */
  speakHttpOnly(host) {
    this.#httpOnly.add(host);
  }

  /**
   * Has hosts answer WebTransport, at a port and under a certificate of their own. Neither browser asks for it over a proxy: the
   * hosts are to be `elsewhere` in the browser's options. Paths that begin with `/refused` are refused.
   *
   * @param {string[]} hosts
   * @returns {Promise<WebTransportServer>}
   */
  async speakWebTransport(hosts) {
    await this.#webTransport?.stop();
    this.#webTransport = await WebTransportServer.start(hosts, ({ authority, path }) =>
      this.log.add(webTransportRequest(new URL(path, `https://${authority}`))),
    );
    return this.#webTransport;
  }

  /** @param {string} host */
  #speaksHttps(host) {
    const isRefused = this.#httpOnly.has(host);
    if (isRefused) this.refused.add(host);
    return !isRefused;
  }

  /** Forgets every declaration; the log stays. */
  forget() {
    this.#routes = [];
    this.#preflights = [];
    this.#http2.clear();
    this.#httpOnly.clear();
  }

  /**
   * @param {string} url
   * @param {Answer} answer
   */
  answer(url, answer) {
    this.serve(new URL(url).href, () => answer);
  }

  /**
   * Declares a page. It may be kept by the back/forward cache, which `no-store` would forbid.
   * @param {string} url
   * @param {import('./page-html.js').PageSpec} spec
   */
  page(url, spec) {
    this.answer(url, {
      headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache', ...spec.headers },
      body: pageHtml(spec),
    });
  }

  /**
   * @param {string} url
   * @param {string} code
   */
  script(url, code) {
    this.answer(url, { headers: { 'content-type': 'text/javascript; charset=utf-8' }, body: code });
  }

  /**
   * Declares redirects from each URL to the next one.
   * @param {string[]} urls
   * @param {number} [status]
   */
  redirects(urls, status = 302) {
    for (const [index, url] of urls.slice(0, -1).entries()) {
      this.answer(url, { status, headers: { location: /** @type {string} */ (urls[index + 1]) } });
    }
  }

  /**
   * @param {import('./front-door.js').DoorRequest} incoming
   * @param {import('./front-door.js').DoorResponse} response
   * @param {URL} url
   */
  #answer(incoming, response, url) {
    const request = webRequest(incoming, url, 'http');
    this.log.add(request);
    incoming.resume();
    const answer = this.#decide(request) ?? blankAnswer(request, incoming.headers.accept ?? '');
    if (answer.hang) return;
    if (answer.drop) {
      incoming.socket.destroy();
      return;
    }
    if (answer.earlyHints) hintEarly(response, answer.earlyHints);
    const send = () => {
      response.statusCode = answer.status ?? 200;
      for (const [name, value] of Object.entries({ ...openHeaders(incoming), ...answer.headers })) {
        response.setHeader(name, value);
      }
      response.end(answer.body ?? '', answer.onSent);
    };
    if (answer.after) answer.after.then(send, send);
    else if (answer.delayMs) setTimeout(send, answer.delayMs);
    else send();
  }

  /**
   * @param {import('node:http').IncomingMessage} incoming
   * @param {import('node:stream').Duplex} socket
   * @param {Buffer} head
   * @param {URL} url
   */
  #connect(incoming, socket, head, url) {
    const request = webRequest(incoming, url, 'websocket');
    this.log.add(request);
    const answer = this.#decide(request);
    if (answer?.hang) return;
    if (answer) {
      if (!answer.drop) socket.write(`HTTP/1.1 ${answer.status ?? 403} Refused\r\nContent-Length: 0\r\n\r\n`);
      socket.end();
      return;
    }
    this.#sockets.handleUpgrade(incoming, socket, head, () => {});
  }

  /**
   * @param {WebRequest} request
   * @returns {Answer | null}
   */
  #decide(request) {
    const isPreflight = request.method === 'OPTIONS' && request.headers['access-control-request-method'];
    for (const { matches, handler } of isPreflight ? this.#preflights : this.#routes) {
      const answer = matches(request) ? handler(request) : null;
      if (answer) return answer;
    }
    return isPreflight ? { status: 204 } : null;
  }
}

/** Chromium 156 leaves the first answer 103 of a page unheeded, about once in twenty times, and heeds the next. */
const HINT_AGAIN_MS = 500;

/**
 * Hints at what a page will need, until its own answer has left.
 * @param {import('./front-door.js').DoorResponse} response
 * @param {string[]} link
 */
function hintEarly(response, link) {
  response.writeEarlyHints({ link });
  const again = setInterval(() => response.writeEarlyHints({ link }), HINT_AGAIN_MS);
  response.on('close', () => clearInterval(again));
}

/**
 * Names under `.invalid` never resolve (RFC 6761); all others do.
 * @param {string} host
 */
function nameExists(host) {
  return !/(^|\.)invalid\.?$/i.test(host);
}

/**
 * Everybody may read everything, so that no test fails for a reason of its own; nothing is kept in a cache, so that
 * every request of a page reaches the log.
 * @param {import('./front-door.js').DoorRequest} incoming
 * @returns {Record<string, string>}
 */
function openHeaders(incoming) {
  const { origin } = incoming.headers;
  return {
    'access-control-allow-origin': origin ?? '*',
    ...(origin && { 'access-control-allow-credentials': 'true' }),
    'access-control-allow-methods': incoming.headers['access-control-request-method'] ?? '*',
    'access-control-allow-headers': incoming.headers['access-control-request-headers'] ?? '*',
    'timing-allow-origin': '*',
    'cache-control': 'no-store',
  };
}

/**
 * @param {Pattern} pattern
 * @returns {(request: WebRequest) => boolean}
 */
function matcher(pattern) {
  if (typeof pattern === 'function') return pattern;
  if (pattern instanceof RegExp) return (request) => pattern.test(request.url);
  if (pattern.includes('://')) return (request) => request.url === pattern;
  if (pattern.startsWith('*.')) return (request) => request.host.endsWith(pattern.slice(1));
  return (request) => request.host === pattern;
}
