//! The catalogue (公开目录, Art. 12): every public record, filtered by organ, subject, genre, year, validity and column.
//! The address holds the whole state. It reads the search index and looks every hit up in the database again.

use std::collections::HashMap;

use axum::{extract::Query, response::Response};
use kit_db::Tx;
use kit_search::{Hits, Query as IndexQuery, Sort};
use rules::organ_history::{ChangeKind, OrganChange, lineage};

use super::{
    cache::LISTS,
    page::{ActiveFilter, CataloguePage, ColumnTags, Facet, FacetValue, Paging, SortChoice},
    queries::{self, Listed},
    rows::{PER_PAGE, rows},
    visit::{Rendered, Visit},
};
use crate::{
    app::task_failed,
    change_feed,
    column::{self, Column},
    cx::Cx,
    error::Result,
    id::{DocumentId, OrganId},
    organ::{self, ChangeRecord, Organ},
    words,
};

/// The filters, in the order pages show them: name in the address, label.
const FILTERS: [(&str, &str); 6] = [
    ("organ", "发布机构"),
    ("subject", "主题分类"),
    ("genre", "体裁分类"),
    ("year", "发布年份"),
    ("validity", "时效"),
    ("column", "栏目"),
];

/// The state of a list, as its address has it.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// Text searched for.
    pub text: String,
    /// Chosen filters: name and value.
    pub filters: Vec<(&'static str, String)>,
    /// `newest`, `oldest` or nothing.
    pub sort: String,
    /// 1 for the first.
    pub page: u32,
}

impl Asked {
    /// Reads the known parameters and leaves every other one out.
    pub fn from_query(query: &HashMap<String, String>) -> Asked {
        let value = |name: &str| {
            query.get(name).map(|value| value.trim().to_owned()).filter(|value| !value.is_empty())
        };
        let filters = FILTERS.iter().filter_map(|(name, _)| Some((*name, value(name)?))).collect();
        let page = value("page").and_then(|page| page.parse().ok()).unwrap_or(1).clamp(1, 500);
        Asked { text: value("q").unwrap_or_default(), filters, sort: value("sort").unwrap_or_default(), page }
    }

    /// The address of this state under `path`.
    pub fn href(&self, path: &str) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        let mut add = |name: &str, value: &str| {
            if !value.is_empty() {
                query.append_pair(name, value);
            }
        };
        add("q", &self.text);
        for (name, value) in &self.filters {
            add(name, value);
        }
        add("sort", &self.sort);
        if self.page > 1 {
            add("page", &self.page.to_string());
        }
        match query.finish() {
            query if query.is_empty() => path.to_owned(),
            query => format!("{path}?{query}"),
        }
    }

    fn with(&self, name: &'static str, value: Option<&str>) -> Asked {
        let mut asked = Asked { page: 1, ..self.clone() };
        asked.filters.retain(|(known, _)| *known != name);
        asked.filters.extend(value.map(|value| (name, value.to_owned())));
        asked
    }

    fn value(&self, name: &str) -> Option<&str> {
        self.filters.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str())
    }
}

/// The address of the catalogue with one filter.
pub fn filter_href(name: &str, value: &str) -> String {
    let query = HashMap::from([(name.to_owned(), value.to_owned())]);
    Asked::from_query(&query).href("/catalogue")
}

/// Names for the codes of filters, and what an organ's filter must also find.
pub struct Names {
    organs: Vec<Organ>,
    changes: Vec<ChangeRecord>,
    columns: Vec<Column>,
    /// The newest change of the site when the names were read.
    head: i64,
}

/// What a list shows.
pub struct Found {
    /// Lines in the order of the hits.
    pub listed: Vec<Listed>,
    /// What the index said.
    pub hits: Hits,
    /// Names for codes.
    pub names: Names,
    /// Whether the index had followed every change made before it was asked.
    pub index_is_current: bool,
}

/// `/catalogue`.
pub async fn show(visit: Visit, Query(query): Query<HashMap<String, String>>) -> Response {
    let mut asked = Asked::from_query(&query);
    asked.text.clear();
    let sort = if asked.sort == "oldest" { Sort::Oldest } else { Sort::Newest };
    let page = find(&visit, &asked, sort).await.and_then(|found| catalogue_page(&visit, &asked, &found));
    visit.answer(page)
}

/// Asks the index, then reads what is public of what it found.
pub async fn find(visit: &Visit, asked: &Asked, sort: Sort) -> Result<Found> {
    let names = visit.read(read_names).await?;
    let followed = visit.app.index.position(&visit.host.site.id.0).map_err(anyhow::Error::from)?;
    let index_is_current = i64::try_from(followed).unwrap_or(i64::MAX) >= names.head;
    let query = index_query(visit, asked, &names, sort);
    let app = visit.app.clone();
    let search = tokio::task::spawn_blocking(move || app.index.search(&query));
    let hits = search.await.map_err(|error| task_failed(&error))?.map_err(anyhow::Error::from)?;
    let keys: Vec<DocumentId> = hits.hits.iter().map(|hit| DocumentId(hit.key.clone())).collect();
    let listed = visit.read(move |tx, cx| listed(tx, cx, &keys)).await?;
    Ok(Found { listed, hits, names, index_is_current })
}

fn read_names(tx: &mut Tx<'_>, cx: &Cx) -> Result<Names> {
    Ok(Names {
        organs: organ::queries::all(tx, &cx.site_id)?,
        changes: organ::queries::changes(tx, &cx.site_id)?,
        columns: column::queries::all(tx, &cx.site_id)?,
        head: change_feed::head(tx, &cx.site_id)?,
    })
}

fn listed(tx: &mut Tx<'_>, cx: &Cx, keys: &[DocumentId]) -> Result<Vec<Listed>> {
    let mut listed = Vec::with_capacity(keys.len());
    for key in keys {
        listed.extend(queries::listed_by_id(tx, &cx.site_id, key)?);
    }
    Ok(listed)
}

fn index_query(visit: &Visit, asked: &Asked, names: &Names, sort: Sort) -> IndexQuery {
    let mut query = IndexQuery::new(&visit.host.site.id.0, &asked.text);
    query.sort = sort;
    query.limit = PER_PAGE as usize;
    query.offset = (asked.page as usize - 1) * PER_PAGE as usize;
    query.count_facets = FILTERS.iter().map(|(name, _)| (*name).to_owned()).collect();
    query.facets =
        asked.filters.iter().map(|(name, value)| ((*name).to_owned(), names.values(name, value))).collect();
    query
}

impl Names {
    /// What the index must look for: an organ stands for itself and for every organ it came from or went into, so that
    /// a record is found under the old and the new name.
    fn values(&self, filter: &str, value: &str) -> Vec<String> {
        match filter {
            "organ" => {
                let Some(organ) = self.organs.iter().find(|organ| organ.code == value) else {
                    return vec![value.to_owned()];
                };
                lineage(&organ.id, &self.history()).into_iter().map(|id| id.0).collect()
            }
            "column" => {
                let column = self.columns.iter().find(|column| column.code == value);
                vec![column.map_or_else(|| value.to_owned(), |column| column.id.0.clone())]
            }
            _ => vec![value.to_owned()],
        }
    }

    fn history(&self) -> Vec<OrganChange<OrganId>> {
        let change = |record: &ChangeRecord| OrganChange {
            kind: match record.kind.as_str() {
                "merge" => ChangeKind::Merge,
                "split" => ChangeKind::Split,
                _ => ChangeKind::Rename,
            },
            from: record.from.clone(),
            to: record.to.clone(),
            on: super::rows::day(&record.changed_on).0,
        };
        self.changes.iter().map(change).collect()
    }

    /// The code in addresses and the name on pages, for a value of the index.
    fn shown(&self, filter: &str, value: &str) -> Option<(String, String)> {
        match filter {
            "organ" => {
                let organ = self.organs.iter().find(|organ| organ.id.0 == value)?;
                Some((organ.code.clone(), organ.name.clone()))
            }
            "column" => {
                let column = self.columns.iter().find(|column| column.id.0 == value)?;
                Some((column.code.clone(), column.name.clone()))
            }
            "validity" => Some((value.to_owned(), words::validity(value)?.to_owned())),
            "year" => Some((value.to_owned(), format!("{value}年"))),
            _ => Some((value.to_owned(), value.to_owned())),
        }
    }

    /// The name of a chosen filter's value.
    fn chosen(&self, filter: &str, code: &str) -> String {
        let organ = || self.organs.iter().find(|organ| organ.code == code).map(|organ| organ.name.clone());
        let column =
            || self.columns.iter().find(|column| column.code == code).map(|column| column.name.clone());
        let name = match filter {
            "organ" => organ(),
            "column" => column(),
            _ => self.shown(filter, code).map(|(_, name)| name),
        };
        name.unwrap_or_else(|| code.to_owned())
    }
}

/// The filters with their counts, as links to the state they lead to.
pub fn facets(asked: &Asked, found: &Found, path: &str) -> Vec<Facet> {
    let facet = |(name, label): &(&'static str, &'static str)| {
        let counted = found.hits.facets.iter().find(|(facet, _)| facet == name)?;
        let mut values: Vec<FacetValue> = counted
            .1
            .iter()
            .filter_map(|(value, count)| value_link(asked, found, path, (*name, value, *count)))
            .collect();
        if *name == "year" {
            values.sort_by(|a, b| b.label.cmp(&a.label));
        }
        (!values.is_empty()).then(|| Facet { label: (*label).to_owned(), name: (*name).to_owned(), values })
    };
    FILTERS.iter().filter_map(facet).collect()
}

fn value_link(
    asked: &Asked,
    found: &Found,
    path: &str,
    (name, value, count): (&'static str, &String, u64),
) -> Option<FacetValue> {
    let (code, label) = found.names.shown(name, value)?;
    let selected = asked.value(name) == Some(code.as_str());
    let href = asked.with(name, (!selected).then_some(code.as_str())).href(path);
    Some(FacetValue { label, count, href, selected })
}

/// The chosen filters, each with the address without it.
pub fn active(asked: &Asked, found: &Found, path: &str) -> Vec<ActiveFilter> {
    let label = |name: &str| FILTERS.iter().find(|(known, _)| *known == name).map_or("", |(_, label)| label);
    let filters = asked.filters.iter().map(|(name, value)| ActiveFilter {
        label: label(name).to_owned(),
        value: found.names.chosen(name, value),
        remove_href: asked.with(name, None).href(path),
    });
    filters.collect()
}

/// The orders a list offers: code, label.
pub fn sorts(asked: &Asked, path: &str, choices: &[(&str, &str)]) -> Vec<SortChoice> {
    let choice = |(code, label): &(&str, &str)| SortChoice {
        label: (*label).to_owned(),
        href: Asked { sort: (*code).to_owned(), page: 1, ..asked.clone() }.href(path),
        selected: asked.sort == *code,
    };
    choices.iter().map(choice).collect()
}

/// The pages of a list.
pub fn paging(asked: &Asked, found: &Found, path: &str) -> Paging {
    // A page number beyond what the index gives would be an empty page: the last one that exists is offered instead.
    let total = (found.hits.total as u64).min(500 * u64::from(PER_PAGE));
    Paging::new(total, PER_PAGE, asked.page, |page| Asked { page, ..asked.clone() }.href(path))
}

fn catalogue_page(visit: &Visit, asked: &Asked, found: &Found) -> Result<Rendered> {
    let path = "/catalogue";
    let mut layout = visit.layout("公开目录", asked.href(path));
    layout.noindex = !asked.filters.is_empty();
    layout.column = Some(ColumnTags {
        name: "公开目录".to_owned(),
        description: format!("{}主动公开的全部政府信息", visit.host.face.name),
        keywords: "政府信息公开目录,索引,文号,主题分类".to_owned(),
        kind: "信息公开目录".to_owned(),
    });
    let page = CataloguePage {
        layout,
        facets: facets(asked, found, path),
        active: active(asked, found, path),
        sorts: sorts(asked, path, &[("", "最新发布"), ("oldest", "最早发布")]),
        rows: rows(&found.listed),
        paging: paging(asked, found, path),
    };
    // The index follows a moment after the change: a list from before would stay until the next change.
    if found.index_is_current { Rendered::kept(&page, vec![LISTS.to_owned()]) } else { Rendered::once(&page) }
}
