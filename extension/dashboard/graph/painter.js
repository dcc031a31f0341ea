// Owns the painting of the graph. All that stands still is painted once, beside the screen, and from there as one picture into each frame: what a frame
// costs does not grow with the graph.
import { isSeen, placeNames, shortName } from './name-places.js';
import { bareShapeOf, pointOf, RING, shapeOf } from './scene.js';

/**
 * @typedef {import('./graph-model.js').GraphModel} GraphModel
 * @typedef {import('./name-places.js').PlacedName} PlacedName
 * @typedef {import('./palette.js').Palette} Palette
 * @typedef {import('./view-port.js').Transform} Transform
 * @typedef {import('./scene.js').Scene} Scene
 *
 * @typedef {(place: number) => boolean} IsPart
 */

/** Half of a square's side, for each unit of its node's radius: it has the area of the circle. */
export const HALF_SIDE = Math.sqrt(Math.PI) / 2;
/** How large a node is, in pixels, that has its name beside it; and how many names there are at most. */
const [NAMED_RADIUS, MOST_NAMES] = [3.5, 160];
/** What is left of the colours of what is dimmed. */
const DIMMED = 0.14;
/** Around a name, so that it can be read above lines. */
const HALO = 3;

/** The painter of one canvas. */
export class Painter {
  #canvas;
  #context;
  #still = document.createElement('canvas');
  #stillContext = contextOf(this.#still);
  /** The transform with which it is painted. @type {Transform} */
  #stillTransform = { x: 0, y: 0, k: 1 };
  #ratio = 1;
  /** How wide names are, by what is written. @type {Map<string, number>} */
  #widths = new Map();
  /** @type {Palette} */
  #palette;

  /**
   * @param {HTMLCanvasElement} canvas
   * @param {Palette} palette
   */
  constructor(canvas, palette) {
    this.#canvas = canvas;
    this.#context = contextOf(canvas);
    this.#palette = palette;
  }

  /** @param {Palette} palette */
  set palette(palette) {
    if (palette.font !== this.#palette.font) this.#widths.clear();
    this.#palette = palette;
  }

  /**
   * @param {Scene['size']} size
   * @param {number} ratio Of the screen's pixels to those of CSS.
   */
  resize({ width, height }, ratio) {
    this.#ratio = ratio;
    for (const canvas of [this.#canvas, this.#still]) {
      [canvas.width, canvas.height] = [Math.max(1, Math.round(width * ratio)), Math.max(1, Math.round(height * ratio))];
    }
  }

  /**
   * Paints what stands still.
   *
   * @param {Scene} scene
   * @param {ReadonlySet<number>} moving What does not.
   * @returns {PlacedName[]} The names that are written.
   */
  paintStill(scene, moving) {
    const context = this.#stillContext;
    this.#stillTransform = scene.transform;
    context.setTransform(this.#ratio, 0, 0, this.#ratio, 0, 0);
    context.clearRect(0, 0, scene.size.width, scene.size.height);
    this.#paint(context, scene, (place) => !moving.has(place), false);
    const names = this.namesOf(scene).filter(({ place }) => !moving.has(place));
    for (const name of names) this.#paintName(context, scene, name);
    return names;
  }

  /**
   * Paints a frame.
   *
   * @param {Scene} scene
   * @param {ReadonlySet<number>} moving
   * @param {number | undefined} pointedAt
   */
  paintFrame(scene, moving, pointedAt) {
    const context = this.#context;
    const [still, now] = [this.#stillTransform, scene.transform];
    const scale = now.k / still.k;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, this.#canvas.width, this.#canvas.height);
    context.setTransform(
      scale,
      0,
      0,
      scale,
      (now.x - still.x * scale) * this.#ratio,
      (now.y - still.y * scale) * this.#ratio,
    );
    context.drawImage(this.#still, 0, 0);
    context.setTransform(this.#ratio, 0, 0, this.#ratio, 0, 0);
    if (moving.size > 0) this.#paint(context, scene, (place) => moving.has(place), true);
    if (pointedAt !== undefined) this.#paintPointedAt(context, scene, pointedAt);
  }

  /**
   * The names that there is room for: of what is chosen and linked to it, or of the largest nodes.
   *
   * @param {Scene} scene
   * @returns {PlacedName[]}
   */
  namesOf(scene) {
    const { model, size, chosen } = scene;
    this.#stillContext.font = this.#palette.font;
    const places = chosen === undefined ? model.bySize : [chosen, ...(model.nodes[chosen]?.neighbours ?? [])];
    const seen = new Map();
    for (const place of model.nodes.keys()) {
      const shape = shapeOf(scene, place);
      if (isSeen(shape, size)) seen.set(place, shape);
    }
    const candidates = places
      .map((place) => seen.get(place))
      .filter((shape) => shape && (chosen !== undefined || shape.radius >= NAMED_RADIUS))
      .map((shape) => ({ ...shape, width: this.#widthOf(model.nodes[shape.place]?.text ?? '') }));
    // What is dimmed may be written upon.
    const nodes = chosen === undefined ? [...seen.values()] : candidates;
    return placeNames(candidates, nodes, size, MOST_NAMES);
  }

  /**
   * Links, then nodes: those that are part of it.
   *
   * @param {CanvasRenderingContext2D} context
   * @param {Scene} scene
   * @param {IsPart} isPart
   * @param {boolean} isEither Whether of a link one node is enough.
   */
  #paint(context, scene, isPart, isEither) {
    const { model, chosen } = scene;
    const near = new Set(chosen === undefined ? [] : [chosen, ...(model.nodes[chosen]?.neighbours ?? [])]);
    const dimmed = chosen === undefined ? 1 : DIMMED;
    const { link, chosen: chosenColour } = this.#palette;
    const [rest, ofChosen] = [new Path2D(), new Path2D()];
    for (const { site, thirdParty } of model.links) {
      const isIn = isEither ? isPart(site) || isPart(thirdParty) : isPart(site) && isPart(thirdParty);
      if (isIn) addLink(site === chosen || thirdParty === chosen ? ofChosen : rest, scene, site, thirdParty);
    }
    context.lineWidth = 1;
    context.strokeStyle = link;
    context.globalAlpha = linkOpacity(model.links.length) * dimmed;
    context.stroke(rest);
    context.strokeStyle = chosenColour;
    context.globalAlpha = 0.8;
    context.stroke(ofChosen);
    this.#paintNodes(context, scene, (place) => isPart(place) && !near.has(place), dimmed);
    this.#paintNodes(context, scene, (place) => isPart(place) && near.has(place), 1);
    if (chosen !== undefined && isPart(chosen)) this.#paintRing(context, scene, chosen);
    context.globalAlpha = 1;
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {Scene} scene
   * @param {IsPart} isPart
   * @param {number} opacity
   */
  #paintNodes(context, scene, isPart, opacity) {
    const shapes = { site: new Path2D(), 'third-party': new Path2D() };
    for (const [place, { kind }] of scene.model.nodes.entries()) {
      if (isPart(place)) addNode(shapes[kind], scene, place, 0);
    }
    context.globalAlpha = opacity;
    context.fillStyle = this.#palette.thirdParty;
    context.fill(shapes['third-party']);
    context.fillStyle = this.#palette.site;
    context.fill(shapes.site);
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {Scene} scene
   * @param {number} place
   */
  #paintRing(context, scene, place) {
    const ring = new Path2D();
    addNode(ring, scene, place, RING);
    context.globalAlpha = 1;
    context.lineWidth = 2;
    context.strokeStyle = this.#palette.chosen;
    context.stroke(ring);
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {Scene} scene
   * @param {number} place
   */
  #paintPointedAt(context, scene, place) {
    this.#paintRing(context, scene, place);
    context.font = this.#palette.font;
    const candidate = { ...shapeOf(scene, place), width: this.#widthOf(scene.model.nodes[place]?.text ?? '') };
    // It is written whatever is there.
    const names = placeNames([candidate], [], scene.size, 1);
    for (const name of names) this.#paintName(context, scene, name);
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {Scene} scene
   * @param {PlacedName} name
   */
  #paintName(context, { model }, { place, left, middle }) {
    const words = shortName(model.nodes[place]?.text ?? '');
    context.globalAlpha = 1;
    context.font = this.#palette.font;
    // Of a name from right to left the dots are still in the order of its labels.
    context.direction = 'ltr';
    context.textAlign = 'left';
    context.textBaseline = 'middle';
    context.lineJoin = 'round';
    context.lineWidth = HALO;
    context.strokeStyle = this.#palette.paper;
    context.strokeText(words, left, middle);
    context.fillStyle = this.#palette.name;
    context.fillText(words, left, middle);
  }

  /** @param {string} text */
  #widthOf(text) {
    const known = this.#widths.get(text);
    if (known !== undefined) return known;
    const { width } = this.#stillContext.measureText(shortName(text));
    this.#widths.set(text, width);
    return width;
  }
}

/**
 * Of many links each is seen less.
 *
 * @param {number} count
 */
export function linkOpacity(count) {
  return Math.min(0.8, Math.max(0.2, 1.3 - 0.3 * Math.log10(count)));
}

/**
 * @param {Path2D} path
 * @param {Scene} scene
 * @param {number} site
 * @param {number} thirdParty
 */
function addLink(path, { positions, transform, size }, site, thirdParty) {
  const [fromX, fromY] = pointOf(positions, transform, site);
  const [toX, toY] = pointOf(positions, transform, thirdParty);
  const isOutside =
    Math.max(fromX, toX) < 0 ||
    Math.max(fromY, toY) < 0 ||
    Math.min(fromX, toX) > size.width ||
    Math.min(fromY, toY) > size.height;
  if (isOutside) return;
  path.moveTo(fromX, fromY);
  path.lineTo(toX, toY);
}

/**
 * @param {Path2D} path
 * @param {Scene} scene
 * @param {number} place
 * @param {number} around How far outside of it, in pixels.
 */
function addNode(path, scene, place, around) {
  const node = scene.model.nodes[place];
  if (!node) return;
  const { x, y, radius: bare } = bareShapeOf(scene, place);
  const radius = bare + around;
  if (!isSeen({ place, x, y, radius }, scene.size)) return;
  if (node.kind === 'site') {
    const half = radius * HALF_SIDE;
    path.rect(x - half, y - half, 2 * half, 2 * half);
  } else {
    path.moveTo(x + radius, y);
    path.arc(x, y, radius, 0, 2 * Math.PI);
  }
}

/** @param {HTMLCanvasElement} canvas */
function contextOf(canvas) {
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no canvas');
  return context;
}
