//! The budgets: what is measured, against what, and how much it may cost. A script measures each row; a row without
//! its script is listed as not measured, so that nobody takes silence for success.

/// One row of the benchmarks.
#[derive(Debug, Clone, Copy)]
pub struct Budget {
    /// Its number, which its script is named by.
    pub row: u32,
    /// What is measured.
    pub what: &'static str,
    /// What it may cost.
    pub limit: &'static str,
}

/// The row that is measured here, without a script.
pub const WASM_SIZE: u32 = 6;

/// The row that compares with `jq`, and runs the native command line.
pub const COMMAND_LINE: u32 = 12;

/// Kilobytes, of 1,000 bytes, that the background's wasm may weigh when it is compressed with gzip.
pub const WASM_KILOBYTES: f64 = 110.0;

/// Every row. A "day" is 500 visits of 100 requests over 150 sites, a "year" 365 of them.
pub const ALL: [Budget; 14] = [
    Budget { row: 1, what: "one request counted, from JavaScript", limit: "≤ 1.0 × tldts" },
    Budget { row: 2, what: "a day, all CPU in the background", limit: "≤ 0.25 s, ≥ 100 × less" },
    Budget { row: 3, what: "a day, bytes handed to the store", limit: "≤ 20 MB" },
    Budget { row: 4, what: "a request on day 365 ÷ on day 1", limit: "≤ 1.1" },
    Budget { row: 5, what: "wake: dead → first request counted", limit: "≤ 5 ms over the shell alone" },
    Budget { row: WASM_SIZE, what: "the background's wasm, gzipped", limit: "≤ 110 KB" },
    Budget { row: 7, what: "wasm memory after a day", limit: "≤ 16 MB" },
    Budget { row: 8, what: "stored size of a year", limit: "≤ 100 MB" },
    Budget { row: 9, what: "dashboard, a year: totals; another period", limit: "≤ 300 ms; ≤ 100 ms" },
    Budget { row: 10, what: "page load with ÷ without the extension", limit: "≤ 1.02" },
    Budget { row: 11, what: "popup: click → list of 150 third parties", limit: "≤ 100 ms" },
    Budget { row: COMMAND_LINE, what: "from-har; merge of 1,000 exports", limit: "≥ 5 × jq; ≤ 200 MB" },
    Budget { row: 13, what: "graph, 300 × 2,000: a frame while dragging", limit: "60 frames a second" },
    Budget {
        row: 14, what: "export of many days, a day", limit: "≤ 1.5 × JSON; memory ≤ 1.5 × of one day"
    },
];
