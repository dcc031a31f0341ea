// Proves which document a frame is said to have held at a moment, and that telling the events again changes no answer.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { FrameDocuments } from '../../extension/frame-documents.js';

const OUTERMOST = { tabId: 3, frameId: 0, isOutermost: true };
const FRAME = { tabId: 3, frameId: 9, isOutermost: false };

/** @param {FrameDocuments} frames */
function tell(frames) {
  frames.note(OUTERMOST, { documentId: 'BLANK', host: '', sinceMs: 5 });
  frames.note(OUTERMOST, { documentId: 'A', host: 'a.test', sinceMs: 10 });
  frames.note(FRAME, { documentId: 'FRAME', host: '', sinceMs: 12 });
  frames.note(OUTERMOST, { documentId: 'B', host: 'b.test', sinceMs: 20 });
  frames.note(OUTERMOST, { documentId: 'A', host: 'a.test', sinceMs: 30 });
}

test('What a page asks for as it is left is its own, although the next one has been told of', () => {
  const frames = new FrameDocuments();
  tell(frames);
  assert.equal(frames.at(3, 0, 'a.test', 15), 'A');
  assert.equal(frames.at(3, 0, 'b.test', 25), 'B');
  assert.equal(frames.at(3, 0, 'a.test', 35), 'A', 'the page that is back');
});

test('A document of another host, a blank page and a frame that nobody told of are not guessed at', () => {
  const frames = new FrameDocuments();
  tell(frames);
  assert.equal(frames.at(3, 0, 'b.test', 15), '');
  assert.equal(frames.at(3, 0, '', 7), '');
  assert.equal(frames.at(3, 7, 'a.test', 15), '');
  assert.equal(frames.at(-1, 0, 'a.test', 15), '');
});

test('A frame without an address is the one that asks, whatever host is named: its worker is of the page around it', () => {
  const frames = new FrameDocuments();
  tell(frames);
  assert.equal(frames.at(3, 9, 'a.test', 15), 'FRAME');
  assert.deepEqual([frames.isBlankPage('BLANK'), frames.isBlankPage('FRAME')], [true, false]);
});

test('A document that was found in its place was there before everything', () => {
  const frames = new FrameDocuments();
  frames.noteFound(OUTERMOST, { documentId: 'OLD', host: 'old.test' });
  frames.note(OUTERMOST, { documentId: 'NEW', host: 'old.test', sinceMs: 10 });
  assert.deepEqual([frames.at(3, 0, 'old.test', 9), frames.at(3, 0, 'old.test', 10)], ['OLD', 'NEW']);
});

test('The page in the place of one that did not come is told apart, once, and again where the events are told again', () => {
  const frames = new FrameDocuments();
  frames.noteFailure(3, 'https://gone.test/', 10);
  assert.equal(frames.isErrorPage(3, 'https://other.test/', 12), false);
  assert.equal(frames.isErrorPage(3, 'https://gone.test/', 12), true);
  frames.noteFailure(3, 'https://gone.test/', 10);
  assert.equal(frames.isErrorPage(3, 'https://gone.test/', 12), true, 'told again');
  assert.equal(frames.isErrorPage(3, 'https://gone.test/', 20), false, 'it came, the second time');
  frames.noteFailure(3, 'https://gone.test/', 30);
  frames.noteNavigation(3, 31);
  assert.equal(frames.isErrorPage(3, 'https://gone.test/', 32), false, 'another navigation began');
});

test('Telling all again gives the same answers', () => {
  const frames = new FrameDocuments();
  tell(frames);
  tell(frames);
  assert.deepEqual(
    [15, 25, 35].map((at) => frames.at(3, 0, at === 25 ? 'b.test' : 'a.test', at)),
    ['A', 'B', 'A'],
  );
});
