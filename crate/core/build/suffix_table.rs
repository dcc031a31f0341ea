//! The compiler of the suffix table: rules in, the packed bytes that `format` describes out.

use std::collections::{BTreeMap, VecDeque};

use super::format::{
    BEGINNING, CHILDREN, END, EXCEPTION, LAST, PLACE_BYTES, PLACES, PRIVATE_RULE, PRIVATE_WILDCARD, RULE,
    SHAPES, SHARED_BITS, STRIDE, Section, WILDCARD,
};
use super::suffix_pairs::pair_up;
use super::suffix_rules::{Kind, Rule};

/// Labels of a group that are parted by their first bytes if they are more: a lookup reads over them one by one.
const CROWD: usize = 128;
/// Labels of a crowd with the same first byte that stay where they are if they are fewer.
const FEW: usize = 4;

/// Why rules cannot be packed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TableError {
    /// Two rules say something, be it the same, of one name.
    #[error("line {line}: the rule's name is listed twice: {name}")]
    Twice { line: usize, name: String },
    /// A label has a byte that the layout takes for something else.
    #[error("the layout has no byte for a character of the label {0:?}")]
    Character(String),
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
            if !label.bytes().all(|byte| (1..END).contains(&byte)) {
                return Err(TableError::Character(label.clone()));
            }
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

    /// The tree, its crowded groups parted.
    fn part(self) -> Self {
        let children = self.children.into_iter().map(|(label, node)| (label, node.part())).collect();
        Self { children: part(children), ..self }
    }
}

/// The groups being written, and the shapes of their labels.
#[derive(Default)]
struct Writer {
    shapes: Vec<u8>,
    groups: Vec<u8>,
}

impl Writer {
    /// Writes a group, every character as itself: pairs are made of the whole.
    fn group(&mut self, labels: &BTreeMap<String, Node>) -> Result<(), TableError> {
        let mut shared = 0;
        let mut rest = labels.iter().peekable();
        while let Some((label, node)) = rest.next() {
            self.groups.extend_from_slice(&label.as_bytes()[shared..]);
            let next = rest.peek().map(|(next, _)| shared_bytes(label, next).min(usize::from(LAST) - 1));
            shared = next.unwrap_or(usize::from(LAST));
            let shape = self.shape(node.shape)?;
            self.groups.push(END | shape << SHARED_BITS | fit::<u8>("shared bytes", shared)?);
        }
        Ok(())
    }

    /// The index of a shape, which is added where it is new.
    fn shape(&mut self, shape: u8) -> Result<u8, TableError> {
        let index = self.shapes.iter().position(|known| *known == shape).unwrap_or(self.shapes.len());
        if index == SHAPES {
            return Err(TableError::Room { what: "shapes", count: index + 1 });
        }
        if index == self.shapes.len() {
            self.shapes.push(shape);
        }
        fit("shapes", index)
    }
}

/// Packs rules into a table.
pub fn compile(rules: &[Rule]) -> Result<Vec<u8>, TableError> {
    let mut root = Node::default();
    for rule in rules {
        root.insert(rule)?;
    }
    let root = root.part();
    let mut writer = Writer::default();
    let mut parents = VecDeque::from([&root]);
    while let Some(parent) = parents.pop_front() {
        writer.group(&parent.children)?;
        parents.extend(parent.children.values().filter(|child| child.shape & CHILDREN != 0));
    }
    let Writer { mut shapes, mut groups } = writer;
    shapes.resize(SHAPES, 0);
    let pairs = pair_up(&mut groups);
    let places = places(&groups, &shapes)?;
    Ok([shapes, pairs, places, groups].concat())
}

/// Parts a crowd of labels by their first bytes into beginnings and rests.
fn part(labels: BTreeMap<String, Node>) -> BTreeMap<String, Node> {
    if labels.len() <= CROWD {
        return labels;
    }
    let mut by_first: BTreeMap<Option<u8>, BTreeMap<String, Node>> = BTreeMap::new();
    for (label, node) in labels {
        by_first.entry(label.bytes().next()).or_default().insert(label, node);
    }
    let mut parted = BTreeMap::new();
    for alike in by_first.into_values() {
        match (alike.first_key_value(), alike.last_key_value()) {
            (Some((first, _)), Some((last, _))) if alike.len() >= FEW => {
                let beginning = first[..shared_bytes(first, last)].to_owned();
                let rests =
                    alike.into_iter().map(|(label, node)| (label[beginning.len()..].to_owned(), node));
                let children = part(rests.collect());
                parted.insert(beginning, Node { shape: BEGINNING | CHILDREN, children });
            }
            _ => parted.extend(alike),
        }
    }
    parted
}

/// How many first bytes two labels share.
fn shared_bytes(one: &str, other: &str) -> usize {
    one.bytes().zip(other.bytes()).take_while(|(one, other)| one == other).count()
}

/// The places of groups that are written.
fn places(groups: &[u8], shapes: &[u8]) -> Result<Vec<u8>, TableError> {
    let mut starts = vec![(0, 0)];
    let mut parents = 0;
    for (index, byte) in groups.iter().enumerate().filter(|(_, byte)| **byte >= END) {
        let shape = usize::from(*byte >> SHARED_BITS) % SHAPES;
        parents += usize::from(shapes[shape] & CHILDREN != 0);
        if byte & LAST == LAST {
            starts.push((index + 1, parents));
        }
    }
    // Behind the last group none starts.
    starts.pop();
    let first_group = PLACES + PLACE_BYTES * starts.len().div_ceil(STRIDE);
    let mut places = Vec::new();
    for (start, parents) in starts.into_iter().step_by(STRIDE) {
        places.extend(fit::<u16>("bytes", first_group + start)?.to_le_bytes());
        places.extend(fit::<u16>("labels with labels in front of them", parents)?.to_le_bytes());
    }
    Ok(places)
}

/// The number in the field's own type.
fn fit<T: TryFrom<usize>>(what: &'static str, count: usize) -> Result<T, TableError> {
    T::try_from(count).map_err(|_| TableError::Room { what, count })
}
