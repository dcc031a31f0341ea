// Owns the error of a HAR file that cannot be used: which file, where in it, why, and what to do.

export class HarError extends Error {
  /**
   * @param {string} file
   * @param {string} position a line and column, a path inside the document, or empty where the file cannot be read
   * @param {string} reason
   */
  constructor(file, position, reason) {
    super(
      `${file}${position && `: ${position}`}: ${reason}. ` +
        "Give an HTTP Archive (HAR 1.2) as the browser's network panel, WebPageTest or sitespeed.io saves it.",
    );
    this.name = 'HarError';
    this.file = file;
    this.position = position;
    this.reason = reason;
  }
}
