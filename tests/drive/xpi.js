// Owns the packing of a folder into an XPI (a zip without compression), for a Firefox that installs it for good.
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { crc32 } from 'node:zlib';

/** 1 January 1980, the zip format's first day: the same folder always gives the same bytes. */
const DOS_DATE = 0x21;

/**
 * @param {string} folder
 * @returns {Promise<Buffer>}
 */
export async function packFolder(folder) {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = found.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
  const files = paths.sort().map(async (file) => ({
    name: path.relative(folder, file).split(path.sep).join('/'),
    bytes: await readFile(file),
  }));
  return packFiles(await Promise.all(files));
}

/**
 * @param {{ name: string, bytes: Buffer }[]} files
 * @returns {Buffer}
 */
export function packFiles(files) {
  /** @type {Buffer[]} */
  const parts = [];
  /** @type {Buffer[]} */
  const directory = [];
  let offset = 0;
  for (const { name, bytes } of files) {
    const nameBytes = Buffer.from(name, 'utf8');
    const about = fileFields(bytes, nameBytes.length);
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), about, nameBytes, bytes]);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), about, place, nameBytes]));
    parts.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, central, end]);
}

/**
 * The 26 bytes that a file's local header and its directory entry share.
 * @param {Buffer} bytes
 * @param {number} nameLength
 */
function fileFields(bytes, nameLength) {
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(20, 0);
  // Bit 11: names are UTF-8.
  fields.writeUInt16LE(0x800, 2);
  fields.writeUInt16LE(DOS_DATE, 8);
  fields.writeUInt32LE(crc32(bytes), 10);
  fields.writeUInt32LE(bytes.length, 14);
  fields.writeUInt32LE(bytes.length, 18);
  fields.writeUInt16LE(nameLength, 22);
  return fields;
}
