// Owns the pictures of charts: the drawing with its title and a caption, in one SVG that needs nothing else, saved as it is or as PNG.
import { drawText, make } from '../../popup/element.js';
import { detailOf, text } from '../i18n.js';
import { fileName, saveFile } from '../saved-file.js';
import { paint } from './picture-canvas.js';
import { settle } from './picture-style.js';
import { draw } from './svg.js';
import { wrap } from './wrapped-text.js';

/**
 * @typedef {object} Pictured
 * @property {() => string} name Of what the file holds; it becomes the file's name.
 * @property {() => string} title
 * @property {() => SVGSVGElement} draw The chart: an `svg` with a `viewBox`, made of `g`, `rect`, `line`, `circle`, `path` and `text` alone, each `text` one line.
 *   How they look comes from the style sheets by classes, or from attributes.
 * @property {() => string[]} caption Its sentences, each on a line of its own.
 */

const [MARGIN, GAP] = [32, 20];
const TITLE = { size: 20, line: 26, weight: 650 };
const CAPTION = { size: 12.5, line: 18, weight: 400 };
/** Of the text's room: on another machine the generic font may be wider. */
const FILLED = 0.92;
/** Pixels of the PNG for each unit of the drawing: sharp in print too. */
const SHARPNESS = 2;

/** Two buttons that save a chart as a picture. */
export class PictureButtons {
  #status = make('span', { class: 'soft small', role: 'status', 'data-testid': 'picture-status' });
  #pictured;

  /** @param {Pictured} pictured */
  constructor(pictured) {
    this.#pictured = pictured;
    const [svg, png] = [
      this.#button('picture-svg', text('savePictureSvg'), (picture) => this.#save(serialised(picture), 'svg')),
      this.#button('picture-png', text('savePicturePng'), async (picture) =>
        this.#save(await pngOf(picture, SHARPNESS), 'png'),
      ),
    ];
    this.element = make('div', { class: 'picture-buttons' }, svg, png, this.#status);
  }

  /**
   * @param {string} testid
   * @param {string} label
   * @param {(picture: SVGSVGElement) => void | Promise<void>} save
   */
  #button(testid, label, save) {
    const attributes = { type: 'button', class: 'button button-outlined', 'data-testid': testid };
    const button = make('button', attributes, label);
    button.addEventListener('click', async () => {
      drawText(this.#status, '');
      try {
        const { title, caption, draw: drawChart } = this.#pictured;
        await save(pictureOf({ title: title(), chart: drawChart(), caption: caption() }));
      } catch (error) {
        console.error('picture: it could not be made.', error);
        drawText(this.#status, text('actionFailed', detailOf(error)));
      }
    });
    return button;
  }

  /**
   * @param {Blob} content
   * @param {string} ending
   */
  #save(content, ending) {
    const name = fileName(this.#pictured.name(), Date.now(), ending);
    saveFile(content, name);
    drawText(this.#status, text('pictureSaved', name));
  }
}

/**
 * The picture, always in the light colours: it goes into documents, which are white, and is the same whatever its maker's screen is like.
 *
 * @param {{ title: string, chart: SVGSVGElement, caption: string[] }} content
 * @returns {SVGSVGElement}
 */
function pictureOf({ title, chart, caption }) {
  const { x, y, width, height } = chart.viewBox.baseVal;
  const room = width * FILLED;
  const titleLines = wrap(title, room, ruler(TITLE));
  const captionLines = caption.flatMap((sentence) => wrap(sentence, room, ruler(CAPTION)));
  const top = MARGIN + titleLines.length * TITLE.line + GAP;
  const below = top + height + GAP;
  const [allWidth, allHeight] = [width + 2 * MARGIN, below + captionLines.length * CAPTION.line + MARGIN];
  const picture = draw(
    'svg',
    { viewBox: `0 0 ${allWidth} ${allHeight}`, width: allWidth, height: allHeight, role: 'img' },
    draw('title', {}, title),
    draw('desc', {}, caption.join(' ')),
    draw('rect', { class: 'picture-paper', width: allWidth, height: allHeight }),
    ...textLines(titleLines, MARGIN, TITLE, 'picture-title'),
    draw('g', { transform: `translate(${MARGIN - x} ${top - y})` }, ...chart.childNodes),
    ...textLines(captionLines, below, CAPTION, 'picture-caption'),
  );
  return settle(picture);
}

/**
 * @param {string[]} lines
 * @param {number} top
 * @param {typeof TITLE} type
 * @param {string} name Their class.
 */
function textLines(lines, top, { size, line, weight }, name) {
  return lines.map((words, at) =>
    draw(
      'text',
      { class: name, x: MARGIN, y: top + at * line + size, 'font-size': size, 'font-weight': weight },
      words,
    ),
  );
}

/**
 * Tells how wide words are.
 *
 * @param {typeof TITLE} type
 * @returns {(words: string) => number}
 */
function ruler({ size, weight }) {
  const context = contextOf(document.createElement('canvas'));
  context.font = `${weight} ${size}px sans-serif`;
  return (words) => context.measureText(words).width;
}

/** @param {SVGSVGElement} picture */
function serialised(picture) {
  return new Blob([new XMLSerializer().serializeToString(picture)], { type: 'image/svg+xml' });
}

/**
 * @param {SVGSVGElement} picture
 * @param {number} sharpness
 * @returns {Promise<Blob>}
 */
async function pngOf(picture, sharpness) {
  const { width, height } = picture.viewBox.baseVal;
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [Math.ceil(width * sharpness), Math.ceil(height * sharpness)];
  const context = contextOf(canvas);
  context.scale(sharpness, sharpness);
  paint(picture, context);
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (!(blob instanceof Blob)) throw new Error(`no picture of ${canvas.width} × ${canvas.height}`);
  return blob;
}

/** @param {HTMLCanvasElement} canvas */
function contextOf(canvas) {
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no canvas');
  return context;
}
