//! A page of the manual made from Markdown: its title, its headings, and HTML whose links lead to other pages of the desk.

use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};

/// A page made ready.
pub struct Page {
    /// Its first heading; the shell shows it.
    pub title: String,
    /// Everything below the title.
    pub html: String,
    /// The headings of the second level.
    pub headings: Vec<Heading>,
}

/// A heading that can be linked to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// Name in the address.
    pub id: String,
    /// Its words.
    pub text: String,
}

/// Reads a page; `has` says which files the manual has: a picture that was not made is left out.
pub fn page(markdown: &str, has: &dyn Fn(&str) -> bool) -> Page {
    let events: Vec<Event<'_>> =
        Parser::new_ext(markdown, Options::ENABLE_TABLES | Options::ENABLE_HEADING_ATTRIBUTES).collect();
    let (title, rest) = split_title(events);
    let headings = headings(&rest);
    let mut out = String::new();
    html::push_html(&mut out, shown(rest, has).into_iter());
    // A wide table scrolls by itself, so that the page does not.
    let out = out
        .replace(
            "<table>",
            "<div class=\"table-scroll\" tabindex=\"0\" role=\"region\" aria-label=\"表格\"><table>",
        )
        .replace("</table>", "</table></div>");
    Page { title, html: out, headings }
}

/// The words of the first heading, and the events after it.
fn split_title(events: Vec<Event<'_>>) -> (String, Vec<Event<'_>>) {
    let is_end = |event: &Event<'_>| matches!(event, Event::End(TagEnd::Heading(HeadingLevel::H1)));
    let end = events.iter().position(is_end).map_or(0, |end| end + 1);
    (words(&events[..end]), events[end..].to_vec())
}

fn words(events: &[Event<'_>]) -> String {
    let word = |event: &Event<'_>| match event {
        Event::Text(text) | Event::Code(text) => text.to_string(),
        _ => String::new(),
    };
    events.iter().map(word).collect()
}

fn headings(events: &[Event<'_>]) -> Vec<Heading> {
    let mut found = Vec::new();
    for (place, event) in events.iter().enumerate() {
        if let Event::Start(Tag::Heading { level: HeadingLevel::H2, id: Some(id), .. }) = event {
            let is_end = |event: &Event<'_>| matches!(event, Event::End(TagEnd::Heading(_)));
            let length = events[place..].iter().position(is_end).unwrap_or_default();
            found.push(Heading { id: id.to_string(), text: words(&events[place..place + length]) });
        }
    }
    found
}

/// The events as the desk shows them: links between files become addresses, absent pictures go.
fn shown<'a>(events: Vec<Event<'a>>, has: &dyn Fn(&str) -> bool) -> Vec<Event<'a>> {
    let mut out = Vec::new();
    let mut is_skipping = false;
    for event in events {
        match event {
            Event::Start(Tag::Image { ref dest_url, .. }) if !has(dest_url) => is_skipping = true,
            Event::End(TagEnd::Image) if is_skipping => is_skipping = false,
            _ if is_skipping => {}
            event => out.push(with_address(event)),
        }
    }
    out
}

fn with_address(event: Event<'_>) -> Event<'_> {
    match event {
        Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
            Event::Start(Tag::Link { link_type, dest_url: address(dest_url), title, id })
        }
        Event::Start(Tag::Image { link_type, dest_url, title, id }) => {
            Event::Start(Tag::Image { link_type, dest_url: address(dest_url), title, id })
        }
        event => event,
    }
}

/// `review.md#return` is a file where the manual is read as files, and `/desk/manual/review#return` at the desk.
fn address(target: CowStr<'_>) -> CowStr<'_> {
    let is_elsewhere = target.starts_with('/') || target.starts_with('#') || target.contains("://");
    if is_elsewhere {
        return target;
    }
    let (file, heading) = target.split_once('#').map_or((&*target, None), |(file, id)| (file, Some(id)));
    let page = file.strip_suffix(".md").unwrap_or(file);
    let heading = heading.map(|id| format!("#{id}")).unwrap_or_default();
    let page = if page == super::INDEX { String::new() } else { format!("/{page}") };
    format!("/desk/manual{page}{heading}").into()
}
