// Owns servers below HTTP: they hear what comes, and say on the bare connection whatever a test wants, or nothing.
import net from 'node:net';

/** The first byte of a TLS connection (a handshake record). */
const TLS_HANDSHAKE = 0x16;

/**
 * Says something on the connection, or ends it.
 * @typedef {(socket: net.Socket, path: string) => void} Reply
 */

export class RawServer {
  port = 0;
  /**
   * What was asked on this server's connections, first to last: the path of a request, `TLS` for a handshake.
   * @type {string[]}
   */
  heard = [];
  /** @type {Set<net.Socket>} */
  #sockets = new Set();
  #server;

  /** @param {Reply} reply to each request, and to each handshake */
  constructor(reply) {
    this.#server = net.createServer((socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
      socket.on('error', () => socket.destroy());
      let asked = '';
      socket.on('data', (bytes) => {
        asked += bytes.toString('latin1');
        const isHandshake = asked.charCodeAt(0) === TLS_HANDSHAKE;
        if (!isHandshake && !asked.includes('\r\n\r\n')) return;
        const path = isHandshake ? 'TLS' : (asked.split(' ')[1] ?? '');
        asked = '';
        this.heard.push(path);
        reply(socket, path);
      });
    });
  }

  /**
   * @param {Reply} reply
   * @returns {Promise<RawServer>}
   */
  static async start(reply) {
    const server = new RawServer(reply);
    server.port = await new Promise((resolve) => {
      server.#server.listen(0, '127.0.0.1', () => {
        resolve(/** @type {net.AddressInfo} */ (server.#server.address()).port);
      });
    });
    return server;
  }

  /** Ends all connections; from now on the port refuses every one. @returns {Promise<void>} */
  async stop() {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }
}
