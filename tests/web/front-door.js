// Owns the one port of the test web: tells TLS, plain HTTP and a proxy's requests apart by their first bytes, and HTTP/2 by what
// the TLS handshake agrees on.
import http from 'node:http';
import http2 from 'node:http2';
import net from 'node:net';
import tls from 'node:tls';

/** The first byte of a TLS connection (a handshake record); no HTTP method starts with it. */
const TLS_HANDSHAKE = 0x16;

/** Requests of real pages carry URLs and cookies far above Node's default of 16 KiB. */
const MAX_HEADER_BYTES = 256 * 1024;

/** @typedef {http.IncomingMessage | http2.Http2ServerRequest} DoorRequest */
/** @typedef {http.ServerResponse | http2.Http2ServerResponse} DoorResponse */

/**
 * @typedef {object} DoorCallbacks
 * @property {(request: DoorRequest, response: DoorResponse, url: URL) => void} onRequest
 * @property {(request: http.IncomingMessage, socket: import('node:stream').Duplex, head: Buffer, url: URL) => void} onUpgrade
 * @property {(host: string) => void} onConnection whom a TLS handshake was made with, whether or not a request follows
 * @property {(host: string) => boolean} exists whether the name resolves; a proxy answers 502 for those that do not
 * @property {(host: string) => boolean} speaksHttps whether the host has https at all; a handshake with another is broken off
 * @property {(host: string) => boolean} speaksHttp2 whether the host's https offers HTTP/2; the others know HTTP/1.1 alone
 */

/** One listening socket that is every host's port 80, every host's port 443, and a proxy to all of them. */
export class FrontDoor {
  #http;
  #https;
  #http2;
  #tls;
  #callbacks;
  /** @type {Set<import('node:stream').Duplex>} */
  #sockets = new Set();
  #door = net.createServer((socket) => {
    this.#sockets.add(socket);
    socket.on('close', () => this.#sockets.delete(socket));
    this.#admit(socket);
  });

  /**
   * @param {import('./certificate.js').WebCertificate} certificate
   * @param {DoorCallbacks} callbacks
   */
  constructor(certificate, callbacks) {
    this.#callbacks = callbacks;
    const limits = { maxHeaderSize: MAX_HEADER_BYTES, keepAliveTimeout: 60_000 };
    this.#http = http.createServer(limits);
    this.#https = http.createServer(limits);
    this.#http2 = http2.createServer();
    this.#tls = tls.createServer({
      key: certificate.key,
      cert: certificate.cert,
      SNICallback: (servername, done) => done(callbacks.speaksHttps(servername) ? null : new Error('http only')),
      ALPNCallback: ({ servername, protocols }) => {
        const spoken = callbacks.speaksHttp2(servername) ? ['h2', 'http/1.1'] : ['http/1.1'];
        return spoken.find((protocol) => protocols.includes(protocol));
      },
    });
    this.#tls.on('secureConnection', (socket) => {
      callbacks.onConnection(socket.servername || '');
      (socket.alpnProtocol === 'h2' ? this.#http2 : this.#https).emit('connection', socket);
    });
    this.#tls.on('tlsClientError', (_error, socket) => socket.destroy());
    this.#http.on('connect', (request, socket, head) => this.#tunnel(request, socket, head));
    this.#listen(this.#http, 'http');
    this.#listen(this.#https, 'https');
    this.#http2.on('request', (request, response) => this.#request(request, response, 'https'));
    this.#http2.on('sessionError', () => {});
  }

  /**
   * @returns {Promise<number>} the port, on 127.0.0.1
   */
  open() {
    return new Promise((resolve, reject) => {
      this.#door.once('error', reject);
      this.#door.listen(0, '127.0.0.1', () => {
        resolve(/** @type {net.AddressInfo} */ (this.#door.address()).port);
      });
    });
  }

  /** @returns {Promise<void>} */
  async close() {
    const closed = new Promise((resolve) => this.#door.close(resolve));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  /**
   * @param {http.Server} server
   * @param {'http' | 'https'} scheme
   */
  #listen(server, scheme) {
    server.on('request', (request, response) => this.#request(request, response, scheme));
    server.on('upgrade', (request, socket, head) => {
      const url = requestedUrl(request, scheme);
      if (!url) return socket.destroy();
      this.#callbacks.onUpgrade(request, socket, head, url);
    });
    // A browser that leaves in the middle of a request is no event for the web.
    server.on('clientError', (_error, socket) => socket.destroy());
  }

  /**
   * @param {DoorRequest} request
   * @param {DoorResponse} response
   * @param {'http' | 'https'} scheme
   */
  #request(request, response, scheme) {
    const url = requestedUrl(request, scheme);
    if (!url || !this.#callbacks.exists(url.hostname)) {
      response.statusCode = url ? 502 : 400;
      response.end();
      return;
    }
    this.#callbacks.onRequest(request, response, url);
  }

  /**
   * Hands a connection to the server that its first byte asks for.
   * @param {import('node:stream').Duplex} socket
   */
  #admit(socket) {
    socket.on('error', () => socket.destroy());
    socket.once('data', (/** @type {Buffer} */ first) => {
      socket.pause();
      socket.unshift(first);
      const server = first[0] === TLS_HANDSHAKE ? this.#tls : this.#http;
      server.emit('connection', socket);
      process.nextTick(() => socket.resume());
    });
  }

  /**
   * A proxy's tunnel ends at this same door: whatever comes through is sniffed like any other connection.
   * @param {http.IncomingMessage} request
   * @param {import('node:stream').Duplex} socket
   * @param {Buffer} head
   */
  #tunnel(request, socket, head) {
    const host = (request.url ?? '').replace(/:\d+$/, '');
    if (!this.#callbacks.exists(host)) {
      socket.end('HTTP/1.1 502 Name not resolved\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    socket.write('HTTP/1.1 200 Connected\r\n\r\n');
    if (head.length > 0) socket.unshift(head);
    this.#admit(socket);
  }
}

/**
 * The URL that the browser asked for: absolute in a proxy's plain request, else made of the host's header and the path.
 * @param {DoorRequest} request
 * @param {'http' | 'https'} scheme
 * @returns {URL | null}
 */
function requestedUrl(request, scheme) {
  const target = request.url ?? '/';
  const host = request.headers[':authority'] ?? request.headers.host ?? '';
  const text = /^https?:\/\//i.test(target) ? target : `${scheme}://${host}${target}`;
  return URL.canParse(text) ? new URL(text) : null;
}
