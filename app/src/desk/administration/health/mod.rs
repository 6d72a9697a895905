//! Health of the system (运行状况): a few figures, each with a plain judgement and what to do. It measures when it is
//! asked and keeps nothing.

mod backup;
mod queries;

use std::path::Path;

use askama::Template;
use axum::response::Response;
use rules::permission::Act;

use crate::{
    app::{App, embedded_database, task_failed},
    change_feed,
    desk::{officer::Officer, page::Layout},
    error::Result,
    id::SiteId,
};

/// Below this much free space something must be done: a day of uploads and a copy of the index.
const LEAST_FREE: u64 = 5 << 30;
/// Changes that the index may lag behind without anybody noticing.
const MOST_LAG: i64 = 200;
/// Jobs that may wait before somebody should look.
const MOST_WAITING: i64 = 1_000;

#[derive(Template)]
#[template(path = "desk/administration/health/health.html")]
struct HealthPage {
    layout: Layout,
    signs: Vec<Sign>,
}

/// One figure with its judgement.
struct Sign {
    name: &'static str,
    figure: String,
    is_well: bool,
    advice: &'static str,
}

impl Sign {
    fn new(name: &'static str, figure: String, is_well: bool, advice: &'static str) -> Sign {
        Sign { name, figure, is_well, advice }
    }
}

/// `/desk/admin/health`.
pub async fn show(officer: Officer) -> Response {
    let made = page(&officer).await;
    officer.answer(made)
}

async fn page(officer: &Officer) -> Result<Response> {
    officer.require(Act::ManageJob, None)?;
    let app = officer.visit.app.clone();
    let (head, jobs) = officer
        .read(|tx, cx| Ok((change_feed::head(tx, &cx.site_id)?, queries::jobs(tx, &cx.site_id)?)))
        .await?;
    let (site_id, now) = (officer.visit.host.site.id.clone(), officer.cx().at);
    let signs = tokio::task::spawn_blocking(move || {
        let mut signs = signs(&app, &site_id, head, jobs);
        signs.insert(1, backup::sign(&app.config.backup_dir, now));
        signs
    })
    .await;
    let signs = signs.map_err(|error| task_failed(&error))?;
    let layout = officer.layout("运行状况").under(&[("首页", "/desk")]);
    officer.page(&HealthPage { layout, signs })
}

fn signs(app: &App, site_id: &SiteId, head: i64, jobs: queries::Jobs) -> Vec<Sign> {
    vec![
        database(app),
        disk(&app.config.data),
        index(app, site_id, head),
        pages(app),
        waiting(jobs),
        failed(jobs),
        version(),
    ]
}

fn database(app: &App) -> Sign {
    let name = "数据库";
    if !app.config.database.is_empty() {
        return Sign::new(name, "独立数据库服务器".to_owned(), true, "容量和备份由数据库管理员负责。");
    }
    let path = embedded_database(&app.config.data);
    let size = |path: &Path| std::fs::metadata(path).map_or(0, |data| data.len());
    let figure = format!("内嵌数据库，{}", bytes(size(&path)));
    Sign::new(name, figure, true, "请每天备份数据目录；多台服务器时改用独立数据库。")
}

fn disk(data: &Path) -> Sign {
    let name = "磁盘剩余空间";
    match rustix::fs::statvfs(data) {
        Ok(volume) => {
            let free = volume.f_bavail.saturating_mul(volume.f_frsize);
            let advice = "低于 5 GB 时请清理或扩容，空间用尽后不能保存。";
            Sign::new(name, bytes(free), free >= LEAST_FREE, advice)
        }
        Err(_) => Sign::new(name, "无法读取".to_owned(), false, "请检查数据目录的权限。"),
    }
}

fn index(app: &App, site_id: &SiteId, head: i64) -> Sign {
    let name = "搜索索引";
    let advice = "落后较多时，新发布的信息暂时搜不到；如不恢复，请重启程序，索引会自动补上。";
    match app.index.position(&site_id.0) {
        Ok(position) => {
            let lag = (head - i64::try_from(position).unwrap_or(i64::MAX)).max(0);
            let figure =
                if lag == 0 { "与数据一致".to_owned() } else { format!("落后 {lag} 项变更") };
            Sign::new(name, figure, lag <= MOST_LAG, advice)
        }
        Err(_) => Sign::new(name, "无法读取".to_owned(), false, "请重启程序；索引可以删除，会自动重建。"),
    }
}

fn pages(app: &App) -> Sign {
    let figures = app.pages.cache.figures();
    let asked = figures.hits + figures.misses;
    let share = (figures.hits * 100).checked_div(asked).unwrap_or_default();
    let figure = format!(
        "{} 页，{}（上限 {} MB），命中 {share}%",
        figures.pages,
        bytes(figures.bytes as u64),
        app.config.page_cache_mb
    );
    Sign::new("页面缓存", figure, true, "缓存可以随时清空，不影响内容。")
}

fn waiting(jobs: queries::Jobs) -> Sign {
    let advice = "积压较多时，请到“后台任务”查看哪一类任务停滞。";
    Sign::new("等待的后台任务", format!("{} 项", jobs.n_waiting), jobs.n_waiting <= MOST_WAITING, advice)
}

fn failed(jobs: queries::Jobs) -> Sign {
    let advice = "请到“后台任务”查看原因，处理后重新运行。";
    Sign::new("失败的后台任务", format!("{} 项", jobs.n_failed), jobs.n_failed == 0, advice)
}

fn version() -> Sign {
    let figure = env!("CARGO_PKG_VERSION").to_owned();
    Sign::new("软件版本", figure, true, "升级前请先备份数据目录。")
}

/// 1.5 GB, 20 MB, 3 KB.
fn bytes(n: u64) -> String {
    let units = [(30, "GB"), (20, "MB"), (10, "KB")];
    match units.into_iter().find(|(shift, _)| n >> shift > 0) {
        Some((shift, unit)) => format!("{:.1} {unit}", n as f64 / (1_u64 << shift) as f64),
        None => format!("{n} 字节"),
    }
}

#[cfg(test)]
mod tests {
    use rules::permission::Role;

    use super::bytes;
    use crate::test_app::TestApp;

    #[test]
    fn sizes_are_told_in_the_unit_that_fits() {
        for (n, told) in [(12, "12 字节"), (2_048, "2.0 KB"), (3 << 20, "3.0 MB"), (3 << 29, "1.5 GB")] {
            assert_eq!(bytes(n), told);
        }
    }

    #[tokio::test]
    async fn the_system_administrator_alone_sees_how_the_system_is_doing() {
        let app = TestApp::start().await;
        app.document("甲").publish().await;
        app.settle().await;
        for role in Role::ALL {
            let mut desk = app.officer(&role.code().replace('_', "-"), role, "government").await;
            let reply = desk.get("/desk/admin/health").await;
            let expected = if role == Role::SystemAdministrator { 200 } else { 403 };
            assert_eq!(reply.status(), expected, "{role:?}");
            if expected == 200 {
                let text = reply.text();
                assert!(text.contains("与数据一致") && text.contains("磁盘剩余空间"), "{text}");
            }
        }
    }

    #[tokio::test]
    async fn an_index_that_lags_is_told() {
        let app = TestApp::start().await;
        app.document("甲").publish().await;
        let mut desk = app.officer("xi-tong", Role::SystemAdministrator, "government").await;
        assert!(desk.page("/desk/admin/health").await.contains("项变更"));
    }
}
