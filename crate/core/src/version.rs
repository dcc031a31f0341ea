//! The versions that a reader of the numbers is told of: of the rule and of the export's format.

/// The version of the rule. Another one may give another number for the same requests; each export names it.
pub const METHOD_VERSION: &str = "1";
/// The version of the export's format: readers refuse another major version, and ignore keys that they do not know.
pub const FORMAT_VERSION: &str = "1.0.0";
