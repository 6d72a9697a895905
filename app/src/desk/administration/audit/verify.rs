//! The check of the chain, at the press of a button; the check is itself an act in the log.

use axum::response::Response;
use rules::permission::Act;

use crate::{
    audit::{self, Verdict},
    desk::{form::DeskForm, officer::Officer},
    error::{Refusal, Result},
};

/// `POST /desk/admin/audit/verify`.
pub async fn submit(DeskForm { officer, .. }: DeskForm) -> Response {
    let made = verify(&officer).await;
    officer.answer(made)
}

async fn verify(officer: &Officer) -> Result<Response> {
    officer.require(Act::ReadAudit, None)?;
    let verdict = officer.read(|tx, cx| audit::actions::verify(tx, &cx.site_id)).await?;
    let said = match &verdict {
        Verdict::Intact { entries, head } => {
            format!("记录完整：共 {entries} 条，首尾相接，末条摘要 {}", head.get(..16).unwrap_or(head))
        }
        Verdict::Broken { position, reason } => format!("第 {position} 条有问题：{reason}"),
    };
    let detail = said.clone();
    officer
        .act(move |tx, cx| {
            let act =
                audit::Act { action: "audit.verify", object_kind: "audit", object_id: "", detail: &detail };
            audit::actions::record(tx, cx, act)
        })
        .await?;
    match verdict {
        Verdict::Intact { .. } => Ok(officer.go("/desk/admin/audit", &said)),
        Verdict::Broken { .. } => {
            Err(Refusal::Invalid(format!("{said}。请立即保全数据库并报告分管负责人")).into())
        }
    }
}
