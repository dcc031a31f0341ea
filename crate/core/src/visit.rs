//! One outermost document, or what a site does with no page named, while it is live: first party, contacts, and why its count may be incomplete.

use crate::arrival::Arrival;
use crate::contact::{Chain, Contact, Contacts};
use crate::day::{Day, UtcOffset};
use crate::host_table::{HostId, HostTable};
use crate::live::live_struct;
use crate::outcome::OutcomeCounts;
use crate::record::{
    ContactRecord, EndReason, Gap, GapReason, HopRecord, Step, TypeTally, VisitKind, VisitRecord,
};
use crate::time::Millis;
use crate::type_table::TypeTable;

/// How long after its last request a visit counts as busy: if the background dies meanwhile, requests may be lost.
const BUSY_MS: u64 = 1_500;
/// A visit's number in its browser session.
pub type VisitNumber = u32;

/// A page that another one had prepared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Prerender {
    /// The host that was asked for it.
    pub host: HostId,
    /// The fetch for it was told before.
    pub was_fetched: bool,
}

live_struct!(Prerender { host, was_fetched });

/// A live visit.
#[derive(Debug, Clone)]
pub struct Visit {
    /// See [`VisitKind`].
    pub kind: VisitKind,
    /// The tab; none for what a site did with no page named.
    pub tab_id: Option<i32>,
    /// The host of the outermost document; its site is the first party.
    pub host: HostId,
    /// The first party.
    pub site: HostId,
    /// The scheme of the outermost document.
    pub scheme: Box<str>,
    /// In a private window: never stored.
    pub private: bool,
    /// When the document was committed; of a site with no page named, when its first request began.
    pub started_at: Millis,
    /// See [`VisitRecord::utc_offset`].
    pub utc_offset: UtcOffset,
    /// When and why it ended.
    pub ended: Option<(Millis, EndReason)>,
    /// Why the count may be incomplete.
    pub gaps: Vec<Gap>,
    /// The hosts of the redirects that led here.
    pub hops: Vec<HostId>,
    /// The request that led here.
    pub arrival: Arrival,
    /// The request that led here is among the contacts.
    pub is_asked_for: bool,
    /// The pages that it had prepared.
    pub prerenders: Vec<Prerender>,
    /// What was asked for.
    pub contacts: Contacts,
    /// The number of the ledger's change that last touched this visit.
    pub changed: u64,
    /// When it last began, asked for something, came back or ended.
    pub active_at: Millis,
}

impl Visit {
    /// A visit that begins, over https and in no tab where nothing else is said.
    pub fn new(
        kind: VisitKind,
        host: HostId,
        site: HostId,
        private: bool,
        at: Millis,
        utc_offset: UtcOffset,
    ) -> Self {
        Self {
            kind,
            tab_id: None,
            host,
            site,
            scheme: "https".into(),
            private,
            started_at: at,
            utc_offset,
            ended: None,
            gaps: Vec::new(),
            hops: Vec::new(),
            arrival: Arrival::Unasked,
            is_asked_for: false,
            prerenders: Vec::new(),
            contacts: Contacts::default(),
            changed: 0,
            active_at: at,
        }
    }

    /// The day on which it began, by the user's clock.
    pub(crate) const fn day(&self) -> Day {
        Day::of(self.started_at, self.utc_offset)
    }

    /// Whether it may be no page at all: nobody was asked for it, and it asked nobody.
    pub fn is_doubtful(&self) -> bool {
        let is_untold = matches!(self.arrival, Arrival::Missing | Arrival::Found);
        is_untold && self.contacts.is_empty() && self.ended.is_none()
    }

    /// When the request began that led to it, where that was told.
    pub(crate) fn asked_for_at(&self) -> Option<Millis> {
        let is_told = matches!(self.arrival, Arrival::Told(_) | Arrival::Restored);
        self.contacts.find(self.host).filter(|_| is_told).map(|own| own.first_at)
    }

    /// Whether it can have asked for something at a moment before it came, on an answer that only hints at what it will need: its own
    /// request was under way then, or has not been told yet.
    pub(crate) fn can_have_hinted_at(&self, at: Millis) -> bool {
        match self.arrival {
            Arrival::Told(_) | Arrival::Restored => {
                self.asked_for_at().is_some_and(|asked_at| asked_at <= at)
            }
            Arrival::Untold | Arrival::Missing => true,
            Arrival::Unasked | Arrival::Found => false,
        }
    }

    /// Whether requests may be under way that the store does not know of yet.
    pub(crate) fn is_busy(&self, now: Millis) -> bool {
        now.since(self.active_at) < BUSY_MS && !now.is_set_back_from(self.active_at)
    }

    /// It ended at a moment: not before it began, where the clock was set back meanwhile.
    pub(crate) fn end(&mut self, at: Millis, reason: EndReason) {
        self.ended = Some((at.max(self.started_at), reason));
    }

    /// Adds a reason why the count may be incomplete; each reason once, the first time counts.
    pub fn add_gap(&mut self, reason: GapReason, since_ms: Millis) {
        Gap { reason, since_ms }.add_to(&mut self.gaps);
    }

    /// The contacts with third parties, those that hold at least one request.
    pub fn third_parties<'a>(
        &'a self,
        hosts: &'a HostTable,
    ) -> impl Iterator<Item = (&'a Contact, OutcomeCounts)> {
        let site = self.site;
        self.contacts
            .iter()
            .filter(move |contact| hosts.site(contact.host) != site)
            .map(|contact| (contact, contact.outcomes()))
            .filter(|(_, outcomes)| outcomes.requests() > 0)
    }

    /// The visit as it is stored.
    pub fn to_record(&self, id: String, hosts: &HostTable, types: &TypeTable) -> VisitRecord {
        VisitRecord {
            id,
            kind: self.kind,
            site: hosts.name(self.site).to_owned(),
            host: hosts.name(self.host).to_owned(),
            scheme: self.scheme.as_ref().to_owned(),
            started_at_ms: self.started_at,
            utc_offset: self.utc_offset,
            ended_at_ms: self.ended.map(|(at, _)| at),
            end_reason: self.ended.map(|(_, reason)| reason),
            gaps: self.gaps.clone(),
            hops: self.hops.iter().map(|hop| hop_record(*hop, hosts)).collect(),
            contacts: self
                .contacts
                .iter()
                .filter(|contact| !contact.is_taken_back())
                .map(|contact| self.contact_record(contact, hosts, types))
                .collect(),
        }
    }

    fn contact_record(&self, contact: &Contact, hosts: &HostTable, types: &TypeTable) -> ContactRecord {
        ContactRecord {
            host: hosts.name(contact.host).to_owned(),
            domain: hosts.domain(contact.host).to_owned(),
            icann_domain: hosts.icann_domain(contact.host).map(str::to_owned),
            host_kind: hosts.kind(contact.host),
            third_party: hosts.site(contact.host) != self.site,
            tallies: contact
                .tallies
                .iter()
                .map(|(code, outcomes)| TypeTally {
                    request_type: types.name(*code).to_owned(),
                    outcomes: *outcomes,
                })
                .collect(),
            first_at_ms: contact.first_at,
            last_at_ms: contact.last_at,
            brought_by: steps(&contact.brought_by, hosts),
            attribution: contact.attribution,
        }
    }

    /// A stored visit, live again: the background had died, the browser had not.
    pub fn from_record(record: &VisitRecord, hosts: &mut HostTable, types: &mut TypeTable) -> Self {
        let host = hosts.id(&record.host);
        let mut contacts = Contacts::default();
        for contact in &record.contacts {
            contacts.put(Contact {
                host: hosts.id(&contact.host),
                tallies: contact
                    .tallies
                    .iter()
                    .map(|tally| (types.code(&tally.request_type), tally.outcomes))
                    .collect(),
                first_at: contact.first_at_ms,
                last_at: contact.last_at_ms,
                brought_by: contact.brought_by.iter().map(|step| (step.kind, hosts.id(&step.host))).collect(),
                attribution: contact.attribution,
            });
        }
        let site = hosts.id(&record.site);
        Self {
            scheme: record.scheme.as_str().into(),
            ended: record.ended_at_ms.zip(record.end_reason),
            gaps: record.gaps.clone(),
            hops: record.hops.iter().map(|hop| hosts.id(&hop.host)).collect(),
            arrival: Arrival::Restored,
            contacts,
            active_at: record.contacts.iter().map(|one| one.last_at_ms).max().unwrap_or(record.started_at_ms),
            ..Self::new(record.kind, host, site, false, record.started_at_ms, record.utc_offset)
        }
    }
}

fn hop_record(hop: HostId, hosts: &HostTable) -> HopRecord {
    HopRecord { host: hosts.name(hop).to_owned(), domain: hosts.domain(hop).to_owned() }
}

/// A chain as it is stored and shown.
pub fn steps(chain: &Chain, hosts: &HostTable) -> Vec<Step> {
    chain.iter().map(|(kind, host)| Step { kind: *kind, host: hosts.name(*host).to_owned() }).collect()
}
