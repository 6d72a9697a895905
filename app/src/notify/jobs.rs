//! Sending a letter: gather, hand over, remember. A process that dies in between sends the same letter again under the
//! same identity; what came after it was gathered goes into the next.

use std::sync::Arc;

use kit_mail::{Letter, MailError};

use super::{Posted, actions, actions::LetterTo, letter, queries};
use crate::{
    app::{App, task_failed},
    error::{Error, Refusal, Result},
    id::AccountId,
    job::JobRun,
    site, staff,
};

/// Sends what waits for an account in one letter; nothing where all was read meanwhile or the address is gone.
pub async fn send_letter(app: &Arc<App>, run: &JobRun) -> Result<()> {
    let to = AccountId(run.payload::<LetterTo>()?.account);
    let (account, id, from) = (to.clone(), run.id(), app.config.mail_from.clone());
    let port = app.port();
    let composed = app
        .act(run.cx(app), move |tx, cx| {
            let messages = actions::gather(tx, cx, &account, &id)?;
            let email = staff::actions::contact(tx, cx, &account)?.email;
            let site = site::queries::by_id(tx, &cx.site_id)?.ok_or(Error::NotFound)?;
            compose(&site, &messages, (&from, &email), &id.0, port)
                .map(|letter| letter.map(|letter| Letter { at: cx.at, ..letter }))
        })
        .await?;
    if let Some(composed) = composed {
        let mail = app.mail.clone();
        let sent = tokio::task::spawn_blocking(move || mail.send(&composed)).await;
        sent.map_err(|error| task_failed(&error))?.map_err(not_sent)?;
    }
    let id = run.id();
    run.finish(app, move |tx, cx| Ok(queries::set_mailed(tx, cx, &to, &id)?)).await
}

fn compose(
    site: &site::Site,
    messages: &[Posted],
    (from, to): (&str, &str),
    id: &str,
    port: u16,
) -> Result<Option<Letter>> {
    if messages.is_empty() || to.is_empty() {
        return Ok(None);
    }
    let default_from = format!("desk@{}", site.profile.domain);
    let address = |text: &str| text.parse().map_err(|_| wrong_address(text));
    let from = address(if from.is_empty() { &default_from } else { from })?;
    letter::compose(
        site,
        messages,
        port,
        Letter {
            from_name: site.profile.name.clone(),
            from,
            to: address(to)?,
            subject: String::new(),
            text: String::new(),
            html: String::new(),
            id: id.to_owned(),
            at: 0,
        },
    )
    .map(Some)
}

fn wrong_address(text: &str) -> Error {
    // The address itself is somebody's personal data and stays out of the error that administrators read.
    let domain = text.rsplit('@').next().unwrap_or_default();
    Refusal::Invalid(format!("邮件地址（{domain}）无法使用，请更正后重新执行")).into()
}

fn not_sent(error: MailError) -> Error {
    if error.is_passing() {
        Error::Unexpected(error.into())
    } else {
        Refusal::Invalid(format!("邮件服务器拒绝了这封邮件：{error}")).into()
    }
}
