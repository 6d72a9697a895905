//! `gongkai import`: pages, documents, one page, or exported records.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::Instant,
};

use anyhow::{Context, bail};
use clap::{Args, Subcommand};

use super::{Settings, progress::Progress};
use crate::{
    app::App,
    change_feed,
    export::bring_back,
    import::{
        documents, page,
        pages::{self, Reader},
        pipeline::{self, Options, Outcome, ReadLine},
    },
    search::{self, Followed},
    site::Site,
};

/// Arguments of `import`.
#[derive(Args)]
pub struct Import {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// 网页文字，每行一个 {url, title, excerpt}
    Pages(Lines),
    /// 文件库：政府文件、法律法规、带 HTML 的网页（可为 .gz）
    Docs(Lines),
    /// 一个网页文件（文本或 HTML）
    Page(OnePage),
    /// 由 export records 导出的记录
    Records(Records),
}

#[derive(Args)]
struct Lines {
    /// 要导入的文件
    file: PathBuf,
    #[command(flatten)]
    common: Common,
}

#[derive(Args)]
struct OnePage {
    /// 要导入的文件
    file: PathBuf,
    /// 网页的地址
    #[arg(long, value_name = "网址")]
    url: Option<String>,
    #[command(flatten)]
    common: Common,
}

#[derive(Args)]
struct Records {
    /// 要导入的文件
    file: PathBuf,
    /// 附件所在目录
    #[arg(long, value_name = "目录")]
    files: Option<PathBuf>,
    /// 站点代码
    #[arg(long, value_name = "代码")]
    site: String,
    /// 把统计写入文件
    #[arg(long, value_name = "文件")]
    json: Option<PathBuf>,
    #[command(flatten)]
    settings: Settings,
}

#[derive(Args)]
struct Common {
    /// 站点代码
    #[arg(long, value_name = "代码")]
    site: String,
    /// 没有疑问的立即发布（有疑问的一律留作草稿，等待核对）
    #[arg(long)]
    publish: bool,
    /// 全部放入这个栏目；不指定时按信息类别
    #[arg(long, value_name = "代码")]
    column: Option<String>,
    /// 把统计写入文件：{read, imported, unchanged, needs_review, failed, reasons}；needs_review 是 imported 的一部分
    #[arg(long, value_name = "文件")]
    json: Option<PathBuf>,
    #[command(flatten)]
    settings: Settings,
}

impl Import {
    /// Imports; fails when nothing could be read or the file broke.
    pub async fn run(self) -> anyhow::Result<()> {
        match self.what {
            What::Pages(lines) => import_lines(lines, pages::read_line).await,
            What::Docs(lines) => import_lines(lines, documents::read_line).await,
            What::Page(one) => import_page(one).await,
            What::Records(records) => import_records(records).await,
        }
    }
}

async fn import_lines(lines: Lines, read_line: ReadLine) -> anyhow::Result<()> {
    let Lines { file, common } = lines;
    let app = common.settings.open().await?;
    let site = app.site(&common.site).await?;
    let start = Instant::now();
    let progress = Progress::start("导入", std::fs::metadata(&file).map_or(1, |data| data.len()));
    let options = Options { publish: common.publish, column: common.column, actor: None };
    let on = |at, _| {
        progress.set(at);
        true
    };
    let outcome = pipeline::run(&app, &site, (&file, read_line), &options, on).await?;
    progress.finish();
    finish(&app, &site, outcome, common.json.as_deref(), start).await
}

async fn import_page(one: OnePage) -> anyhow::Result<()> {
    let OnePage { file, url, common } = one;
    let app = common.settings.open().await?;
    let site = app.site(&common.site).await?;
    let start = Instant::now();
    let reader = Reader::new(app.reference, &pipeline::file_name(&file));
    let incoming =
        page::read(&reader, &file, url.as_deref()).map_err(|failure| anyhow::anyhow!(failure.sentence))?;
    let options = Options { publish: common.publish, column: common.column, actor: None };
    let outcome = pipeline::run_one(&app, &site, incoming, &options).await?;
    finish(&app, &site, outcome, common.json.as_deref(), start).await
}

async fn import_records(records: Records) -> anyhow::Result<()> {
    let app = records.settings.open().await?;
    let site = app.site(&records.site).await?;
    let start = Instant::now();
    let progress = Progress::start("导入", std::fs::metadata(&records.file).map_or(1, |data| data.len()));
    let places = bring_back::Places { file: &records.file, files: records.files.as_deref() };
    let on = |at, _| {
        progress.set(at);
        true
    };
    let outcome = bring_back::run(&app, &site, places, on).await?;
    progress.finish();
    finish(&app, &site, outcome, records.json.as_deref(), start).await
}

/// Prints and writes the counts, brings the search index up to date.
async fn finish(
    app: &Arc<App>,
    site: &Site,
    outcome: Outcome,
    json: Option<&Path>,
    start: Instant,
) -> anyhow::Result<()> {
    let Outcome { summary, broken, .. } = outcome;
    let seconds = start.elapsed().as_secs_f64();
    if let Some(path) = json {
        let text = serde_json::to_string_pretty(&summary)?;
        std::fs::write(path, text + "\n").with_context(|| format!("统计无法写入 {}", path.display()))?;
    }
    println!("{}", summary.sentences());
    eprintln!("用时 {seconds:.2} 秒（每秒 {:.0} 条）。", summary.read as f64 / seconds.max(0.001));
    index(app, site).await?;
    if broken {
        bail!("文件没有读完（原因见上），此前的记录已保留；处理后再次导入同一文件即可续上");
    }
    if summary.read > 0 && summary.failed == summary.read {
        bail!("没有一条可以导入");
    }
    if summary.read == 0 {
        bail!("文件中没有记录");
    }
    Ok(())
}

async fn index(app: &Arc<App>, site: &Site) -> anyhow::Result<()> {
    let site_id = site.id.clone();
    let head = app.db.read(move |tx| change_feed::head(tx, &site_id)).await?;
    let from = app.index.position(&site.id.0)?;
    let progress = Progress::start("更新检索", u64::try_from(head).unwrap_or_default().saturating_sub(from));
    let done = std::sync::atomic::AtomicU64::new(0);
    let add = |changes: u64| {
        let before = done.fetch_add(changes, std::sync::atomic::Ordering::Relaxed);
        progress.set(before + changes);
    };
    let followed = search::follow(app, &site.id, add).await?;
    progress.finish();
    if followed == Followed::Elsewhere {
        eprintln!("检索由正在运行的服务更新。");
    }
    app.index.rest()?;
    Ok(())
}
