//! One account: what it is, its roles with their periods, its sessions. Who keeps accounts sees the contact and may close
//! it; who keeps roles gives and ends them; who keeps sessions ends those and unlocks.

use askama::Template;
use axum::response::Response;
use kit_web::forms::FormErrors;
use rules::permission::Act;

use super::{require_any, role_options};
use crate::{
    cx::{date_of, minute_of},
    desk::{officer::Officer, page::Layout},
    error::{Error, Result},
    id::AccountId,
    organ,
    portal::visit::Address,
    staff::{Account, AccountState, Grant, actions, actions::Contact, queries, session::Session},
    words,
};

#[derive(Template)]
#[template(path = "desk/administration/staff/account.html")]
struct AccountPage {
    layout: Layout,
    path: String,
    account: Account,
    contact: Option<Contact>,
    state: &'static str,
    locked_until: Option<String>,
    password_set_on: String,
    roles: Vec<GrantRow>,
    sessions: Vec<SessionRow>,
    may: Powers,
    is_own: bool,
    role_options: Vec<(String, String)>,
    organ_options: Vec<(String, String)>,
    account_options: Vec<(String, String)>,
    today: String,
    errors: FormErrors,
}

/// What the reader may do to accounts.
struct Powers {
    account: bool,
    role: bool,
    session: bool,
}

/// A role as the page shows it.
struct GrantRow {
    id: String,
    role: &'static str,
    organ: String,
    period: String,
    acting_for: Option<String>,
    basis: String,
    has_ended: bool,
}

/// A session as the page shows it.
struct SessionRow {
    hash: String,
    opened: String,
    seen: String,
    address: String,
    agent: String,
}

/// `/desk/admin/staff/{account_id}`.
pub async fn show(officer: Officer, Address(id): Address<String>) -> Response {
    let made = page(&officer, AccountId(id), FormErrors::default()).await;
    officer.answer(made)
}

/// The page again with what is wrong in one of its forms.
pub(super) async fn page(officer: &Officer, id: AccountId, errors: FormErrors) -> Result<Response> {
    require_any(officer)?;
    let may = Powers {
        account: officer.may(Act::ManageAccount, None),
        role: officer.may(Act::GrantRole, None),
        session: officer.may(Act::ManageSession, None),
    };
    let read = read(officer, &id, may.account).await?;
    let page = account_page(officer, may, read, errors);
    if page.errors.is_empty() { officer.page(&page) } else { officer.page_with_mistakes(&page) }
}

struct Found {
    account: Account,
    contact: Option<Contact>,
    grants: Vec<Grant>,
    sessions: Vec<Session>,
    organs: Vec<organ::Organ>,
    accounts: Vec<Account>,
}

async fn read(officer: &Officer, id: &AccountId, with_contact: bool) -> Result<Found> {
    let id = id.clone();
    officer
        .read(move |tx, cx| {
            Ok(Found {
                account: queries::account(tx, &cx.site_id, &id)?.ok_or(Error::NotFound)?,
                contact: if with_contact { Some(actions::contact(tx, cx, &id)?) } else { None },
                grants: queries::grants_from(tx, &cx.site_id, &id, "")?,
                sessions: queries::sessions(tx, &cx.site_id, &id)?,
                organs: organ::queries::all(tx, &cx.site_id)?,
                accounts: queries::all(tx, &cx.site_id)?,
            })
        })
        .await
}

fn account_page(officer: &Officer, may: Powers, found: Found, errors: FormErrors) -> AccountPage {
    let (now, today) = (officer.cx().at, officer.cx().today());
    let Found { account, contact, grants, sessions, organs, accounts } = found;
    let roles = grants.iter().map(|grant| grant_row(grant, &organs, &accounts, &today)).collect();
    let others = accounts.iter().filter(|other| other.id != account.id);
    let locked_until = account.locked_until.filter(|until| *until > now).map(minute_of);
    AccountPage {
        layout: officer
            .layout(account.name.clone())
            .under(&[("首页", "/desk"), ("人员", "/desk/admin/staff")]),
        path: format!("/desk/admin/staff/{}", account.id.0),
        contact,
        state: if account.state == AccountState::Active { "启用" } else { "停用" },
        locked_until,
        password_set_on: words::date(&date_of(account.password_set_at)),
        roles,
        sessions: sessions.iter().map(session_row).collect(),
        may,
        is_own: account.id == officer.account.id,
        role_options: role_options(),
        organ_options: organs.iter().map(|organ| (organ.id.0.clone(), organ.name.clone())).collect(),
        account_options: others.map(|other| (other.id.0.clone(), other.name.clone())).collect(),
        account,
        today,
        errors,
    }
}

fn grant_row(grant: &Grant, organs: &[organ::Organ], accounts: &[Account], today: &str) -> GrantRow {
    let organ = organs.iter().find(|organ| organ.id == grant.organ_id);
    let principal =
        grant.acting_for.as_ref().and_then(|id| accounts.iter().find(|account| account.id == *id));
    GrantRow {
        id: grant.id.clone(),
        role: words::role(grant.role),
        organ: organ.map(|organ| organ.name.clone()).unwrap_or_default(),
        period: words::period(&grant.from_on, grant.to_on.as_deref()),
        acting_for: principal.map(|account| account.name.clone()),
        basis: grant.basis.clone(),
        has_ended: grant.to_on.as_deref().is_some_and(|day| day < today),
    }
}

fn session_row(session: &Session) -> SessionRow {
    SessionRow {
        hash: session.hash.clone(),
        opened: minute_of(session.created_at),
        seen: minute_of(session.seen_at),
        address: session.address.clone(),
        agent: session.agent.clone(),
    }
}
