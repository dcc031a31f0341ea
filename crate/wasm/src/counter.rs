//! What the background runs: one ledger behind one object. The hot path crosses as scalars and strings, all else as objects.

use js_sys::Uint8Array;
use tiers_core::commit::StoredCommit;
use tiers_core::day::UtcOffset;
use tiers_core::decision::Expired;
use tiers_core::document::DocumentKey;
use tiers_core::event::{DocumentEvent, Frame, Lifecycle, NavigationEvent, RequestEnd, UnnamedRequestEvent};
use tiers_core::host_table::HostId;
use tiers_core::ledger::Ledger;
use tiers_core::snapshot::open_visits;
use tiers_core::start;
use tiers_core::time::Millis;
use tiers_core::type_table::TypeCode;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::convert::{to_js, visits_from_js};
use crate::error::BorderError;
use crate::fields;

/// What [`Core::request_started`] returns where the document is not known by its key: it was forgotten meanwhile.
const UNKNOWN_DOCUMENT: u32 = u32::MAX;

/// What there was before a core, see [`start::Before`].
#[wasm_bindgen]
#[derive(Debug, Clone, Copy)]
pub enum Before {
    /// Nothing, in this browser session.
    Nothing = "nothing",
    /// A background that made a commit, or could not.
    Background = "background",
    /// A background that died before it had tried.
    DeadStart = "deadStart",
    /// A core of this same background, which has made a commit.
    Core = "core",
}

impl From<Before> for start::Before {
    fn from(before: Before) -> Self {
        match before {
            Before::Background => Self::Background,
            Before::DeadStart => Self::DeadStart,
            Before::Core => Self::Core,
            _ => Self::Nothing,
        }
    }
}

/// The ledger of one browser session.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Core {
    ledger: Ledger,
}

/// The arguments of a call are the fields of the event that it names, in `tiers_core::event`.
#[wasm_bindgen]
#[expect(clippy::too_many_arguments, clippy::needless_pass_by_value, reason = "an event crosses as scalars")]
impl Core {
    /// An empty core for a browser session.
    #[wasm_bindgen(constructor)]
    pub fn new(session: &str) -> Self {
        Self { ledger: Ledger::new(session) }
    }

    /// The identifiers of the visits to read from the store before [`Core::restore`].
    #[wasm_bindgen(js_name = openVisits)]
    pub fn open_visits(live: &[u8]) -> Result<Vec<String>, JsValue> {
        Ok(open_visits(live).map_err(BorderError::from)?)
    }

    /// Takes up what was stored before this core began, but not all that happened in `unstored_tabs` (-1: in none). `visits` are the bytes of the visits that
    /// [`Core::open_visits`] names.
    pub fn restore(
        &mut self,
        live: Option<Box<[u8]>>,
        visits: Vec<Uint8Array>,
        #[wasm_bindgen(unchecked_param_type = "Settings | undefined")] settings: JsValue,
        before: Before,
        unstored_tabs: &[i32],
        now_ms: f64,
    ) -> Result<(), JsValue> {
        let visits = visits_from_js(visits)?;
        let settings = fields::settings(&settings)?;
        let now = Millis::from_browser(now_ms);
        Ok(self
            .ledger
            .restore(live.as_deref(), &visits, settings, before.into(), unstored_tabs, now)
            .map_err(BorderError::from)?)
    }

    /// How far the user's clock is ahead of UTC from now on, in minutes.
    #[wasm_bindgen(js_name = setUtcOffset)]
    pub fn set_utc_offset(&mut self, minutes: i32) {
        self.ledger.set_utc_offset(UtcOffset::from_minutes(minutes));
    }

    /// The code of a request type's name.
    #[wasm_bindgen(js_name = typeCode)]
    pub fn type_code(&mut self, name: &str) -> u16 {
        self.ledger.type_code(name).get()
    }

    /// The key of a document, to name it by in [`Core::request_started`]; good until that says otherwise. `document_host` is
    /// its own host, empty where it is not known.
    #[wasm_bindgen(js_name = documentKey)]
    pub fn document_key(
        &mut self,
        document_id: &str,
        parent_document_id: &str,
        document_host: &str,
        tab_id: i32,
        frame_id: f64,
        private: bool,
        at_ms: f64,
    ) -> u32 {
        let frame = Frame { tab_id, frame_id: whole(frame_id) };
        let at = Millis::from_browser(at_ms);
        self.ledger.document_key(document_id, parent_document_id, document_host, frame, private, at).0
    }

    /// The key of a host, to name it by in [`Core::request_started`]; good for this core's life.
    #[wasm_bindgen(js_name = hostKey)]
    pub fn host_key(&mut self, host: &str) -> u32 {
        #[cfg(feature = "trap")]
        trap_at(host);
        self.ledger.host_id(host).get()
    }

    /// A document asks for something. Returns the request's number; 0: it is not counted; 2^32 − 1: ask for the
    /// document's key again, it was forgotten meanwhile.
    #[wasm_bindgen(js_name = requestStarted)]
    pub fn request_started(
        &mut self,
        id: f64,
        host_key: u32,
        document_key: u32,
        type_code: u16,
        at_ms: f64,
    ) -> u32 {
        let (document, host) = (DocumentKey(document_key), HostId::new(host_key));
        let (request_type, at) = (TypeCode::new(type_code), Millis::from_browser(at_ms));
        self.ledger.request_from(document, whole(id), host, request_type, at).unwrap_or(UNKNOWN_DOCUMENT)
    }

    /// A tab's outermost frame asks for a document. `is_late`: another event of the request is the first that is told. Returns the
    /// request's number; 0: it is not counted.
    #[wasm_bindgen(js_name = navigationStarted)]
    pub fn navigation_started(
        &mut self,
        id: f64,
        host: &str,
        tab_id: i32,
        private: bool,
        is_late: bool,
        at_ms: f64,
    ) -> u32 {
        let (request_id, at) = (whole(id), Millis::from_browser(at_ms));
        self.ledger.navigation_started(&NavigationEvent { request_id, host, tab_id, private, is_late, at })
    }

    /// A tab's page, of the initiator's host, has another one prepared. Returns the request's number; 0: it is not counted.
    #[wasm_bindgen(js_name = prerenderStarted)]
    pub fn prerender_started(
        &mut self,
        id: f64,
        host: &str,
        initiator_host: &str,
        tab_id: i32,
        private: bool,
        at_ms: f64,
    ) -> u32 {
        let (request_id, at) = (whole(id), Millis::from_browser(at_ms));
        let event = NavigationEvent { request_id, host, tab_id, private, is_late: false, at };
        self.ledger.prerender_started(&event, initiator_host)
    }

    /// Something asks whose document the browser does not name. Returns the request's number; 0: it is not counted.
    #[wasm_bindgen(js_name = unnamedRequestStarted)]
    pub fn unnamed_request_started(
        &mut self,
        id: f64,
        host: &str,
        document_id: &str,
        tab_id: i32,
        frame_id: f64,
        initiator_host: &str,
        is_of_next_page: bool,
        type_code: u16,
        private: bool,
        at_ms: f64,
    ) -> u32 {
        self.ledger.unnamed_request_started(&UnnamedRequestEvent {
            request_id: whole(id),
            host,
            document_id,
            frame: Frame { tab_id, frame_id: whole(frame_id) },
            initiator_host,
            is_of_next_page,
            request_type: TypeCode::new(type_code),
            private,
            at: Millis::from_browser(at_ms),
        })
    }

    /// An answer came. False: the request is not known, its beginning was lost.
    #[wasm_bindgen(js_name = requestAnswered)]
    pub fn request_answered(&mut self, id: f64, from_cache: bool) -> bool {
        self.ledger.request_ended(whole(id), RequestEnd::Answered { from_cache })
    }

    /// The answer is a redirect. False: the request is not known.
    #[wasm_bindgen(js_name = requestRedirected)]
    pub fn request_redirected(
        &mut self,
        id: f64,
        host_key: u32,
        from_cache: bool,
        from_network: bool,
    ) -> bool {
        self.ledger.request_redirected(whole(id), HostId::new(host_key), from_cache, from_network)
    }

    /// The request failed. True: it was waited for, and was blocked, or nobody could be asked.
    #[wasm_bindgen(js_name = requestFailed)]
    pub fn request_failed(&mut self, id: f64, error: &str, connected: bool) -> bool {
        let (id, end) = (whole(id), RequestEnd::Failed { error, connected });
        let is_pending = self.ledger.is_pending(id);
        self.ledger.request_ended(id, end);
        is_pending && end.is_in_vain()
    }

    /// A document took its place in a frame.
    #[wasm_bindgen(js_name = documentCommitted)]
    pub fn document_committed(
        &mut self,
        document_id: &str,
        parent_document_id: &str,
        tab_id: i32,
        frame_id: f64,
        outermost: bool,
        lifecycle: &str,
        private: bool,
        scheme: &str,
        host: &str,
        at_ms: f64,
    ) {
        let at = Millis::from_browser(at_ms);
        self.ledger.document_committed(&DocumentEvent {
            document_id,
            parent_document_id,
            tab_id,
            frame_id: whole(frame_id),
            outermost,
            lifecycle: Lifecycle::of(lifecycle),
            private,
            scheme,
            host,
            at,
        });
    }

    /// A document was found in its place; its commit may not have been seen.
    #[wasm_bindgen(js_name = documentAdopted)]
    pub fn document_adopted(
        &mut self,
        document_id: &str,
        parent_document_id: &str,
        tab_id: i32,
        frame_id: f64,
        outermost: bool,
        private: bool,
        scheme: &str,
        host: &str,
        at_ms: f64,
    ) {
        let at = Millis::from_browser(at_ms);
        self.ledger.document_adopted(&DocumentEvent {
            document_id,
            parent_document_id,
            tab_id,
            frame_id: whole(frame_id),
            outermost,
            lifecycle: Lifecycle::Active,
            private,
            scheme,
            host,
            at,
        });
    }

    /// A page did not come, and the browser commits its own under the same address.
    #[wasm_bindgen(js_name = navigationFailed)]
    pub fn navigation_failed(&mut self, tab_id: i32, host: &str, private: bool, at_ms: f64) {
        self.ledger.navigation_failed(tab_id, host, private, Millis::from_browser(at_ms));
    }

    /// A navigation came to no document and leaves its tab as it is: a download, no content, or one that was broken off.
    #[wasm_bindgen(js_name = navigationStopped)]
    pub fn navigation_stopped(&mut self, tab_id: i32, host: &str, at_ms: f64) {
        self.ledger.navigation_stopped(tab_id, host, Millis::from_browser(at_ms));
    }

    /// A tab was closed.
    #[wasm_bindgen(js_name = tabRemoved)]
    pub fn tab_removed(&mut self, tab_id: i32, at_ms: f64) {
        self.ledger.tab_removed(tab_id, Millis::from_browser(at_ms));
    }

    /// The tabs that are open, and those of them that are loading, found as the background started.
    #[wasm_bindgen(js_name = tabsFound)]
    pub fn tabs_found(&mut self, tab_ids: &[i32], loading: &[i32], at_ms: f64) {
        self.ledger.tabs_found(tab_ids, loading, Millis::from_browser(at_ms));
    }

    /// The core trapped and this is the next one: what is open may have lost requests.
    #[wasm_bindgen(js_name = coreRestarted)]
    pub fn core_restarted(&mut self, now_ms: f64) {
        self.ledger.core_restarted(Millis::from_browser(now_ms));
    }

    /// Whether the browser lets the extension see all sites; without a word of it, it does.
    #[wasm_bindgen(js_name = setAccess)]
    pub fn set_access(&mut self, is_to_all_sites: bool, now_ms: f64) {
        self.ledger.set_access(is_to_all_sites, Millis::from_browser(now_ms));
    }

    /// Answers a page of the extension.
    #[wasm_bindgen(unchecked_return_type = "Response")]
    pub fn answer(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "Request")] request: JsValue,
        now_ms: f64,
    ) -> Result<JsValue, JsValue> {
        let request = fields::request(&request)?;
        Ok(to_js(&self.ledger.answer(&request, Millis::from_browser(now_ms)))?)
    }

    /// The badges that changed since the last call.
    #[wasm_bindgen(unchecked_return_type = "BadgeView[]")]
    pub fn badges(&mut self) -> Result<JsValue, JsValue> {
        Ok(to_js(&self.ledger.badges())?)
    }

    /// What is to be stored now; undefined where nothing changed.
    #[wasm_bindgen(unchecked_return_type = "StoredCommit | undefined")]
    pub fn commit(&mut self, now_ms: f64) -> Result<JsValue, JsValue> {
        match self.ledger.commit(Millis::from_browser(now_ms)) {
            Some(commit) => Ok(to_js(&StoredCommit::from(commit))?),
            None => Ok(JsValue::UNDEFINED),
        }
    }

    /// The live state that belongs to the last commit.
    pub fn live(&self) -> Vec<u8> {
        self.ledger.live()
    }

    /// The last commit is stored for good.
    pub fn stored(&mut self) {
        self.ledger.stored();
    }

    /// The day it is now by the user's clock, in days since 1970: those before are over.
    pub fn today(&self, now_ms: f64) -> u32 {
        self.ledger.today(Millis::from_browser(now_ms)).get()
    }

    /// What is kept no longer, by the user's wish: the days before which visits are not, and nothing is; 0 where all is.
    pub fn expired(&self, now_ms: f64) -> Vec<u32> {
        let Expired { visits_before, sums_before } = self.ledger.expired(Millis::from_browser(now_ms));
        vec![visits_before.get(), sums_before.get()]
    }

    /// The visits that must not be folded into their day yet, by their `id`.
    #[wasm_bindgen(js_name = unsettledVisits)]
    pub fn unsettled_visits(&self) -> Vec<String> {
        self.ledger.unsettled_visits()
    }
}

/// A browser's number of a request or a frame, which JavaScript has as a float: exact, since both browsers stay below 2^53.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "`as` saturates; a number that is none is 0"
)]
fn whole(number: f64) -> u64 {
    number as u64
}

/// Traps at one host name, in builds that test what happens then.
#[cfg(feature = "trap")]
fn trap_at(host: &str) {
    #[expect(clippy::panic, reason = "to trap is what this build is for")]
    if host == "trap.test" {
        web_sys::console::error_1(&JsValue::from_str("tiers: this build traps at trap.test"));
        panic!("this build traps at trap.test");
    }
}
