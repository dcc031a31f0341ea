//! The walk down the compiled table: a host's labels in, the deciding rules out. Never allocates, never panics.

use std::cmp::Ordering;

use super::format::{
    CHILDREN, EXCEPTION, HEADER_BYTES, OFFSET_BYTES, PRIVATE_RULE, PRIVATE_WILDCARD, RULE, Section, WILDCARD,
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

/// A label of the tree: its shape, and the group of the labels in front of it.
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
    let mut node = Some(Node { shape: CHILDREN, group: offset_at(table, 0) });
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

/// Finds a label among the children that one group lists.
fn find(table: &[u8], group: usize, label: &[u8]) -> Option<Node> {
    let (&runs, rest) = table.get(group..)?.split_first()?;
    let (headers, bodies) = rest.split_at_checked(usize::from(runs) * HEADER_BYTES)?;
    let mut body = 0;
    for header in headers.chunks_exact(HEADER_BYTES) {
        let &[width, shape, low, high] = header else { return None };
        let width = usize::from(width);
        let count = usize::from(u16::from_le_bytes([low, high]));
        let offsets = body + count * width;
        match width.cmp(&label.len()) {
            Ordering::Less => {}
            Ordering::Equal => {
                if let Some(index) = position(bodies.get(body..offsets)?, label) {
                    // Without the bit, whatever follows belongs to another run.
                    let group =
                        if shape & CHILDREN == 0 { None } else { offset_at(bodies.get(offsets..)?, index) };
                    return Some(Node { shape, group });
                }
            }
            // Runs stand in the order of their labels' length.
            Ordering::Greater => return None,
        }
        body = offsets + if shape & CHILDREN == 0 { 0 } else { count * OFFSET_BYTES };
    }
    None
}

/// The index of `label` among sorted labels of its own length that stand end to end.
fn position(listed: &[u8], label: &[u8]) -> Option<usize> {
    let width = label.len();
    let mut low = 0;
    let mut high = listed.len().checked_div(width)?;
    while low < high {
        let middle = usize::midpoint(low, high);
        match listed.get(middle * width..(middle + 1) * width)?.cmp(label) {
            Ordering::Less => low = middle + 1,
            Ordering::Equal => return Some(middle),
            Ordering::Greater => high = middle,
        }
    }
    None
}

/// The offset at `index` of a row of offsets.
fn offset_at(offsets: &[u8], index: usize) -> Option<usize> {
    let &[low, middle, high] = offsets.get(index * OFFSET_BYTES..(index + 1) * OFFSET_BYTES)? else {
        return None;
    };
    usize::try_from(u32::from_le_bytes([low, middle, high, 0])).ok()
}
