//! HAR files: what of them is read, what it says of each request, and the visits that come of it.

pub mod error;
pub mod file;
pub mod page;
pub mod request;
pub mod request_type;
pub mod shape;
pub mod visit;
