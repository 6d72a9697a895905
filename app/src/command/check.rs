//! `gongkai check`: the checks of the desk over a file, for those who prepare texts elsewhere or measure.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::Context;
use clap::{Args, Subcommand};

use rules::check::{Code, Weight};

use super::{Settings, progress::Progress};
use crate::{
    app::App,
    check::{Subject, actions, jobs, queries, shown::Shown, words},
    document::{self, Content},
    error::Error,
    site::Site,
};

/// Bytes of a file that is checked.
const LARGEST: u64 = 32 << 20;

/// Arguments of `check`.
#[derive(Args)]
pub struct Check {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// 检查一个文件（HTML 或者文本），每个问题输出一行 JSON
    File(OneFile),
    /// 检查全部已发布的信息，结果进入检查列表（每天夜间也会自动执行）
    Live(Live),
}

#[derive(Args)]
struct Live {
    /// 站点代码
    #[arg(long, value_name = "代码")]
    site: String,
    #[command(flatten)]
    settings: Settings,
}

#[derive(Args)]
struct OneFile {
    /// 要检查的文件
    file: PathBuf,
    /// 站点代码
    #[arg(long, value_name = "代码")]
    site: String,
    /// 重复检查的次数，用来测量时间
    #[arg(long, value_name = "次数", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    rounds: u32,
    #[command(flatten)]
    settings: Settings,
}

impl Check {
    /// Checks; what is found goes to standard output.
    pub async fn run(self) -> anyhow::Result<()> {
        match self.what {
            What::File(one) => check_file(one).await,
            What::Live(live) => check_live(live).await,
        }
    }
}

async fn check_live(live: Live) -> anyhow::Result<()> {
    let app = live.settings.open().await?;
    let site = app.site(&live.site).await?;
    jobs::follow(&app, &site.id).await?;
    let site_id = site.id.clone();
    let total = app.db.read(move |tx| document::queries::count_live(tx, &site_id)).await?;
    let progress = Progress::start("检查", total);
    let show = |done: u64, _| {
        progress.set(done);
        true
    };
    jobs::look_over(&app, &site.id, show).await?;
    progress.finish();
    let counts = app.db.read(move |tx| Ok::<_, Error>(queries::live_counts(tx, &site.id)?)).await?;
    for (code, weight, n_findings) in counts {
        let code = Code::from_word(&code).map_or("其他", words::label);
        let weight = if weight == Weight::Blocking.word() { "必须处理" } else { "提示" };
        println!("{weight}\t{code}\t{n_findings}");
    }
    Ok(())
}

async fn check_file(one: OneFile) -> anyhow::Result<()> {
    let app = one.settings.open().await?;
    let site = app.site(&one.site).await?;
    let content = Arc::new(read(&one.file)?);
    let mut times = Vec::new();
    let mut found = Vec::new();
    for _ in 0..one.rounds {
        let took;
        (found, took) = check_once(&app, &site, content.clone()).await?;
        times.push(took);
    }
    for shown in &found {
        println!("{}", serde_json::to_string(shown)?);
    }
    times.sort_unstable();
    let middle = times[times.len() / 2].as_secs_f64() * 1000.0;
    let blocking = found.iter().filter(|shown| shown.is_blocking()).count();
    eprintln!("发现 {} 个问题，其中 {blocking} 个必须处理；用时 {middle:.2} 毫秒。", found.len());
    Ok(())
}

async fn check_once(app: &App, site: &Site, content: Arc<Content>) -> anyhow::Result<(Vec<Shown>, Duration)> {
    let cx = app.cx(&site.id, "check");
    let look = move |tx: &mut kit_db::Tx<'_>| {
        let start = Instant::now();
        let subject = Subject { document_id: None, edition_id: None, content_type: "", content: &content };
        actions::findings_of(tx, &cx, &subject).map(|found| (found, start.elapsed()))
    };
    Ok(app.db.read(look).await?)
}

/// A file as a record: its first line is the title.
fn read(file: &Path) -> anyhow::Result<Content> {
    let text = kit_text::lines::read_text_file(file, LARGEST)
        .with_context(|| format!("文件 {} 无法读取", file.display()))?
        .text;
    let is_html = text.trim_start().starts_with('<');
    let (title, body_html) = if is_html {
        let html = kit_text::html::clean(&kit_text::html::main_content(&text)).into_string();
        (kit_text::html::to_text(&html).lines().next().unwrap_or_default().to_owned(), html)
    } else {
        let (title, rest) = text.trim_start().split_once('\n').unwrap_or((text.trim(), ""));
        (title.trim().to_owned(), kit_text::html::paragraphs(rest))
    };
    let body_text = kit_text::html::to_text(&body_html);
    Ok(Content { title, body_html, body_text, ..Content::default() })
}
