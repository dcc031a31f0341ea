// Owns the proof of the XPI: a zip that others can read, and the same bytes for the same files.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { crc32 } from 'node:zlib';
import { packFiles } from './xpi.js';

const FILES = [
  { name: 'manifest.json', bytes: Buffer.from('{}') },
  { name: '_locales/fr/é.txt', bytes: Buffer.from('tiers') },
];

test('every_file_is_found_through_the_directory', () => {
  const zip = packFiles(FILES);
  const end = zip.length - 22;
  assert.equal(zip.toString('latin1', end, end + 4), 'PK\x05\x06');
  assert.equal(zip.readUInt16LE(end + 10), FILES.length);
  let at = zip.readUInt32LE(end + 16);
  for (const { name, bytes } of FILES) {
    assert.equal(zip.readUInt32LE(at + 16), crc32(bytes));
    const nameLength = zip.readUInt16LE(at + 28);
    assert.equal(zip.toString('utf8', at + 46, at + 46 + nameLength), name);
    const local = zip.readUInt32LE(at + 42);
    const content = local + 30 + zip.readUInt16LE(local + 26);
    assert.deepEqual(zip.subarray(content, content + bytes.length), bytes);
    at += 46 + nameLength;
  }
  assert.equal(at, end);
});

test('the_same_files_give_the_same_bytes', () => {
  assert.deepEqual(packFiles(FILES), packFiles(FILES));
});
