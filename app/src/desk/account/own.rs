//! The own account at a glance: roles with their periods, what was delegated, sessions that can be ended.

use askama::Template;
use axum::response::Response;
use kit_web::forms::FormErrors;

use crate::{
    cx::{date_of, minute_of},
    desk::{form::DeskForm, officer::Officer, page::Layout},
    error::{Error, Refusal, Result},
    id::AccountId,
    organ,
    staff::{Account, Grant, actions, queries, session},
    words,
};

#[derive(Template)]
#[template(path = "desk/account/own.html")]
struct OwnPage {
    layout: Layout,
    login: String,
    name: String,
    password_set_on: String,
    has_second_factor: bool,
    roles: Vec<HeldRole>,
    may_delegate: bool,
    sessions: Vec<OpenSession>,
    colleagues: Vec<(String, String)>,
    today: String,
    errors: FormErrors,
}

/// A role as the page shows it.
struct HeldRole {
    grant_id: String,
    role: &'static str,
    organ: String,
    period: String,
    acting_for: Option<String>,
    may_be_delegated: bool,
}

/// A session as the page shows it.
struct OpenSession {
    hash: String,
    is_this: bool,
    opened: String,
    seen: String,
    address: String,
    agent: String,
}

/// `/desk/account`.
pub async fn show(officer: Officer) -> Response {
    let made = page(&officer, FormErrors::default()).await;
    officer.answer(made.and_then(|page| officer.page(&page)))
}

async fn page(officer: &Officer, errors: FormErrors) -> Result<OwnPage> {
    let (id, today) = (officer.account.id.clone(), officer.cx().today());
    let (accounts, organs, grants, sessions) = officer
        .read(move |tx, cx| {
            Ok((
                queries::all(tx, &cx.site_id)?,
                organ::queries::all(tx, &cx.site_id)?,
                queries::grants_from(tx, &cx.site_id, &id, &cx.today())?,
                queries::sessions(tx, &cx.site_id, &id)?,
            ))
        })
        .await?;
    let own = &officer.account;
    let name_of = |id: &AccountId| accounts.iter().find(|account| account.id == *id).map(|a| a.name.clone());
    let organ_of = |grant: &Grant| {
        organs.iter().find(|organ| organ.id == grant.organ_id).map(|organ| organ.name.clone())
    };
    let role = |grant: &Grant| HeldRole {
        grant_id: grant.id.clone(),
        role: words::role(grant.role),
        organ: organ_of(grant).unwrap_or_default(),
        period: words::period(&grant.from_on, grant.to_on.as_deref()),
        acting_for: grant.acting_for.as_ref().and_then(name_of),
        may_be_delegated: grant.acting_for.is_none() && !grant.role.is_administrator(),
    };
    let roles: Vec<HeldRole> = grants.iter().map(role).collect();
    let others = accounts.iter().filter(|account| account.id != own.id && is_active(account));
    Ok(OwnPage {
        layout: officer.layout("我的账号").under(&[("首页", "/desk")]),
        login: own.login.clone(),
        name: own.name.clone(),
        password_set_on: words::date(&date_of(own.password_set_at)),
        has_second_factor: own.has_second_factor,
        may_delegate: roles.iter().any(|role| role.may_be_delegated),
        roles,
        sessions: sessions.iter().map(|session| open_session(officer, session)).collect(),
        colleagues: others.map(|account| (account.id.0.clone(), account.name.clone())).collect(),
        today,
        errors,
    })
}

fn is_active(account: &Account) -> bool {
    account.state == crate::staff::AccountState::Active
}

fn open_session(officer: &Officer, session: &session::Session) -> OpenSession {
    OpenSession {
        hash: session.hash.clone(),
        is_this: session.hash == officer.session.hash,
        opened: minute_of(session.created_at),
        seen: minute_of(session.seen_at),
        address: session.address.clone(),
        agent: session.agent.clone(),
    }
}

/// `POST /desk/account/sessions`: ends one session, or all others.
pub async fn end_session(DeskForm { officer, form }: DeskForm) -> Response {
    let (id, hash, this) = (officer.account.id.clone(), form.text("session"), officer.session.hash.clone());
    let ended = officer
        .act(move |tx, cx| {
            if hash == "others" {
                session::end_others(tx, cx, &id, Some(&this))
            } else {
                session::end(tx, cx, &id, &hash)
            }
        })
        .await;
    officer.answer(ended.map(|()| officer.go("/desk/account", "已退出所选的登录")))
}

/// `POST /desk/account/delegations`: lets a colleague act for a time.
pub async fn delegate(DeskForm { officer, form }: DeskForm) -> Response {
    let mut errors = FormErrors::default();
    let to = AccountId(form.required("to", "请选择受托人", &mut errors));
    let from_on = form.required("from_on", "请填写开始日期", &mut errors);
    let to_on = form.required("to_on", "请填写结束日期", &mut errors);
    for (field, day) in [("from_on", &from_on), ("to_on", &to_on)] {
        if day.parse::<jiff::civil::Date>().is_err() {
            errors.add(field, "日期应为年-月-日");
        }
    }
    let (own, grant_id, basis) = (officer.account.id.clone(), form.text("grant"), form.text("basis"));
    let made = if errors.is_empty() {
        officer
            .act(move |tx, cx| {
                let grant =
                    queries::grant(tx, &cx.site_id, &grant_id)?.filter(|grant| grant.account_id == own);
                let grant = grant.ok_or(Error::NotFound)?;
                actions::delegate(tx, cx, &grant, &to, (&from_on, &to_on), &basis)
            })
            .await
            .map(|_| ())
    } else {
        Err(Refusal::Invalid(String::new()).into())
    };
    let answer = match made {
        Ok(()) => Ok(officer.go("/desk/account", "已委托；期满自动收回")),
        Err(Error::Refused(refusal)) => {
            if errors.is_empty() {
                errors.add("to", words::refusal(&refusal));
            }
            page(&officer, errors).await.and_then(|page| officer.page_with_mistakes(&page))
        }
        Err(error) => Err(error),
    };
    officer.answer(answer)
}
