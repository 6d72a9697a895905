//! Full-text search (站内搜索): one field, what it understood, results with excerpts, filters. `/search`.

use std::{collections::HashMap, time::Duration};

use axum::{Extension, extract::Query, response::Response};
use kit_search::{Reading, Sort, Strictness, Understood, excerpt, highlight};
use kit_web::front::Peer;

use super::{
    catalogue::{Asked, Found, active, facets, find, paging, sorts},
    page::{ErrorKind, ExcerptPiece, Link, SearchHit, SearchPage},
    queries,
    rows::row,
    visit::{Rendered, Visit},
};
use crate::error::Result;

/// Characters of an excerpt: two lines on a desk screen.
const EXCERPT_CHARS: usize = 110;
/// Class of the rate limiter that searches belong to.
pub const SEARCHES: u8 = 0;

/// `/search`.
pub async fn show(
    visit: Visit,
    peer: Option<Extension<Peer>>,
    headers: axum::http::HeaderMap,
    Query(query): Query<HashMap<String, String>>,
) -> Response {
    let client = peer
        .map(|Extension(Peer(peer))| visit.app.config.trusted_proxies.client_address(peer.ip(), &headers));
    if client.is_some_and(|client| visit.app.is_too_busy(client)) {
        return visit.error_page(ErrorKind::TooMany, String::new(), Vec::new());
    }
    let asked = Asked::from_query(&query);
    let page = result(&visit, &asked).await;
    visit.answer(page)
}

async fn result(visit: &Visit, asked: &Asked) -> Result<Rendered> {
    let sort = if asked.sort == "newest" { Sort::Newest } else { Sort::Relevance };
    let found = find(visit, asked, sort).await?;
    let hits = hits(visit, &found).await?;
    let path = "/search";
    let title =
        if asked.text.is_empty() { "搜索".to_owned() } else { format!("搜索“{}”", asked.text) };
    let mut layout = visit.layout(title, asked.href(path));
    layout.query = asked.text.clone();
    layout.noindex = true;
    let page = SearchPage {
        layout,
        understood: understood(&found.hits.understood, &asked.text),
        kept: asked.filters.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect(),
        facets: facets(asked, &found, path),
        active: active(asked, &found, path),
        sorts: sorts(asked, path, &[("", "最相关"), ("newest", "最新发布")]),
        hits,
        paging: paging(asked, &found, path),
        suggestions: suggestions(visit, asked),
    };
    Rendered::once(&page)
}

/// Lines with the words found marked; the text comes from the database, so nothing that is not public can show.
async fn hits(visit: &Visit, found: &Found) -> Result<Vec<SearchHit>> {
    let (listed, terms) = (found.listed.clone(), found.hits.terms.clone());
    visit
        .read(move |tx, cx| {
            let mut hits = Vec::with_capacity(listed.len());
            for line in listed {
                let Some(live) = queries::live_by_id(tx, &cx.site_id, &line.document_id)? else { continue };
                hits.push(SearchHit {
                    row: row(&line),
                    title: pieces(highlight(&line.title, &terms)),
                    excerpt: pieces(excerpt(&live.body_text, &terms, EXCERPT_CHARS, 2)),
                });
            }
            Ok(hits)
        })
        .await
}

fn pieces(pieces: Vec<kit_search::Piece>) -> Vec<ExcerptPiece> {
    pieces.into_iter().map(|piece| ExcerptPiece { text: piece.text, marked: piece.marked }).collect()
}

/// What the search made of the words, where that is not plain.
fn understood(understood: &Understood, text: &str) -> Option<String> {
    let mut sentence = match (&understood.reading, understood.strictness) {
        (Reading::Identifier(_), _) => format!("按文号或索引号查找：{text}"),
        (Reading::Nothing, _) => "没有可以搜索的字词，请输入文字、文号或索引号".to_owned(),
        (_, Strictness::Most) => "没有同时含有全部词语的信息，以下含有其中大部分".to_owned(),
        (_, Strictness::Any) => "没有同时含有全部词语的信息，以下含有其中一个以上".to_owned(),
        _ if !understood.phrases.is_empty() => format!("按整句查找：“{}”", understood.phrases.join("”“")),
        _ => String::new(),
    };
    if understood.truncated {
        sentence.push_str("（搜索词过长，只用了前面的部分）");
    }
    (!sentence.is_empty()).then_some(sentence)
}

/// Single words of the query, for a page that found nothing.
fn suggestions(visit: &Visit, asked: &Asked) -> Vec<Link> {
    let words = visit.app.index.words_of(&asked.text, 6);
    let link = |word: String| {
        let href = Asked { text: word.clone(), page: 1, ..Asked::default() }.href("/search");
        Link::new(word, href)
    };
    words.into_iter().filter(|word| *word != asked.text).map(link).collect()
}

/// A moment as the rate limiter counts it.
pub fn since_epoch(at: i64) -> Duration {
    Duration::from_millis(at.unsigned_abs())
}
