// Proves that text in lines loses nothing and keeps within its room.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { wrap } from '../../extension/dashboard/wrapped-text.js';

const widthOf = (/** @type {string} */ words) => [...words].length;

test('no_line_is_wider_than_the_room_and_no_character_is_lost', () => {
  const words = fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }), { maxLength: 12 });
  fc.assert(
    fc.property(words, fc.integer({ min: 1, max: 30 }), (some, room) => {
      const text = some.join(' ');
      const lines = wrap(text, room, widthOf);
      assert.equal(lines.join('').replaceAll(' ', ''), text.replaceAll(' ', ''));
      for (const line of lines) assert.ok(widthOf(line) <= room, line);
    }),
  );
});

test('a_line_breaks_between_words_and_within_a_word_only_where_it_has_no_room', () => {
  assert.deepEqual(wrap('third parties by day', 13, widthOf), ['third parties', 'by day']);
  assert.deepEqual(wrap('on aaaaaaaaaaaaaaaaaaaa.test', 10, widthOf), ['on', 'aaaaaaaaaa', 'aaaaaaaaaa', '.test']);
  // A space that joins what belongs together is none to break at.
  assert.deepEqual(wrap('au plus : 4\u00a0500 visites', 9, widthOf), ['au plus :', '4\u00a0500', 'visites']);
});
