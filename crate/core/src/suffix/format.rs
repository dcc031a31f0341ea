//! The compiled suffix table's layout, shared by the build script that writes it and the lookup that reads it.
//!
//! The table is a tree of labels, read from a host's last label to its first. All numbers are little endian.
//!
//! ```text
//! table  := root: u24 (offset of the root's group), group*
//! group  := the children of one label:
//!           runs: u8, run header * runs, run body * runs
//! header := label length: u8, shape: u8, labels: u16; in the order of length, then shape
//! body   := the labels, sorted, end to end; then, where the shape has CHILDREN, as many u24 offsets of groups
//! ```
//!
//! Labels of one shape and one length stand together: no label needs a length, an offset or flags of its own, and a
//! binary search finds it. Equal groups (`com edu gov net org` under many countries) are written once.

/// Bytes of the table's head, and of every offset of a group in it.
pub const OFFSET_BYTES: usize = 3;
/// Bytes of a run's header.
pub const HEADER_BYTES: usize = 4;

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

/// The part of the list that a rule stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Section {
    /// Delegated by ICANN or in its root zone: a registry of domain names.
    Icann,
    /// Submitted by the domain's owner, whose users hold the names under it (`github.io`).
    Private,
}
