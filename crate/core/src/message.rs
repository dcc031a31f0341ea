//! What pages ask of the background, and what it answers: one tagged union each way.

use serde::{Deserialize, Serialize};

use crate::view::RequestView;

/// What a page of the extension asks of the background.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[cfg_attr(feature = "types", ts(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase"))]
pub enum Request {
    /// What the popup shows of a tab. Answered by [`Response::Popup`].
    Popup {
        /// The browser's number of the tab.
        tab_id: i32,
    },
    /// The last requests to one domain from the page in a tab. Answered by [`Response::Requests`].
    Requests {
        /// The browser's number of the tab.
        tab_id: i32,
        /// A third-party domain of the tab's page.
        domain: String,
    },
    /// Stops or resumes counting. Answered by [`Response::Done`], once it is stored.
    SetPaused {
        /// Whether nothing is to be counted.
        paused: bool,
    },
    /// Leaves a site out from now on, or takes it in again. Answered by [`Response::Done`], once it is stored.
    SetExcluded {
        /// The first party.
        site: String,
        /// Whether its visits are left out.
        excluded: bool,
    },
    /// Deletes all that is kept of one site's visits. Answered by [`Response::Done`], once it is gone.
    DeleteSite {
        /// The first party.
        site: String,
    },
    /// Deletes one visit. Answered by [`Response::Done`], once it is gone.
    DeleteVisit {
        /// Its `id`.
        visit_id: String,
        /// Its day, in days since 1970.
        day: u32,
    },
    /// Deletes every visit of some days. Answered by [`Response::Done`], once they are gone.
    DeleteDays {
        /// The first day, in days since 1970.
        from: u32,
        /// The last day.
        to: u32,
    },
    /// Says for how many days visits are kept, and their sums; none: for ever. Answered by [`Response::Done`], once it is stored.
    SetRetention {
        /// See [`crate::record::Settings::keep_visits_days`].
        visits_days: Option<u32>,
        /// See [`crate::record::Settings::keep_sums_days`].
        sums_days: Option<u32>,
    },
    /// Deletes every visit. Answered by [`Response::Done`], once they are gone.
    DeleteAll,
    /// Stores what is live, so that a page that reads the store finds it there. Answered by [`Response::Done`].
    Flush,
}

/// A request as it comes: every field that some request has. [`Request`] is made of those that its kind needs.
#[derive(Debug, Clone, Default)]
pub struct RequestFields {
    /// Which request it is.
    pub kind: String,
    /// See [`Request::Popup`] and [`Request::Requests`].
    pub tab_id: Option<i32>,
    /// See [`Request::Requests`].
    pub domain: Option<String>,
    /// See [`Request::SetPaused`].
    pub paused: Option<bool>,
    /// See [`Request::SetExcluded`] and [`Request::DeleteSite`].
    pub site: Option<String>,
    /// See [`Request::SetExcluded`].
    pub excluded: Option<bool>,
    /// See [`Request::DeleteVisit`].
    pub visit_id: Option<String>,
    /// See [`Request::DeleteVisit`].
    pub day: Option<u32>,
    /// See [`Request::DeleteDays`].
    pub from: Option<u32>,
    /// See [`Request::DeleteDays`].
    pub to: Option<u32>,
    /// See [`Request::SetRetention`].
    pub visits_days: Option<u32>,
    /// See [`Request::SetRetention`].
    pub sums_days: Option<u32>,
}

impl TryFrom<RequestFields> for Request {
    type Error = String;

    fn try_from(fields: RequestFields) -> Result<Self, Self::Error> {
        let RequestFields { kind, tab_id, domain, paused, site, excluded, .. } = fields;
        let missing = |field| format!("a request of kind {kind} has no {field}");
        Ok(match kind.as_str() {
            "popup" => Self::Popup { tab_id: tab_id.ok_or_else(|| missing("tabId"))? },
            "requests" => Self::Requests {
                tab_id: tab_id.ok_or_else(|| missing("tabId"))?,
                domain: domain.ok_or_else(|| missing("domain"))?,
            },
            "setPaused" => Self::SetPaused { paused: paused.ok_or_else(|| missing("paused"))? },
            "setExcluded" => Self::SetExcluded {
                site: site.ok_or_else(|| missing("site"))?,
                excluded: excluded.ok_or_else(|| missing("excluded"))?,
            },
            "deleteSite" => Self::DeleteSite { site: site.ok_or_else(|| missing("site"))? },
            "deleteVisit" => Self::DeleteVisit {
                visit_id: fields.visit_id.ok_or_else(|| missing("visitId"))?,
                day: fields.day.ok_or_else(|| missing("day"))?,
            },
            "deleteDays" => {
                let from = fields.from.ok_or_else(|| missing("from"))?;
                let to = fields.to.ok_or_else(|| missing("to"))?;
                if to < from {
                    return Err(format!("a request of kind {kind} ends before it begins"));
                }
                Self::DeleteDays { from, to }
            }
            "setRetention" => {
                Self::SetRetention { visits_days: fields.visits_days, sums_days: fields.sums_days }
            }
            "deleteAll" => Self::DeleteAll,
            "flush" => Self::Flush,
            _ => return Err(format!("no request is of kind {kind}")),
        })
    }
}

/// What the background answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Response {
    /// To [`Request::Popup`].
    Popup {
        /// A [`crate::popup_response::PopupResponse`]: the popup's module makes its view of it.
        #[serde(with = "serde_bytes")]
        #[cfg_attr(feature = "types", ts(type = "Uint8Array"))]
        bytes: Vec<u8>,
    },
    /// To [`Request::Requests`].
    Requests {
        /// The last requests, newest first, at most [`crate::recent::RECENT_REQUESTS`].
        requests: Vec<RequestView>,
    },
    /// What was asked for is done.
    Done,
}
