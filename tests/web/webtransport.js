// Owns the test web's WebTransport: the server beside this folder's others that Node cannot be, built by cargo and driven here.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';

const ROOT = path.resolve(import.meta.dirname, '..', '..');
const RUN = ['run', '--quiet', '--package', 'tiers-test-webtransport', '--'];

/** @typedef {{ authority: string, path: string }} Session as it was asked for, before it is answered */

export class WebTransportServer {
  #process;

  /**
   * @param {import('node:child_process').ChildProcess} process
   * @param {{ port: number, certificateHash: number[] }} first what it says of itself
   */
  constructor(process, { port, certificateHash }) {
    this.#process = process;
    this.port = port;
    /** SHA-256, for `serverCertificateHashes`. */
    this.certificateHash = certificateHash;
  }

  /**
   * @param {string[]} hosts
   * @param {(session: Session) => void} onSession
   * @returns {Promise<WebTransportServer>}
   */
  static async start(hosts, onSession) {
    const server = spawn('cargo', [...RUN, ...hosts], { cwd: ROOT, stdio: ['pipe', 'pipe', 'inherit'] });
    const lines = createInterface({ input: server.stdout });
    const first = await new Promise((resolve, reject) => {
      lines.once('line', resolve);
      server.once('error', reject);
      server.once('exit', (code) => reject(new Error(`The WebTransport server ended with ${code} before it began.`)));
    });
    lines.on('line', (line) => onSession(JSON.parse(line)));
    return new WebTransportServer(server, JSON.parse(first));
  }

  /** @returns {Promise<void>} */
  async stop() {
    const { exitCode, stdin } = this.#process;
    if (exitCode !== null) return;
    const ended = new Promise((resolve) => this.#process.once('exit', resolve));
    stdin?.end();
    await ended;
  }
}
