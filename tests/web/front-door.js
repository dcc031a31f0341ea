// Owns the one port of the test web: tells TLS, plain HTTP and a proxy's requests apart by their first bytes.
import http from 'node:http';
import https from 'node:https';
import net from 'node:net';

/** The first byte of a TLS connection (a handshake record); no HTTP method starts with it. */
const TLS_HANDSHAKE = 0x16;

/** Requests of real pages carry URLs and cookies far above Node's default of 16 KiB. */
const MAX_HEADER_BYTES = 256 * 1024;

/**
 * @typedef {object} DoorCallbacks
 * @property {(request: http.IncomingMessage, response: http.ServerResponse, url: URL) => void} onRequest
 * @property {(request: http.IncomingMessage, socket: import('node:stream').Duplex, head: Buffer, url: URL) => void} onUpgrade
 * @property {(host: string) => boolean} exists whether the name resolves; a proxy answers 502 for those that do not
 */

/** One listening socket that is every host's port 80, every host's port 443, and a proxy to all of them. */
export class FrontDoor {
  #http;
  #https;
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
    this.#https = https.createServer({ ...limits, key: certificate.key, cert: certificate.cert });
    this.#http.on('connect', (request, socket, head) => this.#tunnel(request, socket, head));
    this.#listen(this.#http, 'http');
    this.#listen(this.#https, 'https');
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
    server.on('request', (request, response) => {
      const url = requestedUrl(request, scheme);
      if (!url) return response.writeHead(400).end();
      if (!this.#callbacks.exists(url.hostname)) return response.writeHead(502).end();
      this.#callbacks.onRequest(request, response, url);
    });
    server.on('upgrade', (request, socket, head) => {
      const url = requestedUrl(request, scheme);
      if (!url) return socket.destroy();
      this.#callbacks.onUpgrade(request, socket, head, url);
    });
    // A browser that leaves in the middle of a request is no event for the web.
    server.on('clientError', (_error, socket) => socket.destroy());
    server.on('tlsClientError', (_error, socket) => socket.destroy());
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
      const server = first[0] === TLS_HANDSHAKE ? this.#https : this.#http;
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
 * The URL that the browser asked for: absolute in a proxy's plain request, else made of the Host header and the path.
 * @param {http.IncomingMessage} request
 * @param {'http' | 'https'} scheme
 * @returns {URL | null}
 */
function requestedUrl(request, scheme) {
  const target = request.url ?? '/';
  const text = /^https?:\/\//i.test(target) ? target : `${scheme}://${request.headers.host ?? ''}${target}`;
  return URL.canParse(text) ? new URL(text) : null;
}
