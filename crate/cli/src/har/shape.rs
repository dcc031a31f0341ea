//! What of a HAR file is read. Everything else, bodies above all, is passed over without a copy.
//!
//! What a count stands on must be there and of its type. What only helps may be of any type or missing: it is kept as it
//! stands in the file, and read where it decides something.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;
use tiers_core::time::Millis;

/// A value that may be of any type.
pub type Any<'a> = Option<&'a RawValue>;

/// The file.
#[derive(Debug, Deserialize)]
pub struct Document<'a> {
    #[serde(borrow)]
    pub log: Object<Log<'a>>,
}

/// What the file holds.
#[derive(Debug, Deserialize)]
pub struct Log<'a> {
    #[serde(borrow, default)]
    pub creator: Any<'a>,
    #[serde(borrow, default)]
    pub browser: Any<'a>,
    #[serde(borrow, default)]
    pub pages: Option<Vec<Object<PageHead<'a>>>>,
    #[serde(borrow)]
    pub entries: Vec<Object<Entry<'a>>>,
}

/// A page, without its requests.
#[derive(Debug, Deserialize)]
pub struct PageHead<'a> {
    #[serde(borrow)]
    pub id: Cow<'a, str>,
    #[serde(borrow, default)]
    pub title: Any<'a>,
}

/// A request and its answer. Fields that start with `_` are the recorders' own.
#[derive(Debug, Deserialize)]
pub struct Entry<'a> {
    #[serde(borrow, default)]
    pub pageref: Any<'a>,
    #[serde(rename = "startedDateTime")]
    pub started: Moment,
    #[serde(borrow, default)]
    pub time: Any<'a>,
    #[serde(borrow)]
    pub request: Object<Asked<'a>>,
    #[serde(borrow)]
    pub response: Object<Answer<'a>>,
    #[serde(borrow, default)]
    pub cache: Any<'a>,
    #[serde(borrow, default)]
    pub timings: Any<'a>,
    #[serde(borrow, default, rename = "serverIPAddress")]
    pub server_address: Any<'a>,
    #[serde(borrow, default, rename = "_resourceType")]
    pub resource_type: Any<'a>,
    #[serde(borrow, default, rename = "_fromCache")]
    pub from_cache: Any<'a>,
    #[serde(borrow, default, rename = "_error")]
    pub error: Any<'a>,
}

/// What was asked.
#[derive(Debug, Deserialize)]
pub struct Asked<'a> {
    #[serde(borrow)]
    pub method: Cow<'a, str>,
    #[serde(borrow)]
    pub url: Cow<'a, str>,
    #[serde(borrow, default)]
    pub headers: Any<'a>,
}

/// What came back.
#[derive(Debug, Deserialize)]
pub struct Answer<'a> {
    /// 0, or below, where nothing came back.
    pub status: f64,
    #[serde(borrow, default)]
    pub headers: Any<'a>,
    #[serde(borrow, default, rename = "redirectURL")]
    pub redirect_url: Any<'a>,
    #[serde(borrow, default)]
    pub content: Any<'a>,
    /// In bytes; -1 where it is not known.
    #[serde(borrow, default, rename = "headersSize")]
    pub headers_size: Any<'a>,
    #[serde(borrow, default, rename = "_fromCache")]
    pub from_cache: Any<'a>,
    #[serde(borrow, default, rename = "_error")]
    pub error: Any<'a>,
    /// Playwright's word for `_error`.
    #[serde(borrow, default, rename = "_failureText")]
    pub failure_text: Any<'a>,
}

/// Of what came back, its type. The body is not read.
#[derive(Debug, Default, Deserialize)]
pub struct Content<'a> {
    #[serde(borrow, default, rename = "mimeType")]
    pub mime_type: Any<'a>,
}

/// What a cache held before and after a request; a `null` is told apart from what is not there.
#[derive(Debug, Default, Deserialize)]
pub struct Cache<'a> {
    #[serde(borrow, default, rename = "beforeRequest", deserialize_with = "present")]
    pub before_request: Any<'a>,
    #[serde(borrow, default, rename = "afterRequest", deserialize_with = "present")]
    pub after_request: Any<'a>,
}

/// How long, in milliseconds, a request took in the phases that only an answer, or the wait for one, can have.
#[derive(Debug, Default, Deserialize)]
pub struct Timings<'a> {
    #[serde(borrow, default)]
    pub send: Any<'a>,
    #[serde(borrow, default)]
    pub wait: Any<'a>,
    #[serde(borrow, default)]
    pub receive: Any<'a>,
}

/// A program: the recorder, or the browser.
#[derive(Debug, Default, Deserialize)]
pub struct Program<'a> {
    #[serde(borrow, default)]
    pub name: Any<'a>,
    #[serde(borrow, default)]
    pub version: Any<'a>,
}

/// A header.
#[derive(Debug, Deserialize)]
pub struct Header<'a> {
    #[serde(borrow, default)]
    pub name: Any<'a>,
    #[serde(borrow, default)]
    pub value: Any<'a>,
}

/// A JSON object, and no list: serde's derived readers would take either.
#[derive(Debug)]
pub struct Object<T>(pub T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Object<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for Reader<T> {
            type Value = Object<T>;
            fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
                formatter.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
                T::deserialize(MapAccessDeserializer::new(map)).map(Object)
            }
        }
        deserializer.deserialize_map(Reader(PhantomData))
    }
}

/// A moment as ISO 8601 writes it; without an offset it is taken for UTC.
#[derive(Debug, Clone, Copy)]
pub struct Moment(pub Millis);

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;
        impl Visitor<'_> for Reader {
            type Value = Moment;
            fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
                formatter.write_str("a date and time (ISO 8601)")
            }
            fn visit_str<E: Error>(self, text: &str) -> Result<Moment, E> {
                moment(text).ok_or_else(|| {
                    let start: String = text.chars().take(40).collect();
                    E::custom(format_args!("{start:?} is no date and time (ISO 8601)"))
                })
            }
        }
        deserializer.deserialize_str(Reader)
    }
}

fn present<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Any<'de>, D::Error> {
    Deserialize::deserialize(deserializer).map(Some)
}

fn moment(text: &str) -> Option<Moment> {
    let utc = || text.parse::<DateTime>().ok()?.to_zoned(TimeZone::UTC).ok().map(|zoned| zoned.timestamp());
    let timestamp = text.parse::<jiff::Timestamp>().ok().or_else(utc)?;
    Some(Moment(Millis::new(u64::try_from(timestamp.as_millisecond()).unwrap_or(0))))
}

/// The text of a value; empty where it is none.
pub fn text(value: Any<'_>) -> Cow<'_, str> {
    let Some(quoted) = value.map(RawValue::get).filter(|raw| raw.starts_with('"')) else {
        return Cow::Borrowed("");
    };
    match quoted.get(1..quoted.len().saturating_sub(1)) {
        Some(plain) if !plain.contains('\\') => Cow::Borrowed(plain),
        _ => Cow::Owned(serde_json::from_str(quoted).unwrap_or_default()),
    }
}

/// The number of a value; 0 where it is none.
pub fn number(value: Any<'_>) -> f64 {
    value.and_then(|raw| serde_json::from_str(raw.get()).ok()).unwrap_or(0.0)
}

/// Whether a value is the number 0.
pub fn is_zero(value: Any<'_>) -> bool {
    value.is_some_and(|raw| raw.get().parse().is_ok_and(|number: f64| number == 0.0))
}

/// Whether a recorder says yes, in whatever way: `true`, or a word such as `disk`.
pub fn is_true(value: &RawValue) -> bool {
    !matches!(value.get(), "false" | "null" | "\"\"") && !is_zero(Some(value))
}

/// The fields of a value; the default where it is no object.
pub fn fields<'a, T: Deserialize<'a> + Default>(value: Any<'a>) -> T {
    value
        .and_then(|raw| serde_json::from_str::<Object<T>>(raw.get()).ok())
        .map_or_else(T::default, |object| object.0)
}

/// The headers of a list; what is no header is passed over.
pub fn headers<'a>(value: Any<'a>) -> Vec<Header<'a>> {
    let Some(raw) = value.map(RawValue::get) else { return Vec::new() };
    let one_by_one = || {
        let items: Vec<&'a RawValue> = serde_json::from_str(raw).unwrap_or_default();
        items.into_iter().filter_map(|item| serde_json::from_str::<Object<Header>>(item.get()).ok()).collect()
    };
    let all: Vec<Object<Header>> = serde_json::from_str(raw).unwrap_or_else(|_| one_by_one());
    all.into_iter().map(|header| header.0).collect()
}

/// The value of the first header of this name, in lower case; empty where there is none.
pub fn header<'a>(headers: &[Header<'a>], name: &str) -> Cow<'a, str> {
    let found = headers.iter().find(|header| {
        text(header.name).eq_ignore_ascii_case(name)
            && header.value.is_some_and(|value| value.get().starts_with('"'))
    });
    found.map_or(Cow::Borrowed(""), |header| text(header.value))
}
