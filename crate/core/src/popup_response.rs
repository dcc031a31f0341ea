//! What the background tells the popup of a tab, as bytes. The view is made of them where it is drawn (`popup.rs`): no background that
//! wakes waits for what only a click needs.

use crate::bytes;
use crate::live::{Live, LiveReader, LiveWriter, live_enum, live_struct};
use crate::pack::pack;
use crate::record::{RecordError, VisitRecord};
use crate::unpack::unpack;

/// Nothing of it is stored, and both sides are of one build: there is one version.
const VERSION: u8 = 1;

/// What is in a tab, and whether anything is counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PopupResponse {
    /// See [`crate::view::PopupView::paused`].
    pub paused: bool,
    /// What is in the tab.
    pub tab: TabResponse,
}

live_struct!(PopupResponse { paused, tab });

/// What is in a tab; the variants are those of [`crate::view::TabView`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TabResponse {
    /// No document of it has been seen.
    Unseen,
    /// A page that is not counted any more.
    Uncounted,
    /// A page with nothing to count, by its scheme.
    Nothing(Box<str>),
    /// A page of a site that the user excluded.
    Excluded(Box<str>),
    /// A page that is counted.
    Page(PageResponse),
}

live_enum!(TabResponse { 0: Unseen, 1: Uncounted, 2: Nothing(scheme), 3: Excluded(site), 4: Page(page) });

/// One counted page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageResponse {
    /// In a private window.
    pub private: bool,
    /// Its visit; behind it the records of its site's workers since it began.
    pub visits: Vec<VisitRecord>,
}

impl Live for PageResponse {
    fn write(&self, to: &mut LiveWriter) {
        self.private.write(to);
        to.bytes(&pack(&self.visits));
    }

    fn read(from: &mut LiveReader<'_>) -> Self {
        let private = bool::read(from);
        let visits = unpack(from.bytes()).unwrap_or_else(|error| {
            from.refuse(error);
            Vec::new()
        });
        Self { private, visits }
    }
}

impl PopupResponse {
    /// Its bytes.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut to = LiveWriter::behind(bytes::head(VERSION));
        self.write(&mut to);
        bytes::seal(to.into_bytes())
    }

    /// Reads its bytes.
    pub fn read_bytes(bytes: &[u8]) -> Result<Self, RecordError> {
        let mut from = LiveReader::open(VERSION, bytes)?;
        let response = Self::read(&mut from);
        from.end()?;
        Ok(response)
    }
}
