//! Staff of the demonstration (演示人员): accounts of every role in both sites, with one password and second factors whose
//! secrets stand in the data, so that whoever tries the product can sign in as anybody. They are only ever put on a site
//! that is marked as a demonstration.

use std::sync::Arc;

use anyhow::{Context, anyhow, bail};
use kit_db::Tx;
use rules::permission::Role;
use serde::Deserialize;

use super::load;
use crate::{
    app::App,
    cx::Cx,
    error::{Error, Result},
    id::{AccountId, OrganId},
    organ,
    site::Site,
    staff::{self, Account, NewAccount, NewGrant, second_factor},
};

/// The password of every account of the demonstration.
pub const PASSWORD: &str = "Yanshi-2026";
/// The basis of every role of the demonstration.
const BASIS: &str = "演示数据";

/// The staff of a site as its file gives it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Staff {
    /// First day of every role.
    from_on: String,
    /// The accounts.
    #[serde(rename = "account")]
    pub people: Vec<Person>,
    /// Who acts for whom.
    #[serde(default)]
    acting: Vec<Acting>,
}

/// An account with its role.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// What is typed to sign in.
    pub login: String,
    /// Name; it says 演示.
    pub name: String,
    /// Code of the organ.
    pub organ: String,
    /// Code of the role.
    role: String,
    /// Secret of the second factor, forty hexadecimal digits.
    #[serde(default)]
    second_factor: Option<String>,
}

/// That somebody holds a colleague's role for a time.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Acting {
    login: String,
    acting_for: String,
    to_on: String,
}

impl Person {
    /// The role.
    ///
    /// # Errors
    /// When the data name a role that does not exist.
    pub fn role(&self) -> anyhow::Result<Role> {
        Role::from_code(&self.role).ok_or_else(|| anyhow!("没有岗位 {}", self.role))
    }

    /// The secret of the second factor as a telephone takes it.
    ///
    /// # Errors
    /// When the secret of the data is none.
    pub fn typed_secret(&self) -> Result<Option<String>> {
        let enrolment = |secret: &String| second_factor::enrolment(secret, &self.login, BASIS);
        Ok(self.second_factor.as_ref().map(enrolment).transpose()?.map(|enrolment| enrolment.secret))
    }
}

/// The staff of a site from `demo/staff`.
///
/// # Errors
/// When the file is missing or broken.
pub fn read(name: &str) -> anyhow::Result<Staff> {
    let path = format!("staff/{name}.toml");
    toml::from_str(&load::text(&path)?).with_context(|| format!("demo/{path}"))
}

/// Opens the accounts that a demonstration site lacks; gives their number.
///
/// # Errors
/// When the file is broken, or names an organ that the site does not have.
pub async fn load(app: &Arc<App>, name: &str) -> anyhow::Result<usize> {
    let Some(site) = demonstration(app, name).await? else { return Ok(0) };
    let staff = read(name)?;
    let (site_id, domain) = (site.id.clone(), site.profile.domain);
    let there = app.db.read(move |tx| staff::queries::all(tx, &site_id)).await?;
    let is_missing = |person: &Person| there.iter().all(|account| account.login != person.login);
    if !staff.people.iter().any(is_missing) {
        return Ok(0);
    }
    // Hashing is slow on purpose: once for all of them.
    let phc = staff::password::hash(app, PASSWORD).await?;
    let first = First { phc, domain, from_on: staff.from_on.clone() };
    Ok(app.act(app.cx(&site.id, "demo"), move |tx, cx| add(tx, cx, &staff, &first)).await?)
}

/// Opens `load-001`, `load-002` … as officers of the government office who also review, for measurements with many people.
///
/// # Errors
/// As [`load`].
pub async fn load_officers(app: &Arc<App>, name: &str, n: usize) -> anyhow::Result<()> {
    let Some(site) = demonstration(app, name).await?.filter(|_| n > 0) else { return Ok(()) };
    let phc = staff::password::hash(app, PASSWORD).await?;
    let first = First { phc, domain: site.profile.domain, from_on: read(name)?.from_on };
    let add = move |tx: &mut Tx<'_>, cx: &Cx| -> Result<()> {
        for number in 1..=n {
            let login = format!("load-{number:03}");
            if staff::queries::by_login(tx, &cx.site_id, &login)?.is_none() {
                officer(tx, cx, login, &first)?;
            }
        }
        Ok(())
    };
    Ok(app.act(app.cx(&site.id, "demo"), add).await?)
}

fn officer(tx: &mut Tx<'_>, cx: &Cx, login: String, first: &First) -> Result<()> {
    let person = Person {
        name: format!("演示人员 {login}"),
        login,
        organ: "government-office".to_owned(),
        role: Role::InformationOfficer.code().to_owned(),
        second_factor: None,
    };
    let account_id = open(tx, cx, &person, first)?;
    grant(tx, cx, (&account_id, &person.organ, Role::Reviewer), &first.from_on)
}

/// What all accounts of a site have in common.
struct First {
    phc: String,
    domain: String,
    from_on: String,
}

/// The site of a folder of `demo/`, where it is marked as a demonstration.
///
/// # Errors
/// Refused when there is no such site.
pub async fn demonstration(app: &App, name: &str) -> anyhow::Result<Option<Site>> {
    let site = app.site(&load::code_of(name)?).await?;
    Ok(site.profile.demonstration.then_some(site))
}

fn add(tx: &mut Tx<'_>, cx: &Cx, staff: &Staff, first: &First) -> Result<usize> {
    let mut n_added = 0;
    for person in &staff.people {
        if staff::queries::by_login(tx, &cx.site_id, &person.login)?.is_none() {
            open(tx, cx, person, first)?;
            n_added += 1;
        }
    }
    if n_added == staff.people.len() {
        for acting in &staff.acting {
            act_for(tx, cx, acting)?;
        }
    }
    Ok(n_added)
}

fn open(tx: &mut Tx<'_>, cx: &Cx, person: &Person, first: &First) -> Result<AccountId> {
    let new = NewAccount {
        login: person.login.clone(),
        name: person.name.clone(),
        email: format!("{}@{}", person.login, first.domain),
        phone: String::new(),
        password_hash: first.phc.clone(),
        must_change_password: false,
    };
    let account_id = staff::actions::create(tx, cx, &new)?;
    grant(tx, cx, (&account_id, &person.organ, person.role()?), &first.from_on)?;
    if let Some(secret) = &person.second_factor {
        second_factor::install(tx, cx, &account_id, secret)?;
    }
    Ok(account_id)
}

fn grant(
    tx: &mut Tx<'_>,
    cx: &Cx,
    (account_id, organ_code, role): (&AccountId, &str, Role),
    from_on: &str,
) -> Result<()> {
    let new = NewGrant {
        account_id: account_id.clone(),
        organ_id: organ(tx, cx, organ_code)?,
        role,
        from_on: from_on.to_owned(),
        to_on: None,
        acting_for: None,
        basis: BASIS.to_owned(),
    };
    staff::actions::grant(tx, cx, &new).map(drop)
}

fn act_for(tx: &mut Tx<'_>, cx: &Cx, acting: &Acting) -> Result<()> {
    let (to, absent) = (account(tx, cx, &acting.login)?, account(tx, cx, &acting.acting_for)?);
    let grants = staff::queries::grants_on(tx, &cx.site_id, &absent.id, &cx.today())?;
    for own in grants {
        let period = (own.from_on.clone(), acting.to_on.as_str());
        staff::actions::delegate(tx, cx, &own, &to.id, (&period.0, period.1), BASIS)?;
    }
    Ok(())
}

fn organ(tx: &mut Tx<'_>, cx: &Cx, code: &str) -> Result<OrganId> {
    let organ = organ::queries::by_code(tx, &cx.site_id, code)?;
    Ok(organ.ok_or_else(|| anyhow!("没有机构 {code}"))?.id)
}

/// The account of a login of the demonstration.
///
/// # Errors
/// When there is none.
pub fn account(tx: &mut Tx<'_>, cx: &Cx, login: &str) -> Result<Account> {
    let account = staff::queries::by_login(tx, &cx.site_id, login)?;
    account.ok_or_else(|| Error::Unexpected(anyhow!("没有演示账号 {login}")))
}

/// The code that the telephone of a demonstration account would show now. It comes from the data, never from a sealed
/// secret of the database: no other account has one here.
///
/// # Errors
/// When the site is no demonstration, or the login has no second factor in the data.
pub async fn code(app: &App, site: &str, login: &str) -> anyhow::Result<String> {
    let name = load::SITES.into_iter().find(|name| load::code_of(name).is_ok_and(|code| code == site));
    let name = name.ok_or_else(|| anyhow!("没有演示站点 {site}"))?;
    if demonstration(app, name).await?.is_none() {
        bail!("站点 {site} 不是演示站点，不能显示动态口令");
    }
    let staff = read(name)?;
    let person = staff.people.iter().find(|person| person.login == login);
    let person = person.ok_or_else(|| anyhow!("没有演示账号 {login}"))?;
    let secret = person.second_factor.as_ref().ok_or_else(|| anyhow!("账号 {login} 不使用动态口令"))?;
    Ok(second_factor::code(secret, app.clock.now())?)
}
