//! A request on its way: where it is counted, until its end is known.

use crate::contact::{Chain, ContactIndex};
use crate::document::Place;
use crate::host_table::HostId;
use crate::time::Millis;
use crate::type_table::TypeCode;

/// What is known under a browser's request number.
#[derive(Debug, Clone)]
pub enum OpenRequest {
    /// No end has been seen.
    Pending(PendingRequest),
    /// Redirected; the next hop has not begun. Holds the hosts that redirected so far.
    Redirecting(Chain),
}

/// A request whose end has not been seen.
#[derive(Debug, Clone)]
pub struct PendingRequest {
    /// Where it is counted.
    pub place: Place,
    /// Under which contact of that place; meaningless for a navigation, which is one request alone.
    pub contact: ContactIndex,
    /// The host that is asked.
    pub host: HostId,
    /// Its type.
    pub request_type: TypeCode,
    /// The number that the core gave it.
    pub number: u32,
    /// The hosts that redirected to this one.
    pub redirects: Chain,
    /// When it began.
    pub at: Millis,
}
