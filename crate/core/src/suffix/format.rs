//! The compiled suffix table's layout, shared by the build script that writes it and the lookup that reads it.
//!
//! The table is a tree of labels, read from a host's last label to its first. All numbers are little endian.
//!
//! ```text
//! table := shapes: u8 * SHAPES, pairs: (u8, u8) * END, places: (offset: u16, parents: u16)*, group*
//! group := the labels in front of one label, sorted: entry*
//! entry := text, end
//! text  := the label without the bytes that it shares with the one before it in the group. A byte, always below END, stands
//!          for its pair of characters: `pairs[byte]`, or for one character where the second is 0
//! end   := u8: END | index into shapes << SHARED_BITS | how many first bytes the next label shares with this one, at most
//!          LAST - 1; LAST where the group ends
//! place := where in the table a group starts, and how many parents stand before it; of every STRIDE-th group
//! ```
//!
//! A parent is an entry whose shape has CHILDREN. Nothing points to a group: group 0 has the top-level labels, and the n-th
//! parent of the table, counted from 0, has group n + 1. Who looks for it starts at the place before it and counts. A group
//! too large to be read over is parted: entries with BEGINNING stand for labels that begin alike, in groups of their own.
//!
//! The table is made to be small in a gzipped file: pointers and lengths, in which gzip finds no pattern, it does without.

/// Different shapes that the labels of one table can have.
pub const SHAPES: usize = 16;
/// Where the pairs start.
pub const PAIRS: usize = SHAPES;
/// Where the places start.
pub const PLACES: usize = PAIRS + 2 * (END as usize);
/// Bytes of a place.
pub const PLACE_BYTES: usize = 4;
/// Groups from one place to the next.
pub const STRIDE: usize = 16;

/// The lowest byte that ends a label; those below are text.
pub const END: u8 = 1 << 7;
/// Bits of an end byte that tell what the next label shares.
pub const SHARED_BITS: u8 = 3;
/// Instead of a number of shared bytes: no label follows in the group.
pub const LAST: u8 = (1 << SHARED_BITS) - 1;

/// Shape: the label ends a rule.
pub const RULE: u8 = 1;
/// Shape: the rule that ends here is an exception (`!city.kobe.jp`).
pub const EXCEPTION: u8 = 1 << 1;
/// Shape: the rule that ends here is in the private section.
pub const PRIVATE_RULE: u8 = 1 << 2;
/// Shape: any label in front of this one ends a rule (`*.kobe.jp`).
pub const WILDCARD: u8 = 1 << 3;
/// Shape: that wildcard rule is in the private section.
pub const PRIVATE_WILDCARD: u8 = 1 << 4;
/// Shape: labels in front of this one are listed.
pub const CHILDREN: u8 = 1 << 5;
/// Shape, beside CHILDREN: no label but what some begin with; its group has their rests, of which one may be empty.
pub const BEGINNING: u8 = 1 << 6;

/// The part of the list that a rule stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Section {
    /// Delegated by ICANN or in its root zone: a registry of domain names.
    Icann,
    /// Submitted by the domain's owner, whose users hold the names under it (`github.io`).
    Private,
}
