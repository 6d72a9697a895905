//! Kinds of text: plain, tables, data, and the markup and scripts that are refused.
//!
//! It does NOT judge whether the text is well formed.

use super::Refusal;
use crate::lines::decode_text;

/// As much of a text as is looked at.
const LOOKED_AT: usize = 64 * 1024;

/// The media type of a text, `None` where the bytes are no text.
pub(super) fn text_type(bytes: &[u8], extension: &str) -> Result<Option<&'static str>, Refusal> {
    let Some(text) = readable(&bytes[..bytes.len().min(LOOKED_AT)]) else {
        return Ok(None);
    };
    let start = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    if start.starts_with("#!") || start.starts_with("<?php") || start.starts_with("<%") {
        return Err(Refusal::Script);
    }
    refuse_markup(start)?;
    Ok(Some(match extension {
        "csv" => "text/csv",
        "json" | "jsonl" if start.starts_with(['{', '[']) => "application/json",
        _ if start.starts_with("<?xml") => "application/xml",
        _ => "text/plain",
    }))
}

/// Decodes the beginning; a character cut at the border does not count.
fn readable(bytes: &[u8]) -> Option<String> {
    let decoded = (0..4.min(bytes.len()))
        .find_map(|cut| decode_text(&bytes[..bytes.len() - cut]).ok().map(|(text, _)| text))?;
    let control = |c: char| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{c}' | '\u{1a}');
    (!decoded.contains(control)).then_some(decoded)
}

/// Browsers guess markup from the first tag after comments; a tag that runs anything is refused
/// wherever it stands in the beginning.
fn refuse_markup(start: &str) -> Result<(), Refusal> {
    let lower = start.to_ascii_lowercase();
    let mut head = lower.as_str();
    loop {
        let comment = head.starts_with("<!--") || head.starts_with("<?xml");
        let Some(end) = head.find('>').filter(|_| comment) else {
            break;
        };
        head = head[end + 1..].trim_start();
    }
    let has = |tag: &str| {
        lower.match_indices(tag).any(|(at, _)| {
            let after = lower[at + tag.len()..].chars().next();
            after.is_none_or(|c| c.is_whitespace() || matches!(c, '>' | '/'))
        })
    };
    if head.starts_with("<svg") || head.starts_with("<!doctype svg") {
        return Err(Refusal::Svg);
    }
    const FIRST: &[&str] = &[
        "<!doctype html",
        "<html",
        "<head",
        "<body",
        "<title",
        "<table",
        "<div",
        "<p>",
        "<h1",
        "<a ",
        "<br",
        "<font",
        "<style",
        "<b>",
    ];
    let runs = ["<script", "<iframe", "<object", "<embed", "<html", "<body"].into_iter().any(has);
    if runs || FIRST.iter().any(|tag| head.starts_with(tag)) || lower.contains("www.w3.org/1999/xhtml") {
        return Err(Refusal::Html);
    }
    if has("<svg") {
        return Err(Refusal::Svg);
    }
    Ok(())
}
