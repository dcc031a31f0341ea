//! The published JSON Schema: it is what the Rust types say, and a validator of another house agrees with it.
//!
//! After a change of the export: `TIERS_WRITE_SCHEMA=1 cargo test -p tiers-core --features schema --test schema`.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a failed test is what a panic is for here")]

use std::path::{Path, PathBuf};

use serde_json::Value;
use tiers_core::archive::Archive;
use tiers_core::event::{DocumentEvent, Lifecycle, NavigationEvent, RequestEnd, RequestEvent};
use tiers_core::export::{self, Occasion};
use tiers_core::ledger::Ledger;
use tiers_core::time::Millis;

fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// The text of a file that is generated; written anew where asked.
fn generated(name: &str, text: &str) -> String {
    if std::env::var_os("TIERS_WRITE_SCHEMA").is_some() {
        std::fs::write(file(name), text).unwrap();
    }
    std::fs::read_to_string(file(name)).unwrap()
}

fn example() -> String {
    let mut ledger = Ledger::new("example");
    let at = Millis::new(1_767_225_600_000);
    for host in ["t.co", "www.lemonde.fr"] {
        ledger.navigation_started(&NavigationEvent {
            request_id: 1,
            host,
            tab_id: 1,
            private: false,
            is_late: false,
            at,
        });
        let end = match host {
            "t.co" => RequestEnd::Redirected { from_cache: false, from_network: true },
            _ => RequestEnd::Answered { from_cache: false },
        };
        ledger.request_ended(1, end);
    }
    ledger.document_committed(&DocumentEvent {
        document_id: "D",
        parent_document_id: "",
        tab_id: 1,
        frame_id: 0,
        outermost: true,
        lifecycle: Lifecycle::Untold,
        private: false,
        scheme: "https",
        host: "www.lemonde.fr",
        at,
    });
    for (request_id, host) in [(2, "img.lemde.fr"), (3, "d111.cloudfront.net"), (4, "[::1]")] {
        let request_type = ledger.type_code("image");
        ledger.request_started(&RequestEvent {
            request_id,
            host,
            document_id: "D",
            parent_document_id: "",
            document_host: "",
            request_type,
            private: false,
            at,
        });
    }
    ledger.request_ended(2, RequestEnd::Answered { from_cache: false });
    ledger.request_ended(3, RequestEnd::Failed { error: "net::ERR_BLOCKED_BY_CLIENT", connected: false });
    let archive = Archive { visits: ledger.commit(at).unwrap().visits, ..Archive::default() };
    let occasion = Occasion { id: "00000000-example", now: at, ..Occasion::default() };
    export::to_json(&archive, occasion).unwrap()
}

fn validator() -> jsonschema::Validator {
    let schema: Value =
        serde_json::from_str(&std::fs::read_to_string(file("schema/export-1.schema.json")).unwrap()).unwrap();
    jsonschema::draft202012::new(&schema).unwrap()
}

#[test]
fn the_published_schema_is_what_the_types_say() {
    let schema = export::json_schema().unwrap();
    assert_eq!(generated("schema/export-1.schema.json", &schema), schema);
}

#[test]
fn the_golden_export_is_what_the_core_writes_and_the_schema_takes_it() {
    let example = example();
    // The list's version changes with every refresh, and the digest with it; the rest is fixed.
    let strip = |text: &str| {
        let mut export: Value = serde_json::from_str(text).unwrap();
        export["datasets"] = Value::Null;
        export["integrity"] = Value::Null;
        export["producer"] = Value::Null;
        export
    };
    let golden = generated("tests/fixtures/export-1.json", &example);
    assert_eq!(strip(&golden), strip(&example));
    for text in [golden, example] {
        let export: Value = serde_json::from_str(&text).unwrap();
        let errors: Vec<String> = validator().iter_errors(&export).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{errors:?}");
    }
}

#[test]
fn the_schema_refuses_what_is_no_export() {
    let export: Value = serde_json::from_str(&example()).unwrap();
    for (pointer, value) in [
        ("/visits/0/started_at", Value::Null),
        ("/contacts/0/requests", Value::from("12")),
        ("/contacts/0/requests", Value::from(1.5)),
        ("/contacts", Value::from("none")),
        ("/integrity", Value::Null),
    ] {
        let mut broken = export.clone();
        *broken.pointer_mut(pointer).unwrap() = value;
        assert!(!validator().is_valid(&broken), "{pointer}");
    }
}
