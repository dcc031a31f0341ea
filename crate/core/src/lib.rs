//! Tiers' core: a pure state machine. Browser events in, decisions out.

pub mod suffix;
