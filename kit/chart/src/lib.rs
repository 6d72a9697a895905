//! Charts as SVG and PNG: numbers in; a picture, a sentence and a table out.
//!
//! One entry: a [`Figure`] says what is shown, [`Figure::draw`] draws it at a width in pixels and in a [`Look`]. In a
//! page, colours come from CSS classes and `currentColor` (no inline styles, no ids, no scripts), so that themes, dark
//! mode, print and a strict content security policy work; on paper and in files they are written into the picture.
//! Every picture can be read without colour: marks differ in strength, hatching and outline, and are named directly.
//!
//! It does NOT know what the numbers mean, does not sort, and rounds nothing away: the table has every number.
//!
//! Classes a style sheet may give colours to: `chart-main` (the hue of marks), `chart-other` (marks beside the hue),
//! `chart-grid`, `chart-base`, `chart-label`, `chart-value`, `chart-axis`, `chart-on` (text on a strong mark),
//! `chart-paper` (what is the ground's colour). Without a style sheet everything is drawn in `currentColor`.

mod axis;
mod bars;
mod calendar;
mod canvas;
mod columns;
mod day;
mod figure;
mod funnel;
mod key;
mod line;
mod look;
pub mod png;
mod ring;
mod sentence;
#[cfg(test)]
mod tests;
mod text;
mod ticks;

pub use figure::{Figure, Kind, Series, Table};
pub use look::{Look, Palette, Rgb};
pub use ticks::{Ticks, format_number, ticks};
