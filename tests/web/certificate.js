// Owns the one certificate of the test web: made at start, gone at its end, known to browsers by its key's fingerprint.
import { createHash, X509Certificate } from 'node:crypto';
import { generate } from 'selfsigned';

/**
 * @typedef {object} WebCertificate
 * @property {string} key PEM of the private key
 * @property {string} cert PEM of the certificate; its name matches no host, since browsers are told to accept the key
 * @property {string} spki base64 SHA-256 of the public key, for Chromium's `--ignore-certificate-errors-spki-list`
 */

/**
 * @returns {Promise<WebCertificate>}
 */
export async function makeCertificate() {
  const pem = await generate([{ name: 'commonName', value: 'the test web' }], {
    keyType: 'ec',
    curve: 'P-256',
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: '*.test' }] }],
  });
  const publicKey = new X509Certificate(pem.cert).publicKey.export({ type: 'spki', format: 'der' });
  return {
    key: pem.private,
    cert: pem.cert,
    spki: createHash('sha256').update(publicKey).digest('base64'),
  };
}
