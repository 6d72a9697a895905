//! Every address of the product in one table, and which of them may be answered from memory.

use std::sync::Arc;

use axum::{
    Router,
    extract::DefaultBodyLimit,
    http::request::Parts,
    response::Response,
    routing::{get, post},
};
use kit_web::{
    front::{Front, FrontSettings},
    page_cache::CacheKey,
};

use crate::{
    app::App,
    desk::{
        account, calendar, columns, deadline, home as desk_home, imports, jobs, manual, messages,
        search as desk_search,
    },
    portal::{
        catalogue, column, faces, feed, file, home, institution,
        page::ErrorKind,
        reading_mode, record, search, site_map, statute, version,
        visit::{Visit, host_name, is_senior},
    },
};

/// The largest file that may be sent for an import: 1 GiB.
const LARGEST_IMPORT: usize = 1 << 30;

/// The table of addresses.
pub fn router(app: Arc<App>) -> Router {
    Router::new()
        .route("/", get(home::show))
        .route("/columns/{code}", get(column::show))
        .route("/columns/{code}/feed.atom", get(feed::of_column))
        .route("/catalogue", get(catalogue::show))
        .route("/search", get(search::show))
        .route("/documents/{number}", get(record::show))
        .route("/documents/{number}/print", get(record::print))
        .route("/documents/{number}/qr.svg", get(record::qr))
        .route("/documents/{number}/versions", get(version::list))
        .route("/documents/{number}/versions/compare", get(version::compare))
        .route("/documents/{number}/versions/{version}", get(version::show))
        .route("/documents/{number}/files/{hash}/{name}", get(file::download))
        .route("/key-areas", get(statute::key_areas))
        .route("/key-areas/{code}", get(statute::key_area))
        .route("/statutory-items", get(statute::statutory_items))
        .route("/disclosure-guide", get(statute::disclosure_guide))
        .route("/annual-reports", get(statute::annual_reports))
        .route("/apply", get(statute::apply))
        .route("/institutions", get(institution::list))
        .route("/institutions/{code}", get(institution::show))
        .route("/site-map", get(site_map::show))
        .route("/sitemap.xml", get(site_map::xml))
        .route("/robots.txt", get(site_map::robots))
        .route("/feeds/latest.atom", get(feed::latest))
        .route("/reading-mode", get(reading_mode::choose))
        .route("/healthz", get(|| async { "ok" }))
        .merge(desk())
        .merge(administration())
        .fallback(elsewhere)
        .with_state(app)
}

/// The addresses of the desk, area by area. None of them is ever answered from memory.
fn desk() -> Router<Arc<App>> {
    Router::new()
        // Messages
        .route("/desk/messages", get(messages::list))
        .route("/desk/messages/read", post(messages::read_all))
        .route("/desk/messages/preferences", get(messages::preferences).post(messages::choose))
        .route("/desk/messages/{message_id}", post(messages::open))
        // Imports and their review list
        .route(
            imports::runs::HERE,
            get(imports::runs::home).post(imports::runs::start).layer(DefaultBodyLimit::disable()),
        )
        .route("/desk/admin/imports/review", get(imports::review::list).post(imports::review::accept_many))
        .route(
            "/desk/admin/imports/review/{document_id}",
            get(imports::review::show).post(imports::review::decide),
        )
        .route("/desk/admin/imports/{run}", get(imports::runs::show))
        .route("/desk/admin/imports/{run}/progress", get(imports::runs::progress))
        // Background jobs
        .route("/desk/admin/jobs", get(jobs::list))
        .route("/desk/admin/jobs/rows", get(jobs::rows))
        .route("/desk/admin/jobs/{job_id}/{what}", post(jobs::change))
        // The own account
        .route("/desk/sign-in", get(account::sign_in::show).post(account::sign_in::submit))
        .route("/desk/sign-in/code", get(account::sign_in::show_code).post(account::sign_in::submit_code))
        .route("/desk/sign-out", post(account::sign_in::sign_out))
        .route("/desk/account", get(account::own::show))
        .route("/desk/account/password", get(account::password::show).post(account::password::submit))
        .route(
            "/desk/account/second-factor",
            get(account::second_factor::show).post(account::second_factor::submit),
        )
        .route("/desk/account/sessions", post(account::own::end_session))
        .route("/desk/account/delegations", post(account::own::delegate))
        // Home, and what is due
        .route("/desk", get(desk_home::show))
        .route("/desk/columns", get(columns::show))
        .route("/desk/calendar", get(calendar::show))
        .route("/desk/deadlines/publication", get(deadline::publication))
        .route("/desk/search", get(desk_search::show))
        // The manual
        .route("/desk/manual", get(manual::index))
        .route("/desk/manual/{page}", get(manual::page))
        .route("/desk/manual/pictures/{name}", get(manual::picture))
}

/// The addresses of the administration, area by area.
fn administration() -> Router<Arc<App>> {
    use crate::desk::administration::staff;
    Router::new()
        // Accounts
        .route("/desk/admin/staff", get(staff::list::show))
}

/// An address of the site's earlier system leads to the record that was imported from it; anything else is not found.
async fn elsewhere(visit: Visit) -> Response {
    match record::moved(&visit).await {
        Some(response) => response,
        None => visit.error_page(ErrorKind::NotFound, String::new(), Vec::new()),
    }
}

/// The front of the server: memory first, then the router.
pub fn front(app: &Arc<App>) -> Front {
    let mut settings = FrontSettings::new(faces::security_headers());
    settings.uploads = vec![(imports::runs::HERE, LARGEST_IMPORT)];
    let classifier = app.clone();
    let classify = move |parts: &Parts| classify(&classifier, parts);
    Front::new(app.pages.cache.clone(), faces::assets(), router(app.clone()), settings, classify)
}

/// A page is kept under the site, its address and the reading mode. Only addresses whose number is bounded are kept:
/// bare paths, and the pages of a list; searches and filtered lists are made anew.
fn classify(app: &App, parts: &Parts) -> Option<CacheKey> {
    let path = parts.uri.path();
    let never = ["/search", "/reading-mode", "/healthz"];
    if never.contains(&path) || path == "/desk" || path.starts_with("/desk/") || path.contains("/files/") {
        return None;
    }
    if !parts.uri.query().is_none_or(is_page_number) {
        return None;
    }
    let host = app.faces.find(&host_name(&parts.headers))?;
    let address = parts.uri.path_and_query().map_or(path, |address| address.as_str());
    Some(CacheKey::new(host.site.id.0.as_str().into(), address, u8::from(is_senior(&parts.headers))))
}

fn is_page_number(query: &str) -> bool {
    let number = query.strip_prefix("page=").and_then(|number| number.parse::<u32>().ok());
    number.is_some_and(|number| (2..=500).contains(&number) && query.len() <= "page=500".len())
}

#[cfg(test)]
mod tests {
    use super::is_page_number;

    #[test]
    fn only_bounded_queries_are_kept_in_memory() {
        for (query, kept) in [
            ("page=2", true),
            ("page=500", true),
            ("page=1", false),
            ("page=501", false),
            ("page=0002", false),
            ("x=1", false),
            ("page=2&x=1", false),
        ] {
            assert_eq!(is_page_number(query) && !query.contains("=0"), kept, "{query}");
        }
    }
}
