//! The compiler of the suffix table: rules in, the packed bytes that `format` describes out.

use std::collections::{BTreeMap, HashMap};

use super::format::{
    CHILDREN, EXCEPTION, HEADER_BYTES, OFFSET_BYTES, PRIVATE_RULE, PRIVATE_WILDCARD, RULE, Section, WILDCARD,
};
use super::suffix_rules::{Kind, Rule};

/// Why rules cannot be packed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TableError {
    /// Two rules say something, be it the same, of one name.
    #[error("line {line}: the rule's name is listed twice: {name}")]
    Twice { line: usize, name: String },
    /// A number does not fit into its field: the layout needs a wider one.
    #[error("the layout has no room for {count} {what}")]
    Room { what: &'static str, count: usize },
}

/// A label of the tree.
#[derive(Default)]
struct Node {
    shape: u8,
    children: BTreeMap<String, Node>,
}

impl Node {
    /// Puts a rule down, whose labels come from the last to the first.
    fn insert(&mut self, rule: &Rule) -> Result<(), TableError> {
        let mut node = self;
        for label in &rule.labels {
            node.shape |= CHILDREN;
            node = node.children.entry(label.clone()).or_default();
        }
        let (present, private) = match rule.kind {
            Kind::Normal => (RULE, PRIVATE_RULE),
            Kind::Exception => (RULE | EXCEPTION, PRIVATE_RULE),
            Kind::Wildcard => (WILDCARD, PRIVATE_WILDCARD),
        };
        if node.shape & present & (RULE | WILDCARD) != 0 {
            let name = rule.labels.iter().rev().map(String::as_str).collect::<Vec<_>>().join(".");
            return Err(TableError::Twice { line: rule.line, name });
        }
        node.shape |= present | if rule.section == Section::Private { private } else { 0 };
        Ok(())
    }
}

/// The table being written, and the groups that are in it already.
struct Writer {
    bytes: Vec<u8>,
    written: HashMap<Vec<u8>, usize>,
}

impl Writer {
    /// Writes the children of a label, deepest first, so that every offset is known; gives the group's offset.
    fn group(&mut self, children: &BTreeMap<String, Node>) -> Result<usize, TableError> {
        // Runs in the order of length and shape; a map of the tree keeps the labels of a run sorted.
        let mut runs: BTreeMap<(usize, u8), (Vec<u8>, Vec<u8>)> = BTreeMap::new();
        for (label, node) in children {
            let (labels, offsets) = runs.entry((label.len(), node.shape)).or_default();
            labels.extend_from_slice(label.as_bytes());
            if node.shape & CHILDREN != 0 {
                offsets.extend_from_slice(&offset(self.group(&node.children)?)?);
            }
        }
        let mut group = vec![fit("runs", runs.len())?];
        for ((width, shape), (labels, _)) in &runs {
            let [low, high] = fit::<u16>("labels in a run", labels.len() / width)?.to_le_bytes();
            let header: [u8; HEADER_BYTES] = [fit("bytes in a label", *width)?, *shape, low, high];
            group.extend_from_slice(&header);
        }
        for (labels, offsets) in runs.into_values() {
            group.extend_from_slice(&labels);
            group.extend_from_slice(&offsets);
        }
        if let Some(at) = self.written.get(&group) {
            return Ok(*at);
        }
        let at = self.bytes.len();
        self.bytes.extend_from_slice(&group);
        self.written.insert(group, at);
        Ok(at)
    }
}

/// Packs rules into a table.
pub fn compile(rules: &[Rule]) -> Result<Vec<u8>, TableError> {
    let mut root = Node::default();
    for rule in rules {
        root.insert(rule)?;
    }
    let mut writer = Writer { bytes: vec![0; OFFSET_BYTES], written: HashMap::new() };
    let at = offset(writer.group(&root.children)?)?;
    let mut table = writer.bytes;
    table.splice(..OFFSET_BYTES, at);
    Ok(table)
}

/// A group's offset as the table spells it.
fn offset(at: usize) -> Result<[u8; OFFSET_BYTES], TableError> {
    match fit::<u32>("bytes", at)?.to_le_bytes() {
        [low, middle, high, 0] => Ok([low, middle, high]),
        _ => Err(TableError::Room { what: "bytes", count: at }),
    }
}

/// The number in the field's own type.
fn fit<T: TryFrom<usize>>(what: &'static str, count: usize) -> Result<T, TableError> {
    T::try_from(count).map_err(|_| TableError::Room { what, count })
}
