//! The page of a record and its print view: validity and document number first, the head, the body, attachments,
//! what repeals or interprets it. `/documents/{number}`.

use axum::{
    http::header,
    response::{IntoResponse, Response},
};

use super::{
    cache::{LISTS, document_tag},
    head,
    page::{
        ArticleTags, Band, ErrorKind, Layout, Link, PrintPage, RecordBody, RecordPage, RelatedLink, Relation,
        RelationGroup,
    },
    queries::{self, Linked, Live, PublicFile, Withdrawn},
    report,
    rows::{crumbs, day, mark, published, record_href},
    visit::{Address, Rendered, Visit},
};
use crate::{
    column::{self, Column},
    error::{Error, Result},
    organ, words,
};

/// Everything a record's page is made from, read in one snapshot.
pub struct Whole {
    /// The record.
    pub live: Live,
    pub(super) files: Vec<PublicFile>,
    pub(super) links: Vec<Linked>,
    pub(super) n_versions: i64,
    pub(super) columns: Vec<Column>,
    pub(super) organ_code: Option<String>,
    pub(super) report: Option<report::Found>,
}

impl Whole {
    /// The files that stand in the list below the text: those that the text does not show as pictures.
    pub fn listed_files(&self) -> Vec<&PublicFile> {
        self.files.iter().filter(|file| !head::is_shown(&self.live.body_html, file)).collect()
    }
}

enum Found {
    Live(Box<Whole>),
    Withdrawn(Withdrawn),
}

/// `/documents/{number}`.
pub async fn show(visit: Visit, Address(number): Address<i64>) -> Response {
    match find(&visit, number).await {
        Ok(Found::Live(whole)) => visit.answer(record_page(&visit, &whole)),
        Ok(Found::Withdrawn(withdrawn)) => gone(&visit, &withdrawn),
        Err(error) => visit.answer(Err(error)),
    }
}

/// `/documents/{number}/print`.
pub async fn print(visit: Visit, Address(number): Address<i64>) -> Response {
    match find(&visit, number).await {
        Ok(Found::Live(whole)) => visit.answer(print_page(&visit, &whole)),
        Ok(Found::Withdrawn(withdrawn)) => gone(&visit, &withdrawn),
        Err(error) => visit.answer(Err(error)),
    }
}

/// `/documents/{number}/qr.svg`: the address of the page as a picture (扫一扫在手机打开当前页).
pub async fn qr(visit: Visit, Address(number): Address<i64>) -> Response {
    let public = visit.read(move |tx, cx| queries::live_by_number(tx, &cx.site_id, number)).await;
    match public {
        Ok(Some(_)) => {
            let url = format!("{}{}", visit.host.face.base_url, record_href(number));
            ([(header::CONTENT_TYPE, "image/svg+xml"), (header::CACHE_CONTROL, "no-cache")], qr_svg(&url))
                .into_response()
        }
        Ok(None) => visit.answer(Err(Error::NotFound)),
        Err(error) => visit.answer(Err(error)),
    }
}

fn qr_svg(url: &str) -> String {
    let code = qrcode::QrCode::new(url).expect("an address of ours is far shorter than a QR code can hold");
    code.render::<qrcode::render::svg::Color>().quiet_zone(true).min_dimensions(160, 160).build()
}

async fn find(visit: &Visit, number: i64) -> Result<Found> {
    visit
        .read(move |tx, cx| {
            let site_id = &cx.site_id;
            let Some(live) = queries::live_by_number(tx, site_id, number)? else {
                return queries::withdrawn(tx, site_id, number)?.map(Found::Withdrawn).ok_or(Error::NotFound);
            };
            let organ_id = live.listed.issuing_organ_id.as_ref();
            let organ_code =
                organ_id.map(|id| organ::queries::code_of(tx, site_id, id)).transpose()?.flatten();
            Ok(Found::Live(Box::new(Whole {
                files: queries::files(tx, site_id, &live.edition_id)?,
                links: queries::links(tx, site_id, &live.listed.document_id)?,
                n_versions: queries::count_versions(tx, site_id, number)?,
                columns: column::queries::all(tx, site_id)?,
                organ_code,
                report: report::read(tx, cx, &live.listed.content_type, &live.edition_id)?,
                live,
            })))
        })
        .await
}

/// Of a withdrawn record the page says when and why, and nothing of what it said.
fn gone(visit: &Visit, withdrawn: &Withdrawn) -> Response {
    // The name of a reason is for staff (涉及国家秘密 …); readers get the words meant for them.
    let reason = visit.app.reference.withdraw_reasons.get(&withdrawn.reason);
    let on = words::date(&crate::cx::date_of(withdrawn.withdrawn_at));
    let mut detail = format!("{on}撤回。{}", reason.map_or("", |reason| &reason.public_words));
    detail.push_str(&withdrawn.note);
    visit.error_page(ErrorKind::Gone, detail, vec![Link::new("公开目录", "/catalogue")])
}

fn record_page(visit: &Visit, whole: &Whole) -> Result<Rendered> {
    let number = whole.live.listed.public_number;
    let page = RecordPage {
        layout: layout(visit, whole, record_href(number)),
        record: body(visit, whole),
        band: band(whole),
        relations: relations(&whole.links),
        versions: (
            u32::try_from(whole.n_versions).unwrap_or(u32::MAX),
            format!("/documents/{number}/versions"),
        ),
        qr_src: format!("/documents/{number}/qr.svg"),
        print_href: format!("/documents/{number}/print"),
        previous: None,
        next: None,
    };
    Rendered::kept(&page, tags(whole))
}

fn print_page(visit: &Visit, whole: &Whole) -> Result<Rendered> {
    let number = whole.live.listed.public_number;
    let href = record_href(number);
    let mut layout = layout(visit, whole, format!("{href}/print"));
    layout.noindex = true;
    let page = PrintPage {
        record_url: format!("{}{href}", visit.host.face.base_url),
        layout,
        record: body(visit, whole),
        band: band(whole),
        record_href: href,
        qr_src: format!("/documents/{number}/qr.svg"),
        printed: None,
    };
    Rendered::kept(&page, tags(whole))
}

/// The page shows this record and the titles of those it is linked with; its crumbs show its column.
fn tags(whole: &Whole) -> Vec<String> {
    let mut tags = vec![document_tag(&whole.live.listed.document_id)];
    tags.extend(whole.links.iter().map(|link| document_tag(&link.other.document_id)));
    if whole.report.is_some() {
        // Last year's report stands beside this one, whenever it comes or goes.
        tags.push(LISTS.to_owned());
    }
    tags
}

/// Around the page of a record: its column and article tags, the way to it.
pub fn layout(visit: &Visit, whole: &Whole, path: String) -> Layout {
    let live = &whole.live;
    let mut layout = visit.layout(&live.listed.title, path);
    layout.crumbs = crumbs(&whole.columns, &live.listed.column_id);
    let column = whole.columns.iter().find(|column| column.id == live.listed.column_id);
    layout.column = column.map(|column| super::column::tags(visit, column));
    layout.article = Some(article_tags(visit, live));
    layout
}

fn article_tags(visit: &Visit, live: &Live) -> ArticleTags {
    ArticleTags {
        title: live.listed.title.clone(),
        published: published(live.published_on.as_deref(), live.listed.first_published_at),
        source: source(visit, live),
        keywords: live.keywords.join(","),
        author: live.listed.issuing_organ.clone(),
        description: live.listed.summary.clone(),
        image: String::new(),
    }
}

fn source(visit: &Visit, live: &Live) -> String {
    let named = live.source.clone().filter(|source| !source.is_empty());
    let organ = || Some(live.listed.issuing_organ.clone()).filter(|organ| !organ.is_empty());
    named.or_else(organ).unwrap_or_else(|| visit.host.face.name.clone())
}

/// The body of a record as its page, its print view and the disclosure guide show it.
pub fn body(visit: &Visit, whole: &Whole) -> RecordBody {
    let live = &whole.live;
    let organ_href = whole.organ_code.as_ref().map(|code| format!("/institutions/{code}"));
    RecordBody {
        title: live.listed.title.clone(),
        document_number: live.listed.document_number.clone(),
        validity: mark(&live.listed.validity),
        published: published(live.published_on.as_deref(), live.listed.first_published_at),
        source: source(visit, live),
        head: head::lines(visit.app.reference, live, organ_href),
        html: head::with_pictures(&live.body_html, live.listed.public_number, &whole.files),
        attachments: whole
            .listed_files()
            .into_iter()
            .map(|file| head::attachment(live.listed.public_number, file))
            .collect(),
        report: whole
            .report
            .as_ref()
            .map(|found| report::part(found, live.listed.public_number, &whole.files)),
    }
}

/// A record by its number, for pages that show one inside another.
pub async fn whole(visit: &Visit, number: i64) -> Result<Whole> {
    match find(visit, number).await? {
        Found::Live(whole) => Ok(*whole),
        Found::Withdrawn(_) => Err(Error::NotFound),
    }
}

fn band(whole: &Whole) -> Option<Band> {
    let live = &whole.live;
    let by = |kind: &str| {
        let link = whole.links.iter().find(|link| link.kind == kind && !link.outgoing);
        link.map(|link| Link::new(&link.other.title, record_href(link.other.public_number)))
    };
    let date = |text: &Option<String>| text.as_deref().map(day);
    match live.listed.validity.as_str() {
        "repealed" => Some(Band::Repealed { on: date(&live.repealed_on), by: by("repeals") }),
        "expired" => Some(Band::Expired { on: date(&live.expires_on), by: by("repeals") }),
        "amended" => Some(Band::Amended { by: by("amends") }),
        "not_yet_in_force" => Some(Band::NotYetInForce { on: date(&live.in_force_on) }),
        _ => None,
    }
}

fn relations(links: &[Linked]) -> Vec<RelationGroup> {
    let order = [
        Relation::InterpretedBy,
        Relation::Interprets,
        Relation::RepealedBy,
        Relation::Repeals,
        Relation::AmendedBy,
        Relation::Amends,
        Relation::RelatesTo,
    ];
    let items = |relation: Relation| -> Vec<RelatedLink> {
        links.iter().filter(|link| relation_of(link) == relation).map(related).collect()
    };
    let groups = order.into_iter().map(|relation| RelationGroup { relation, items: items(relation) });
    groups.filter(|group| !group.items.is_empty()).collect()
}

fn relation_of(link: &Linked) -> Relation {
    match (link.kind.as_str(), link.outgoing) {
        ("interprets", false) => Relation::InterpretedBy,
        ("interprets", true) => Relation::Interprets,
        ("repeals", false) => Relation::RepealedBy,
        ("repeals", true) => Relation::Repeals,
        ("amends", false) => Relation::AmendedBy,
        ("amends", true) => Relation::Amends,
        _ => Relation::RelatesTo,
    }
}

fn related(link: &Linked) -> RelatedLink {
    RelatedLink {
        link: Link::new(&link.other.title, record_href(link.other.public_number)),
        document_number: link.other.document_number.clone(),
        published: Some(day(&link.other.listed_on)),
    }
}

/// A redirect to the record that was imported from this address of an earlier system, so that old links live on.
pub async fn moved(visit: &Visit) -> Option<Response> {
    let path = visit.path.clone();
    let hosts: Vec<String> = {
        let profile = &visit.host.site.profile;
        profile.hosts.iter().chain([&profile.domain]).cloned().collect()
    };
    let found = visit.read(move |tx, cx| {
        for host in &hosts {
            for scheme in ["http", "https"] {
                let url = format!("{scheme}://{host}{path}");
                if let Some(number) = queries::number_of_source(tx, &cx.site_id, &url)? {
                    return Ok(Some(number));
                }
            }
        }
        Ok(None)
    });
    let number = found.await.ok().flatten()?;
    let location = header::HeaderValue::from_str(&record_href(number)).ok()?;
    Some((axum::http::StatusCode::MOVED_PERMANENTLY, [(header::LOCATION, location)]).into_response())
}
