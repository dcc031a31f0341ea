// Proves what the core is told of the browsers' events of requests. The events are those that were seen, cut to what is read.
import './fake-browser.js';

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { requestAnswered, requestFailed, requestRedirected, requestStarted } from '../../extension/request-steps.js';
import { bench } from './told-core.js';

const request = { requestId: '14', url: 'https://hop1.test/x', type: 'image', tabId: 3, frameId: 0, timeStamp: 1.5 };

test('A request belongs to its document, and its URL stays in the shell under its number', () => {
  const { told, urls, target } = bench({ hostKey: 3, typeCode: 4, documentKey: 7, requestStarted: 9 });
  requestStarted(target, { ...request, documentId: 'D1' });
  const framed = { ...request, documentId: 'D2', parentDocumentId: 'D1', initiator: 'https://frame.test' };
  requestStarted(target, { ...framed, incognito: true });
  assert.deepEqual(told, [
    ['hostKey', 'hop1.test'],
    ['typeCode', 'image'],
    ['documentKey', 'D1', '', '', 3, 0, false, 1.5],
    ['requestStarted', 14, 3, 7, 4, 1.5],
    ['documentKey', 'D2', 'D1', 'frame.test', 3, 0, true, 1.5],
    ['requestStarted', 14, 3, 7, 4, 1.5],
  ]);
  assert.equal(urls.urlOf(9), 'https://hop1.test/x');
});

test('A document’s name crosses once for a run of requests, and again where the core has forgotten it', () => {
  const forgotten = [5, 6, 0xffff_ffff, 8];
  const started = () => forgotten.shift();
  const { told, urls, target } = bench({ hostKey: 3, typeCode: 4, documentKey: 7, requestStarted: started });
  for (let times = 0; times < 3; times += 1) requestStarted(target, { ...request, documentId: 'D1' });
  assert.deepEqual(
    told.map(([name]) => name),
    [
      'hostKey',
      'typeCode',
      'documentKey',
      'requestStarted',
      'requestStarted',
      'requestStarted',
      'documentKey',
      'requestStarted',
    ],
  );
  assert.equal(urls.urlOf(8), 'https://hop1.test/x');
});

test('The names of a page and its frame cross once, however they take turns', () => {
  const { told, target } = bench({
    hostKey: 3,
    typeCode: 4,
    documentKey: (/** @type {string} */ id) => Number(id.slice(1)),
    requestStarted: 1,
  });
  for (const documentId of ['D1', 'D2', 'D1', 'D2', 'D1']) {
    const parentDocumentId = documentId === 'D2' ? 'D1' : null;
    requestStarted(target, { ...request, documentId, parentDocumentId });
  }
  assert.deepEqual(
    told.filter(([name]) => name === 'documentKey').map(([, id, parentId]) => [id, parentId]),
    [
      ['D1', ''],
      ['D2', 'D1'],
    ],
  );
  const keys = told.filter(([name]) => name === 'requestStarted').map(([, , , key]) => key);
  assert.deepEqual(keys, [1, 2, 1, 2, 1]);
});

test('A host crosses once, whatever asks for it, and each host has its own key', () => {
  const { told, target } = bench({
    hostKey: (/** @type {string} */ host) => host.length,
    typeCode: 4,
    documentKey: 7,
    requestStarted: 1,
  });
  for (const url of ['https://a.test/x', 'https://a.test/y?z', 'https://a.test:8443/x', 'https://bcd.test/x']) {
    requestStarted(target, { ...request, url, documentId: 'D1' });
  }
  assert.deepEqual(
    told.filter(([name]) => name === 'requestStarted').map(([, , hostKey]) => hostKey),
    [6, 6, 6, 8],
  );
  const crossings = told.filter(([name]) => name === 'hostKey').map(([, host]) => host);
  // Once more for the other port: it is told apart, and has the same host.
  assert.deepEqual(crossings, ['a.test', 'a.test', 'bcd.test']);
});

test('A frame’s own request belongs to the document that holds the frame', () => {
  const { told, target } = bench({ hostKey: 3, typeCode: 2, documentKey: 7, requestStarted: 1 });
  requestStarted(target, { ...request, type: 'sub_frame', documentId: null, parentDocumentId: 'D1' });
  assert.deepEqual(told.slice(-2), [
    ['documentKey', 'D1', '', '', 3, 0, false, 1.5],
    ['requestStarted', 14, 3, 7, 2, 1.5],
  ]);
});

test('A navigation belongs to its tab, and a page that is prepared to the core’s judgement', () => {
  const { told, target } = bench({ navigationStarted: 1, prerenderStarted: 2 });
  requestStarted(target, { ...request, type: 'main_frame' });
  requestStarted(target, {
    ...request,
    type: 'main_frame',
    documentLifecycle: 'prerender',
    initiator: 'https://a.test',
  });
  assert.deepEqual(told, [
    ['navigationStarted', 14, 'hop1.test', 3, false, false, 1.5],
    ['prerenderStarted', 14, 'hop1.test', 'a.test', 3, false, 1.5],
  ]);
});

test('A request without a document is told with its frame and the site of its origin or script', () => {
  const { told, target } = bench({ typeCode: 5, unnamedRequestStarted: 1 });
  requestStarted(target, { ...request, tabId: -1, initiator: 'https://www.news.test' });
  requestStarted(target, { ...request, frameId: 9, documentUrl: 'https://www.news.test/sw.js', incognito: true });
  requestStarted(target, { ...request, documentUrl: 'blob:https://www.news.test/9cf', incognito: false });
  requestStarted(target, { ...request, tabId: -1, documentUrl: 'moz-extension://9cf/page.html' });
  requestStarted(target, { ...request, tabId: -1, initiator: 'null' });
  assert.deepEqual(told.slice(1), [
    ['unnamedRequestStarted', 14, 'hop1.test', '', -1, 0, 'www.news.test', false, 5, false, 1.5],
    ['unnamedRequestStarted', 14, 'hop1.test', '', 3, 9, 'www.news.test', false, 5, true, 1.5],
    ['unnamedRequestStarted', 14, 'hop1.test', '', 3, 0, 'www.news.test', false, 5, false, 1.5],
    ['unnamedRequestStarted', 14, 'hop1.test', '', -1, 0, '', false, 5, false, 1.5],
    ['unnamedRequestStarted', 14, 'hop1.test', '', -1, 0, '', false, 5, false, 1.5],
  ]);
});

test('A request that no document is charged with is told once more where another page may ask in its name', () => {
  const { told, target } = bench({ hostKey: 3, typeCode: 5, documentKey: 7, requestStarted: 0 });
  const asked = { ...request, documentId: 'BLANK' };
  requestStarted(target, { ...asked, documentUrl: 'https://opener.test/', incognito: false });
  requestStarted(target, { ...asked, documentUrl: 'about:blank', incognito: false });
  requestStarted(target, { ...asked, initiator: 'https://opener.test' });
  assert.deepEqual(
    told.filter(([name]) => name === 'unnamedRequestStarted'),
    [['unnamedRequestStarted', 14, 'hop1.test', 'BLANK', 3, 0, 'opener.test', false, 5, false, 1.5]],
  );
});

test('An answer whose request was lost with a background starts it, then ends it', () => {
  let known = false;
  const { told, target } = bench({
    hostKey: 3,
    typeCode: 1,
    requestStarted: () => ((known = true), 1),
    requestAnswered: () => known,
  });
  requestAnswered(target, { ...request, documentId: 'D1', fromCache: true, statusCode: 200 });
  assert.deepEqual(
    told.map(([name]) => name),
    ['requestAnswered', 'hostKey', 'typeCode', 'documentKey', 'requestStarted', 'requestAnswered'],
  );
  assert.deepEqual(told.at(-1), ['requestAnswered', 14, true]);
});

test('An answer is from the cache alone where Firefox names no server, and where Chromium says so at all', () => {
  const { told, target } = bench({ requestAnswered: true });
  const answer = { ...request, documentId: 'D1', fromCache: true, statusCode: 200 };
  requestAnswered(target, { ...answer, incognito: false, ip: null });
  requestAnswered(target, { ...answer, incognito: false, ip: '127.0.0.1' });
  requestAnswered(target, { ...answer, ip: '127.0.0.1' });
  assert.deepEqual(told, [
    ['requestAnswered', 14, true],
    ['requestAnswered', 14, false],
    ['requestAnswered', 14, true],
  ]);
});

test('The headers of an answer that may lead on are the redirect in Firefox, which tells of it again or not', () => {
  const { told, target } = bench({ hostKey: 3, requestAnswered: true, requestRedirected: true });
  const answer = { ...request, documentId: 'D1', fromCache: false, statusCode: 302, ip: '127.0.0.1' };
  const inFirefox = { ...answer, incognito: false };
  requestAnswered(target, inFirefox);
  requestRedirected(target, inFirefox);
  requestRedirected(target, { ...inFirefox, fromCache: true, ip: null });
  requestAnswered(target, answer);
  assert.deepEqual(told.slice(1), [
    ['requestRedirected', 14, 3, false, true],
    ['requestAnswered', 14, false],
  ]);
});

test('A refused answer from the cache was an answer', () => {
  const { told, target } = bench({ requestAnswered: true });
  const refused = { ...request, documentId: 'D1', error: 'NS_ERROR_DOM_CORP_FAILED', incognito: false };
  requestFailed(target, { ...refused, fromCache: true, ip: null });
  assert.deepEqual(told, [['requestAnswered', 14, true]]);
});

test('A redirect from the cache that leads nowhere ends the request', () => {
  const { told, target } = bench({ requestAnswered: false, requestFailed: true });
  requestFailed(target, { ...request, error: 'net::ERR_ABORTED', fromCache: true, ip: '127.0.0.1' });
  assert.deepEqual(told, [
    ['requestAnswered', 14, true],
    ['requestFailed', 14, 'net::ERR_ABORTED', true],
  ]);
});

test('A redirect that the browser makes up itself did not come from the network', () => {
  const { told, target } = bench({ hostKey: 3, requestRedirected: true });
  requestRedirected(target, { ...request, documentId: 'D1', fromCache: false, ip: null });
  requestRedirected(target, { ...request, documentId: 'D1', fromCache: false, ip: '127.0.0.1' });
  assert.deepEqual(told, [
    ['hostKey', 'hop1.test'],
    ['requestRedirected', 14, 3, false, false],
    ['requestRedirected', 14, 3, false, true],
  ]);
});

test('An error of an unknown request starts nothing', () => {
  const { told, target } = bench({ requestFailed: false });
  requestFailed(target, { ...request, documentId: 'D1', fromCache: false, error: 'net::ERR_ABORTED' });
  assert.deepEqual(told, [['requestFailed', 14, 'net::ERR_ABORTED', false]]);
});

test('A navigation of which another event is the first is told as late', () => {
  let known = false;
  const { told, target } = bench({ navigationStarted: () => ((known = true), 1), requestAnswered: () => known });
  requestAnswered(target, { ...request, type: 'main_frame', fromCache: false, statusCode: 200 });
  assert.deepEqual(told, [
    ['requestAnswered', 14, false],
    ['navigationStarted', 14, 'hop1.test', 3, false, true, 1.5],
    ['requestAnswered', 14, false],
  ]);
});

test('What is asked again after it was blocked or found nobody is one request, and after it was broken off another', () => {
  for (const isInVain of [true, false]) {
    const { told, target } = bench({ hostKey: 3, typeCode: 1, requestStarted: 1, requestFailed: isInVain });
    const image = { ...request, type: 'image', documentId: 'D1', incognito: false };
    requestStarted(target, image);
    requestFailed(target, { ...image, fromCache: false, error: 'NS_BINDING_ABORTED' });
    requestStarted(target, { ...image, requestId: '15' });
    const started = told.filter(([name]) => name === 'requestStarted');
    assert.equal(started.length, isInVain ? 1 : 2);
  }
});
