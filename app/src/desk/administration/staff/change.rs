//! The forms on the page of one account, each an act of its own.

use axum::response::Response;
use kit_web::forms::{Form, FormErrors};
use rules::permission::{Act, Role};

use super::{account::page, first_password};
use crate::{
    cx::Cx,
    desk::{form::DeskForm, officer::Officer},
    error::{Error, Refusal, Result},
    id::{AccountId, OrganId},
    portal::visit::Address,
    staff::{AccountState, NewGrant, actions, actions::Contact, queries, second_factor, session},
    words,
};

/// Goes back to the account with a word of what was done; a refusal stands on its page, beside `field`.
async fn back(officer: &Officer, id: &AccountId, done: Result<()>, (field, said): (&str, &str)) -> Response {
    let answer = match done {
        Ok(()) => Ok(officer.go(&format!("/desk/admin/staff/{}", id.0), said)),
        Err(Error::Refused(refusal)) => {
            let mut errors = FormErrors::default();
            errors.add(field, words::refusal(&refusal));
            page(officer, id.clone(), errors).await
        }
        Err(error) => Err(error),
    };
    officer.answer(answer)
}

/// Does `work` to an account of this site where the officer may do `act`.
async fn change<F>(officer: &Officer, act: Act, of: &AccountId, mut work: F) -> Result<()>
where
    F: FnMut(&mut kit_db::Tx<'_>, &Cx) -> Result<()> + Send + 'static,
{
    officer.require(act, None)?;
    let of = of.clone();
    let known = move |tx: &mut kit_db::Tx<'_>, cx: &Cx| {
        queries::account(tx, &cx.site_id, &of)?.ok_or(Error::NotFound)?;
        work(tx, cx)
    };
    officer.act(known).await
}

/// `POST /desk/admin/staff/{account_id}/contact`.
pub async fn contact(Address(id): Address<String>, DeskForm { officer, form }: DeskForm) -> Response {
    let id = AccountId(id);
    let mut errors = FormErrors::default();
    let contact = Contact {
        name: form.required("name", "请填写姓名", &mut errors),
        email: form.text("email"),
        phone: form.text("phone"),
    };
    if !contact.email.is_empty() && !contact.email.contains('@') {
        errors.add("email", "电子邮箱应含有 @");
    }
    if !errors.is_empty() {
        return officer.answer(page(&officer, id, errors).await);
    }
    let (of, version) = (id.clone(), form.text("version").parse().unwrap_or_default());
    let done = change(&officer, Act::ManageAccount, &id, move |tx, cx| {
        actions::change(tx, cx, &of, &contact, version)
    })
    .await;
    back(&officer, &id, done, ("name", "已保存")).await
}

/// `POST /desk/admin/staff/{account_id}/state`: closes the account or opens it again.
pub async fn state(Address(id): Address<String>, DeskForm { officer, form }: DeskForm) -> Response {
    let (id, of) = (AccountId(id.clone()), AccountId(id));
    let closes = form.text("state") == "closed";
    let state = if closes { AccountState::Closed } else { AccountState::Active };
    let done =
        change(&officer, Act::ManageAccount, &id, move |tx, cx| actions::set_state(tx, cx, &of, state)).await;
    back(&officer, &id, done, ("name", if closes { "账号已停用" } else { "账号已重新启用" })).await
}

/// `POST /desk/admin/staff/{account_id}/password`: a new first password, shown once.
pub async fn password(Address(id): Address<String>, DeskForm { officer, .. }: DeskForm) -> Response {
    let made = reset_password(&officer, AccountId(id)).await;
    officer.answer(made)
}

async fn reset_password(officer: &Officer, id: AccountId) -> Result<Response> {
    officer.require(Act::ManageAccount, None)?;
    if id == officer.account.id {
        return Err(Refusal::Invalid("自己的口令请在“我的账号”中更改".to_owned()).into());
    }
    let (password, phc) = first_password::make(officer).await?;
    let of = id.clone();
    officer.act(move |tx, cx| actions::set_password(tx, cx, &of, &phc, true, None)).await?;
    first_password::show(officer, &id, &password).await
}

/// `POST /desk/admin/staff/{account_id}/unlock`.
pub async fn unlock(Address(id): Address<String>, DeskForm { officer, .. }: DeskForm) -> Response {
    let (id, of) = (AccountId(id.clone()), AccountId(id));
    let done = change(&officer, Act::ManageSession, &id, move |tx, cx| actions::unlock(tx, cx, &of)).await;
    back(&officer, &id, done, ("role", "已解除锁定")).await
}

/// `POST /desk/admin/staff/{account_id}/second-factor`: the holder must set it up anew.
pub async fn second_factor(Address(id): Address<String>, DeskForm { officer, .. }: DeskForm) -> Response {
    let (id, of) = (AccountId(id.clone()), AccountId(id));
    let own = id == officer.account.id;
    let done = change(&officer, Act::ManageSession, &id, move |tx, cx| {
        if own {
            return Err(
                Refusal::Invalid("不能重置自己的动态口令，请由另一位安全管理员办理".to_owned()).into()
            );
        }
        second_factor::reset(tx, cx, &of)
    })
    .await;
    back(&officer, &id, done, ("role", "动态口令已重置，本人下次登录时重新设置")).await
}

/// `POST /desk/admin/staff/{account_id}/sessions`: ends one session, or all.
pub async fn sessions(Address(id): Address<String>, DeskForm { officer, form }: DeskForm) -> Response {
    let (id, of, hash) = (AccountId(id.clone()), AccountId(id), form.text("session"));
    let done = change(&officer, Act::ManageSession, &id, move |tx, cx| {
        if hash == "all" { actions::end_sessions(tx, cx, &of) } else { session::end(tx, cx, &of, &hash) }
    })
    .await;
    back(&officer, &id, done, ("role", "已强制退出")).await
}

/// `POST /desk/admin/staff/{account_id}/grants`.
pub async fn grant(Address(id): Address<String>, DeskForm { officer, form }: DeskForm) -> Response {
    let id = AccountId(id);
    match new_grant(&id, &form) {
        Err(errors) => officer.answer(page(&officer, id, errors).await),
        Ok(new) => {
            let done =
                change(&officer, Act::GrantRole, &id, move |tx, cx| actions::grant(tx, cx, &new).map(|_| ()))
                    .await;
            back(&officer, &id, done, ("role", "岗位已授予")).await
        }
    }
}

fn new_grant(id: &AccountId, form: &Form) -> Result<NewGrant, FormErrors> {
    let mut errors = FormErrors::default();
    let role = Role::from_code(&form.required("role", "请选择岗位", &mut errors));
    let organ_id = OrganId(form.required("organ", "请选择机构", &mut errors));
    let from_on = form.required("from_on", "请填写开始日期", &mut errors);
    let basis = form.required("basis", "请填写依据，例如任职通知的文号", &mut errors);
    let to_on = form.optional("to_on");
    for (field, day) in [("from_on", Some(&from_on)), ("to_on", to_on.as_ref())] {
        if day.is_some_and(|day| day.parse::<jiff::civil::Date>().is_err()) {
            errors.add(field, "日期应为年-月-日");
        }
    }
    let acting_for = form.optional("acting_for").map(AccountId);
    if acting_for.is_some() && to_on.is_none() {
        errors.add("to_on", "代理须写明结束日期");
    }
    let Some(role) = role else {
        errors.add("role", "请选择岗位");
        return Err(errors);
    };
    errors.or(NewGrant { account_id: id.clone(), organ_id, role, from_on, to_on, acting_for, basis })
}

/// `POST /desk/admin/staff/{account_id}/grants/end`: the role ends with today.
pub async fn end_grant(Address(id): Address<String>, DeskForm { officer, form }: DeskForm) -> Response {
    let (id, of, grant) = (AccountId(id.clone()), AccountId(id), form.text("grant"));
    let own = id == officer.account.id;
    let done = change(&officer, Act::GrantRole, &id, move |tx, cx| {
        if own {
            return Err(Refusal::Invalid("不能结束自己的岗位，请由另一位安全管理员办理".to_owned()).into());
        }
        let held = queries::grant(tx, &cx.site_id, &grant)?.filter(|grant| grant.account_id == of);
        let held = held.ok_or(Error::NotFound)?;
        actions::end_grant(tx, cx, &held.id, &cx.today())
    })
    .await;
    back(&officer, &id, done, ("role", "岗位于今日结束")).await
}
