//! The TypeScript types of everything that crosses to JavaScript, generated from the Rust types.

use ts_rs::{Config, TS};

use crate::{
    by_day, chain, closed_day, commit, comparison, day, error_code, export, graph, host, message, method,
    outcome, record, request_sum, rollup, rollup_merge, summary_view, third_party_detail, time, view,
    visit_detail,
};

/// The text of a declaration file that exports every type, in the order of their names.
#[must_use]
pub fn typescript() -> String {
    let mut declarations = declarations();
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

fn declarations() -> Vec<String> {
    let config = Config::default();
    let mut declarations = Vec::new();
    macro_rules! declare {
        ($($type:ty),+ $(,)?) => { $(declarations.push(<$type>::decl(&config));)+ };
    }
    declare!(
        chain::ChainDomain,
        chain::ChainRow,
        chain::ChainStep,
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
        by_day::NewContactRow,
        by_day::SiteDayRow,
        by_day::ThirdPartyDayRow,
        comparison::ComparedRow,
        comparison::Comparison,
        comparison::ComparisonPart,
        comparison::ComparisonQuery,
        comparison::ComparisonSort,
        comparison::Side,
        comparison::SideTotals,
        export::Environment,
        export::FilePiece,
        export::Table,
        export::TableRows,
        graph::GraphLink,
        graph::GraphNode,
        graph::GraphQuery,
        graph::GraphView,
        host::HostKind,
        message::Request,
        message::Response,
        method::AttributionRule,
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
        record::EndReason,
        record::Gap,
        record::GapReason,
        record::Settings,
        record::Step,
        record::StepKind,
        record::StoredVisit,
        request_sum::RequestSumView,
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
        summary_view::VisitRows,
        third_party_detail::HostRow,
        time::Millis,
        view::BadgeView,
        view::DomainView,
        view::HopView,
        view::HostView,
        view::PageView,
        view::PopupView,
        view::RequestView,
        view::TabView,
        view::Totals,
        view::TypeCount,
        view::UnreadableVisits,
        visit_detail::SoughtVisit,
        visit_detail::VisitDetail,
    );
    declarations
}
