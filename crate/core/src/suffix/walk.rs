//! The walk down the compiled table: a host's labels in, the deciding rules out. Never allocates, never panics.

use super::format::{
    BEGINNING, CHILDREN, END, EXCEPTION, LAST, PAIRS, PLACE_BYTES, PLACES, PRIVATE_RULE, PRIVATE_WILDCARD,
    RULE, SHAPES, SHARED_BITS, STRIDE, Section, WILDCARD,
};

/// What one selection of rules says of a host.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Verdict {
    /// Bytes of the public suffix.
    pub(super) len: usize,
    /// Where the deciding rule stands; `None`: no rule matched, the default rule `*` decided.
    pub(super) section: Option<Section>,
    /// An exception decided: no longer rule can overrule it.
    settled: bool,
}

/// What the list says of a host.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Decision {
    /// Under all rules.
    pub(super) all: Verdict,
    /// Under the rules of the ICANN section alone.
    pub(super) icann: Verdict,
}

/// A label of the tree: its shape, and the number of the group of the labels in front of it.
#[derive(Clone, Copy)]
struct Node {
    shape: u8,
    group: Option<usize>,
}

/// Finds the deciding rules of the host whose labels are given from the last to the first.
///
/// An empty label anywhere makes the whole host its own public suffix: no registry can delegate such a name.
pub(super) fn decide<'h>(table: &[u8], labels: impl Iterator<Item = &'h [u8]>) -> Decision {
    let mut decision = Decision::default();
    // Above the top-level labels: no rule ends there, and the default rule `*` is not in the table.
    let mut node = Some(Node { shape: CHILDREN, group: Some(0) });
    let mut len = 0;
    let mut any_empty = false;
    for (depth, label) in labels.enumerate() {
        any_empty |= label.is_empty();
        let len_without = len;
        len += label.len() + usize::from(depth > 0);
        if depth == 0 {
            decision.all.len = len;
            decision.icann.len = len;
        }
        // Without a parent in the tree no rule can match, but the rest still counts for the length.
        let Some(parent) = node else { continue };
        node = parent.group.and_then(|group| find(table, group, label));
        let wildcard = section(parent.shape, WILDCARD, PRIVATE_WILDCARD);
        let rule = node.and_then(|node| section(node.shape, RULE, PRIVATE_RULE));
        let exception = node.is_some_and(|node| node.shape & EXCEPTION != 0);
        for (verdict, icann_only) in [(&mut decision.all, false), (&mut decision.icann, true)] {
            let counts = |section: &Section| !icann_only || *section == Section::Icann;
            if verdict.settled {
                continue;
            }
            if let Some(section) = rule.filter(counts) {
                verdict.settled = exception;
                verdict.len = if exception { len_without } else { len };
                verdict.section = Some(section);
            } else if let Some(section) = wildcard.filter(counts) {
                verdict.len = len;
                verdict.section = Some(section);
            }
        }
    }
    if any_empty {
        let whole = Verdict { len, ..Verdict::default() };
        decision = Decision { all: whole, icann: whole };
    }
    decision
}

/// The section that the bit `private` of a shape names, where the bit `present` is set.
fn section(shape: u8, present: u8, private: u8) -> Option<Section> {
    (shape & present != 0).then_some(if shape & private != 0 { Section::Private } else { Section::Icann })
}

/// Finds a label in a group.
fn find(table: &[u8], mut group: usize, mut label: &[u8]) -> Option<Node> {
    loop {
        let (node, rest) = find_text(table, group, label)?;
        if node.shape & BEGINNING == 0 {
            return Some(node);
        }
        // Only a damaged table would lead on without having read anything, and then perhaps in a circle.
        if rest.len() == label.len() {
            return None;
        }
        group = node.group?;
        label = rest;
    }
}

/// Finds a label, or its beginning, in a group; gives what is left of the label too.
fn find_text<'l>(table: &[u8], group: usize, label: &'l [u8]) -> Option<(Node, &'l [u8])> {
    let place = PLACES + group / STRIDE * PLACE_BYTES;
    let &[low, high, parents_low, parents_high] = table.get(place..place + PLACE_BYTES)? else { return None };
    let mut parents = usize::from(u16::from_le_bytes([parents_low, parents_high]));
    let entries = table.get(usize::from(u16::from_le_bytes([low, high]))..)?;

    let mut groups_before = group % STRIDE;
    // How many first bytes the entry shares with the one before it, and how many of those `label` has too.
    let (mut shared, mut same) = (0, 0);
    for entry in entries.split_inclusive(|byte| *byte >= END) {
        let (&end, text) = entry.split_last()?;
        let &shape = table.get(usize::from(end >> SHARED_BITS) % SHAPES)?;
        let is_parent = shape & CHILDREN != 0;
        if groups_before == 0 && same == shared {
            let (rest, whole) = read(table, text, label.get(same..)?);
            if whole && (rest.is_empty() || shape & BEGINNING != 0) {
                return Some((Node { shape, group: is_parent.then_some(parents + 1) }, rest));
            }
            same = label.len() - rest.len();
        }
        parents += usize::from(is_parent);
        shared = usize::from(end & LAST);
        if end & LAST == LAST {
            groups_before = groups_before.checked_sub(1)?;
            shared = 0;
        }
        same = same.min(shared);
    }
    None
}

/// Reads a text off the front of a label: what is left of the label, and whether the text was read as a whole.
fn read<'l>(table: &[u8], text: &[u8], mut label: &'l [u8]) -> (&'l [u8], bool) {
    for byte in text {
        let pair = PAIRS + 2 * usize::from(*byte);
        for character in
            table.get(pair..pair + 2).unwrap_or_default().iter().filter(|character| **character != 0)
        {
            match label.split_first() {
                Some((first, rest)) if first == character => label = rest,
                _ => return (label, false),
            }
        }
    }
    (label, true)
}
