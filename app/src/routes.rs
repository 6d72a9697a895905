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
        self, account, calendar, columns, deadline, editor, home as desk_home, imports, jobs, manual,
        messages, search as desk_search,
    },
    portal::{
        catalogue, column, faces, feed, file, guides, home, institution,
        page::ErrorKind,
        reading_mode, record, search, site_map, statistics, statute, version,
        visit::{Visit, host_name, is_senior},
    },
};

/// Bytes of the largest form: a long body, percent-encoded. The front refuses anything much larger.
const BIGGEST_FORM: usize = 9 << 20;
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
        .route("/statistics", get(statistics::show))
        .route("/statistics.json", get(statistics::json))
        .route("/statistics.csv", get(statistics::csv))
        .route("/statistics.schema.json", get(statistics::schema))
        .route("/institutions", get(institution::list))
        .route("/institutions/{code}", get(institution::show))
        .route("/service-items", get(guides::list))
        .route("/service-items/{item_id}", get(guides::show))
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
        // Writing
        .route("/desk/documents", get(editor::documents::list).post(editor::new::create))
        .route("/desk/documents/new", get(editor::new::show))
        .merge(editing())
        // Home, and what is due
        .route("/desk", get(desk_home::show))
        .route("/desk/columns", get(columns::show))
        .route("/desk/calendar", get(calendar::show))
        .route("/desk/deadlines/publication", get(deadline::publication))
        .route("/desk/search", get(desk_search::show))
        // What checks found, and their words
        .route("/desk/findings", get(desk::findings::show))
        .route("/desk/words", get(desk::words::show).post(desk::words::add))
        .route("/desk/words/{id}", get(desk::words::one).post(desk::words::change))
        .route("/desk/words/{id}/remove", post(desk::words::remove))
        // The manual
        .route("/desk/manual", get(manual::index))
        .route("/desk/manual/{page}", get(manual::page))
        .route("/desk/manual/pictures/{name}", get(manual::picture))
        .merge(reviews())
        .merge(registers())
        .merge(registers_of_procedures())
        .merge(annual_reports())
}

/// The addresses of the administration, area by area.
fn administration() -> Router<Arc<App>> {
    use crate::desk::administration::{
        audit, calendar as calendar_kept, column as columns_kept, content_type, health, organ, site, staff,
    };
    Router::new()
        // Accounts
        .route("/desk/admin/staff", get(staff::list::show))
        .route("/desk/admin/staff/new", get(staff::new::show).post(staff::new::submit))
        .route(
            "/desk/admin/staff/import",
            get(staff::import::show).post(staff::import::preview).layer(DefaultBodyLimit::max(BIGGEST_FORM)),
        )
        .route("/desk/admin/staff/import/template", get(staff::import::template))
        .route("/desk/admin/staff/import/confirm", post(staff::import::confirm))
        .route("/desk/admin/staff/import/passwords", post(staff::import::passwords))
        .route("/desk/admin/staff/{account_id}", get(staff::account::show))
        .route("/desk/admin/staff/{account_id}/contact", post(staff::change::contact))
        .route("/desk/admin/staff/{account_id}/state", post(staff::change::state))
        .route("/desk/admin/staff/{account_id}/password", post(staff::change::password))
        .route("/desk/admin/staff/{account_id}/unlock", post(staff::change::unlock))
        .route("/desk/admin/staff/{account_id}/second-factor", post(staff::change::second_factor))
        .route("/desk/admin/staff/{account_id}/sessions", post(staff::change::sessions))
        .route("/desk/admin/staff/{account_id}/grants", post(staff::change::grant))
        .route("/desk/admin/staff/{account_id}/grants/end", post(staff::change::end_grant))
        // Organs
        .route("/desk/admin/organs", get(organ::list::show))
        .route("/desk/admin/organs/new", get(organ::edit::show_new).post(organ::edit::create))
        .route("/desk/admin/organs/change", get(organ::reorganise::show).post(organ::reorganise::submit))
        .route("/desk/admin/organs/{organ_id}", get(organ::edit::show).post(organ::edit::submit))
        // The site
        .route("/desk/admin/site", get(site::show).post(site::submit))
        // Columns
        .route("/desk/admin/columns", get(columns_kept::list::show))
        .route("/desk/admin/columns/new", get(columns_kept::edit::show_new).post(columns_kept::edit::create))
        .route(
            "/desk/admin/columns/{column_id}",
            get(columns_kept::edit::show).post(columns_kept::edit::submit),
        )
        .route(
            "/desk/admin/columns/{column_id}/close",
            get(columns_kept::close::show).post(columns_kept::close::submit),
        )
        // To be read: content types, health
        .route("/desk/admin/content-types", get(content_type::list))
        .route("/desk/admin/content-types/{code}", get(content_type::show))
        .route("/desk/admin/calendar", get(calendar_kept::show))
        .route(
            "/desk/admin/calendar/notices/new",
            get(calendar_kept::notice::show_new).post(calendar_kept::notice::create),
        )
        .route(
            "/desk/admin/calendar/notices/{notice_id}",
            get(calendar_kept::notice::show).post(calendar_kept::notice::change),
        )
        .route("/desk/admin/calendar/notices/{notice_id}/end", post(calendar_kept::notice::end))
        .route("/desk/admin/health", get(health::show))
        // The audit log
        .route("/desk/admin/audit", get(audit::list::show))
        .route("/desk/admin/audit/verify", post(audit::verify::submit))
}

/// The addresses of one edition being written. Its body may be long, and longer still as a form.
fn editing() -> Router<Arc<App>> {
    Router::new()
        .route("/desk/editions/{id}", post(editor::saving::submit))
        .route("/desk/editions/{id}/edit", get(editor::edit::show))
        .route("/desk/editions/{id}/autosave", post(editor::saving::autosave))
        .route("/desk/editions/{id}/check", post(editor::checking::check))
        .route("/desk/editions/{id}/justify", post(editor::checking::justify))
        .route("/desk/editions/{id}/state", get(editor::saving::state))
        .route("/desk/editions/{id}/preview", get(editor::preview::show))
        .route("/desk/editions/{id}/delete", get(editor::discard::show).post(editor::discard::delete))
        .route("/desk/editions/{id}/history", get(editor::history::list).post(editor::history::restore))
        .route("/desk/editions/{id}/history/{version}", get(editor::history::show))
        .route(
            "/desk/editions/{id}/attachments",
            get(editor::attachments::show).post(editor::attachments::change),
        )
        .route("/desk/editions/{id}/attachments/change", post(editor::attachments::press))
        .route("/desk/editions/{id}/attachments/file", post(editor::attachments::take))
        .route("/desk/editions/{id}/files/{name}", get(editor::attachments::download))
        .route("/desk/editions/{id}/uploads", post(editor::uploads::begin))
        .route("/desk/uploads/{id}", get(editor::uploads::state).put(editor::uploads::part))
        .route("/desk/uploads/{id}/read", post(editor::reading::read))
        .layer(DefaultBodyLimit::max(BIGGEST_FORM))
}

/// The way to the public, and what is asked about a record afterwards.
fn reviews() -> Router<Arc<App>> {
    use desk::{record, review};
    Router::new()
        // Reviews
        .route("/desk/reviews", get(review::list::show))
        .route("/desk/reviews/bulk", post(review::bulk::decide))
        .route("/desk/reviews/settings", get(review::setting::show).post(review::setting::submit))
        .route("/desk/reviews/{case_id}", get(review::case_page::show))
        .route("/desk/reviews/{case_id}/files/{hash}/{name}", get(review::case_page::file))
        .route("/desk/reviews/{case_id}/approve", post(review::decisions::approve))
        .route("/desk/reviews/{case_id}/return", post(review::decisions::return_to))
        .route("/desk/reviews/{case_id}/secrecy", post(review::decisions::secrecy))
        .route("/desk/reviews/{case_id}/recall", post(review::decisions::recall))
        .route("/desk/reviews/{case_id}/publish", post(review::decisions::publish))
        .route("/desk/reviews/{case_id}/schedule", post(review::decisions::schedule))
        .route("/desk/reviews/{case_id}/unschedule", post(review::decisions::unschedule))
        .route(
            "/desk/reviews/{case_id}/emergency",
            get(review::emergency::show).post(review::emergency::publish),
        )
        .route("/desk/reviews/{case_id}/afterwards", post(review::decisions::review_afterwards))
        .route("/desk/reviews/{case_id}/links", post(review::links::issue))
        .route("/desk/reviews/{case_id}/links/withdraw", post(review::links::withdraw))
        .route("/desk/editions/{edition_id}/submit", post(review::decisions::submit))
        // One-time links
        .route("/approve/{token}", get(review::open_link::show).post(review::open_link::decide))
        .route("/approve/{token}/files/{hash}/{name}", get(review::open_link::file))
        // One record
        .route("/desk/documents/{document_id}", get(record::overview::show))
        .route("/desk/documents/{document_id}/compare", get(record::compare::show))
        .route(
            "/desk/documents/{document_id}/correct",
            get(record::change::correct).post(record::change::open_correction),
        )
        .route(
            "/desk/documents/{document_id}/withdraw",
            get(record::change::withdraw).post(record::change::ask_withdrawal),
        )
        .route(
            "/desk/documents/{document_id}/repeal",
            get(record::change::repeal).post(record::change::ask_repeal),
        )
        .route("/desk/requests/{request_id}", post(record::request::decide))
}

/// The annual reports: written, answered by units, signed, corrected.
fn annual_reports() -> Router<Arc<App>> {
    use desk::annual_report::{list, pictures, records, report, steps, units};
    Router::new()
        .route("/desk/annual-reports", get(list::show).post(list::create))
        .route("/desk/annual-reports/{id}", get(report::show))
        .route("/desk/annual-reports/{id}/forms/{form}", get(report::download))
        .route("/desk/annual-reports/{id}/figures/{code}", get(records::show))
        .route("/desk/annual-reports/{id}/sections/{code}", post(steps::write))
        .route(
            "/desk/annual-reports/{id}/sections/{code}/pictures",
            post(pictures::add).layer(DefaultBodyLimit::max(pictures::LARGEST_FORM)),
        )
        .route("/desk/annual-reports/{id}/pictures/{picture}", post(pictures::change))
        .route("/desk/annual-reports/{id}/files/{sha256}", get(pictures::show))
        .route("/desk/annual-reports/{id}/declare", post(steps::declare))
        .route("/desk/annual-reports/{id}/units", get(units::show).post(units::ask))
        .route("/desk/annual-reports/{id}/units/{organ_id}", get(units::one).post(units::submit))
        .route("/desk/annual-reports/{id}/submit", post(steps::submit))
        .route("/desk/annual-reports/{id}/take-back", post(steps::take_back))
        .route("/desk/annual-reports/{id}/sign", post(steps::sign))
        .route("/desk/annual-reports/{id}/publish", post(steps::publish))
        .route("/desk/annual-reports/{id}/correct", post(steps::correct))
}

/// The registers that the annual report counts, one after the other, and the import that they share.
fn registers() -> Router<Arc<App>> {
    use desk::registers::{imports, notice_places, service_cases, service_items, wechat_articles};
    Router::new()
        .route(
            "/desk/registers/imports/{register}",
            get(imports::show).post(imports::send).layer(DefaultBodyLimit::max(imports::LARGEST)),
        )
        .route("/desk/registers/imports/{register}/template", get(imports::template))
        .route("/desk/registers/imports/{register}/{upload_id}", get(imports::preview).post(imports::take))
        .route("/desk/registers/imports/{register}/{upload_id}/bad-rows", get(imports::bad_rows))
        // Service items and their cases
        .route("/desk/registers/service-items", get(service_items::show))
        .route(
            "/desk/registers/service-items/new",
            get(service_items::form::show_new).post(service_items::form::create),
        )
        .route(
            "/desk/registers/service-items/{item_id}",
            get(service_items::form::show).post(service_items::form::submit),
        )
        .route("/desk/registers/service-items/{item_id}/end", post(service_items::form::end))
        .route("/desk/registers/service-cases", get(service_cases::show))
        .route(
            "/desk/registers/service-cases/new",
            get(service_cases::form::show_new).post(service_cases::form::create),
        )
        .route(
            "/desk/registers/service-cases/{case_id}",
            get(service_cases::form::show).post(service_cases::form::submit),
        )
        .route("/desk/registers/service-cases/{case_id}/close", post(service_cases::form::close))
        .route("/desk/registers/service-cases/{case_id}/remove", post(service_cases::form::remove))
        // WeChat articles, boards and screens
        .route("/desk/registers/wechat-articles", get(wechat_articles::show))
        .route(
            "/desk/registers/wechat-articles/new",
            get(wechat_articles::form::show_new).post(wechat_articles::form::create),
        )
        .route(
            "/desk/registers/wechat-articles/{article_id}",
            get(wechat_articles::form::show).post(wechat_articles::form::submit),
        )
        .route("/desk/registers/wechat-articles/{article_id}/withdraw", post(wechat_articles::form::withdraw))
        .route("/desk/registers/notice-places", get(notice_places::show))
        .route(
            "/desk/registers/notice-places/new",
            get(notice_places::form::show_new).post(notice_places::form::create),
        )
        .route(
            "/desk/registers/notice-places/{place_id}",
            get(notice_places::form::show).post(notice_places::form::submit),
        )
        .route("/desk/registers/notice-places/{place_id}/end", post(notice_places::form::end))
}

/// The registers of requests, remedies, proposals, trainings and money.
fn registers_of_procedures() -> Router<Arc<App>> {
    use desk::registers::{disclosure_requests as requests, finances, proposals, remedies, trainings};
    Router::new()
        .route("/desk/registers/disclosure-requests", get(requests::show))
        .route(
            "/desk/registers/disclosure-requests/new",
            get(requests::form::show_new).post(requests::form::create),
        )
        .route(
            "/desk/registers/disclosure-requests/{request_id}",
            get(requests::form::show).post(requests::form::submit),
        )
        .route("/desk/registers/disclosure-requests/{request_id}/close", post(requests::form::close))
        .route("/desk/registers/disclosure-requests/{request_id}/remove", post(requests::form::remove))
        .route("/desk/registers/remedies", get(remedies::show))
        .route("/desk/registers/remedies/new", get(remedies::form::show_new).post(remedies::form::create))
        .route("/desk/registers/remedies/{remedy_id}", get(remedies::form::show).post(remedies::form::submit))
        .route("/desk/registers/remedies/{remedy_id}/close", post(remedies::form::close))
        .route("/desk/registers/remedies/{remedy_id}/remove", post(remedies::form::remove))
        .route("/desk/registers/proposals", get(proposals::show))
        .route("/desk/registers/proposals/new", get(proposals::form::show_new).post(proposals::form::create))
        .route("/desk/registers/proposals/{proposal_id}", get(proposals::course::show))
        .route(
            "/desk/registers/proposals/{proposal_id}/entry",
            get(proposals::form::show).post(proposals::form::submit),
        )
        .route(
            "/desk/registers/proposals/{proposal_id}/assign",
            get(proposals::assign::show).post(proposals::assign::submit),
        )
        .route("/desk/registers/proposals/{proposal_id}/reply", post(proposals::course::reply))
        .route("/desk/registers/proposals/{proposal_id}/rate", post(proposals::course::rate))
        .route("/desk/registers/proposals/{proposal_id}/remove", post(proposals::form::remove))
        .route("/desk/registers/trainings", get(trainings::show))
        .route("/desk/registers/trainings/new", get(trainings::form::show_new).post(trainings::form::create))
        .route("/desk/registers/trainings/{training_id}", get(trainings::one::show))
        .route(
            "/desk/registers/trainings/{training_id}/entry",
            get(trainings::form::show).post(trainings::form::submit),
        )
        .route("/desk/registers/trainings/{training_id}/remove", post(trainings::form::remove))
        .route("/desk/registers/trainings/{training_id}/participants", post(trainings::one::add))
        .route(
            "/desk/registers/trainings/{training_id}/participants/{participant_id}/remove",
            post(trainings::one::remove),
        )
        .route("/desk/registers/training-participants", get(trainings::participants::show))
        .route("/desk/registers/finances", get(finances::show))
        .route("/desk/registers/finances/new", get(finances::form::show_new).post(finances::form::create))
        .route("/desk/registers/finances/{entry_id}", get(finances::form::show).post(finances::form::submit))
        .route("/desk/registers/finances/{entry_id}/remove", post(finances::form::remove))
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
    if never.contains(&path)
        || path == "/desk"
        || path.starts_with("/desk/")
        || path.starts_with("/approve/")
        || path.contains("/files/")
    {
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
