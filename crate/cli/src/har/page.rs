//! The recorded pages of a HAR file: which request is the navigation, and which redirect led to which request.

use std::borrow::Cow;
use std::collections::{HashMap, VecDeque};

use url::Url;

use super::request::{Fate, RecordedRequest};
use super::shape::{Entry, Log, Object, Program, fields, text};

/// Redirects that a browser follows at most (the Fetch standard's limit). A longer chain is none.
const MOST_REDIRECTS: usize = 20;

/// A page and its requests.
#[derive(Debug)]
pub struct RecordedPage<'a> {
    /// The file's name for it.
    pub id: String,
    /// Its title.
    pub title: Cow<'a, str>,
    /// Its requests, in the order in which they began.
    pub requests: Vec<RecordedRequest<'a>>,
    /// For each request, the one that its redirect led to.
    pub next: Vec<Option<usize>>,
    /// For each request, the first of its chain of redirects: itself, where no redirect led to it.
    pub first: Vec<usize>,
    /// The navigation: the redirects that led to the page's document, and the document. Empty where none was recorded.
    pub navigation: Vec<usize>,
}

/// The pages of a file that hold a request, in the order in which the file names them.
pub fn pages<'a>(log: &Log<'a>) -> Vec<RecordedPage<'a>> {
    let creator: Program = fields(log.creator);
    let by_firefox = text(creator.name) == "Firefox";
    let heads = log.pages.as_deref().unwrap_or_default();
    let only = if let [Object(only)] = heads { only.id.as_ref() } else { "" };
    let mut places: HashMap<Cow<str>, usize> = HashMap::new();
    let mut gathered: Vec<(Cow<str>, Cow<'a, str>, Vec<RecordedRequest<'a>>)> = Vec::new();
    for Object(head) in heads {
        let place = *places.entry(Cow::Borrowed(head.id.as_ref())).or_insert(gathered.len());
        if place == gathered.len() {
            gathered.push((Cow::Borrowed(head.id.as_ref()), text(head.title), Vec::new()));
        }
    }
    for Object(entry) in &log.entries {
        let Some(request) = RecordedRequest::of(entry, by_firefox) else { continue };
        let id = page_id(entry, only);
        let place = *places.entry(id.clone()).or_insert(gathered.len());
        if place == gathered.len() {
            gathered.push((id, Cow::Borrowed(""), Vec::new()));
        }
        if let Some((_, _, requests)) = gathered.get_mut(place) {
            requests.push(request);
        }
    }
    let held = gathered.into_iter().filter(|(_, _, requests)| !requests.is_empty());
    held.map(|(id, title, requests)| RecordedPage::of(id.into_owned(), title, requests)).collect()
}

/// HAR 1.2 lets an entry name no page; with one page in the file it can only be that page's.
fn page_id<'a>(entry: &Entry<'a>, only: &'a str) -> Cow<'a, str> {
    let said = text(entry.pageref);
    if said.is_empty() { Cow::Borrowed(only) } else { said }
}

impl<'a> RecordedPage<'a> {
    fn of(id: String, title: Cow<'a, str>, mut requests: Vec<RecordedRequest<'a>>) -> Self {
        requests.sort_by_key(|request| request.at);
        let next = redirects(&requests);
        let mut first: Vec<usize> = (0..requests.len()).collect();
        for place in 0..requests.len() {
            // A redirect leads to a later request only, so what stands before is settled.
            if let Some(led_to) = next[place] {
                first[led_to] = first[place];
            }
        }
        let mut page = Self { id, title, requests, next, first, navigation: Vec::new() };
        page.navigation = page.find_navigation();
        page
    }

    /// The URL that tells the first party: the page's document, else the one that its title names, else the first request.
    pub fn url(&self) -> Option<Cow<'_, Url>> {
        if let Some(document) = self.document() {
            return Some(Cow::Borrowed(&document.url));
        }
        let web = |word: &&str| word.starts_with("http://") || word.starts_with("https://");
        let named = self.title.split_whitespace().find(web).and_then(|word| Url::parse(word).ok());
        let sent = self.requests.iter().find(|request| request.fate == Fate::Answered);
        let asked = || sent.or(self.requests.first()).map(|request| Cow::Borrowed(&request.url));
        named.map(Cow::Owned).or_else(asked)
    }

    /// The page's document.
    pub fn document(&self) -> Option<&RecordedRequest<'a>> {
        self.navigation.last().and_then(|place| self.requests.get(*place))
    }

    /// The first chain of redirects that leads to a document; one with an answer before one without.
    fn find_navigation(&self) -> Vec<usize> {
        let chains = || {
            (0..self.requests.len()).filter(|place| self.first[*place] == *place).map(|head| self.chain(head))
        };
        let answered = |chain: &Vec<usize>| {
            let ends = |place: &usize| self.requests[*place].is_answered();
            chain.first().is_some_and(|head| self.requests[*head].is_get) && chain.last().is_some_and(ends)
        };
        let arrives =
            |chain: &Vec<usize>| chain.last().is_some_and(|end| self.requests[*end].fate != Fate::Internal);
        chains()
            .find(|chain| self.opens(chain) && answered(chain))
            .or_else(|| chains().find(|chain| self.opens(chain) && arrives(chain)))
            .unwrap_or_default()
    }

    /// A redirect's answer has often no type of its own; as the page's first request it can be nothing else.
    fn opens(&self, chain: &[usize]) -> bool {
        chain.iter().any(|place| self.requests[*place].is_document)
            || (chain.len() > 1 && chain.first() == Some(&0))
    }

    fn chain(&self, head: usize) -> Vec<usize> {
        std::iter::successors(Some(head), |place| self.next[*place]).collect()
    }
}

/// For each request the one that its redirect led to: the first later one of that address that nothing else led to.
fn redirects(requests: &[RecordedRequest]) -> Vec<Option<usize>> {
    let mut next = vec![None; requests.len()];
    let mut followed = vec![0; requests.len()];
    let mut wanted: HashMap<&str, VecDeque<usize>> = HashMap::new();
    for target in requests.iter().filter_map(|request| request.target.as_ref()) {
        wanted.entry(target.as_str()).or_default();
    }
    for (place, request) in requests.iter().enumerate().filter(|(_, request)| !request.is_preflight) {
        if let Some(places) = wanted.get_mut(request.url.as_str()) {
            places.push_back(place);
        }
    }
    for (place, request) in requests.iter().enumerate() {
        let Some(places) = request.target.as_ref().and_then(|target| wanted.get_mut(target.as_str())) else {
            continue;
        };
        while places.front().is_some_and(|candidate| *candidate <= place) {
            places.pop_front();
        }
        if followed[place] == MOST_REDIRECTS {
            continue;
        }
        next[place] = places.pop_front();
        if let Some(led_to) = next[place] {
            followed[led_to] = followed[place] + 1;
        }
    }
    next
}
