//! Small charts as SVG: numbers in; a picture, a sentence and a table out.
//!
//! Colours come from CSS classes and `currentColor` only (no inline styles), so that themes, dark
//! mode, print and a strict content security policy work. It does NOT know what the numbers mean,
//! rounds nothing away, and draws no chart that cannot be read without colour.
//!
//! Classes a style sheet may give colours to: `chart-mark` (main hue), `chart-mark-2` (second
//! part), `chart-track`, `chart-grid`, `chart-axis`, `chart-label`, `chart-value`, `chart-note`.
//! Without a style sheet everything is drawn in `currentColor` at several strengths.

mod bars;
mod columns;
mod data;
mod ring;
mod svg;
#[cfg(test)]
mod tests;
mod ticks;

pub use bars::bar_chart;
pub use columns::column_chart;
pub use data::{Chart, Row, Words};
pub use ring::ring_chart;
pub use ticks::{Ticks, format_number, ticks};
