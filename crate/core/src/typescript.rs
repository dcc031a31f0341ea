//! The TypeScript types of everything that crosses to JavaScript, generated from the Rust types.

use ts_rs::{Config, TS};

use crate::{
    archive, closed_day, commit, day, error_code, export, host, message, method, outcome, record, rollup,
    rollup_merge, summary_view, time, view,
};

/// The text of a declaration file that exports every type, in the order of their names.
#[must_use]
pub fn typescript() -> String {
    let config = Config::default();
    let mut declarations = Vec::new();
    macro_rules! declare {
        ($($type:ty),+ $(,)?) => { $(declarations.push(<$type>::decl(&config));)+ };
    }
    declare!(
        archive::Stored,
        closed_day::ClosedDay,
        closed_day::Fold,
        closed_day::StoredDay,
        commit::Deleted,
        commit::DeletedVisit,
        commit::StoredCommit,
        day::Day,
        day::DayRange,
        error_code::Browser,
        error_code::ErrorCode,
        export::Environment,
        host::HostKind,
        message::Request,
        message::Response,
        method::Attribution,
        method::Effect,
        method::ErrorRule,
        method::Example,
        method::ExampleReason,
        method::GapGroup,
        method::GapRow,
        method::KnownGap,
        method::MethodView,
        method::OutcomeRow,
        method::Section,
        method::Term,
        method::VersionKind,
        method::VersionRow,
        outcome::Outcome,
        outcome::OutcomeCounts,
        record::Gap,
        record::GapReason,
        record::Settings,
        record::Step,
        record::StepKind,
        record::StoredVisit,
        rollup::StoredRollup,
        rollup_merge::Addition,
        summary_view::ContactRow,
        summary_view::DayRow,
        summary_view::Page<ts_rs::Dummy>,
        summary_view::RowQuery,
        summary_view::SiteRow,
        summary_view::SortKey,
        summary_view::Spread,
        summary_view::SummaryView,
        summary_view::ThirdPartyRow,
        summary_view::VisitRow,
        time::Millis,
        view::BadgeView,
        view::DomainView,
        view::ExportView,
        view::HopView,
        view::HostView,
        view::PageView,
        view::PopupView,
        view::RequestView,
        view::TabView,
        view::Totals,
        view::TypeCount,
        view::UnreadableVisits,
    );
    declarations.sort();
    let mut text =
        String::from("// Generated from the Rust types of tiers-core; `cargo xtask build` writes it.\n\n");
    for declaration in declarations {
        text.push_str("export ");
        text.push_str(&declaration);
        text.push_str("\n\n");
    }
    text
}
