//! `gongkai demo`: loads the demonstration district once and serves it.

use std::{net::SocketAddr, sync::Arc, time::Instant};

use super::{Settings, listen_address, progress::Progress, serve};
use crate::{
    app::App,
    background,
    demo::{load, report, staff, work},
    organ, search, words,
};

/// Arguments of `demo`.
#[derive(clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Demo {
    #[command(subcommand)]
    command: Option<DemoCommand>,
    #[command(flatten)]
    settings: Settings,
    /// 监听地址和端口
    #[arg(long, value_name = "地址:端口")]
    listen: Option<SocketAddr>,
    /// 只装入数据，不启动网站
    #[arg(long)]
    prepare_only: bool,
    /// 另外开设若干个压力测试用的演示账号
    #[arg(long, value_name = "个数", default_value_t = 0)]
    officers: usize,
}

#[derive(clap::Subcommand)]
enum DemoCommand {
    /// 显示演示账号此刻的动态口令（仅限演示站点）
    Code(Code),
}

#[derive(clap::Args)]
struct Code {
    #[command(flatten)]
    settings: Settings,
    /// 登录名
    login: String,
    /// 站点代码
    #[arg(long, value_name = "代码", default_value = load::SITES[0])]
    site: String,
}

impl Demo {
    /// Loads what is missing, then serves; or does what the sub-command says.
    pub async fn run(self) -> anyhow::Result<()> {
        if let Some(DemoCommand::Code(code)) = self.command {
            let app = code.settings.open().await?;
            println!("{}", staff::code(&app, &code.site, &code.login).await?);
            return Ok(());
        }
        let mut config = self.settings.load()?;
        config.listen = listen_address(self.listen, &config);
        // The demonstration answers under any host name, so that it is seen under a bare address too.
        if config.default_site.is_empty() {
            config.default_site = load::SITES[0].to_owned();
        }
        let app = App::open(config).await?;
        prepare(&app).await?;
        staff::load_officers(&app, load::SITES[0], self.officers).await?;
        if self.prepare_only {
            return Ok(());
        }
        for name in load::SITES {
            print_staff(&app, name).await?;
        }
        serve::serve_app(app).await
    }
}

async fn prepare(app: &Arc<App>) -> anyhow::Result<()> {
    for name in load::SITES {
        let start = Instant::now();
        let progress = Arc::new(std::sync::Mutex::new(Progress::start("装入演示数据", 100)));
        let shown = progress.clone();
        let show = Arc::new(move |done: u64, total: u64| {
            if let Ok(progress) = shown.lock() {
                progress.set(done * 100 / total.max(1));
            }
        });
        let n_records = load::load(app, name, show).await?;
        if let Ok(progress) = progress.lock() {
            progress.finish();
        }
        if n_records > 0 {
            eprintln!(
                "已装入演示站点 {name}：{n_records} 条信息（演示数据），用时 {:.1} 秒。",
                start.elapsed().as_secs_f32()
            );
        }
        let n_accounts = staff::load(app, name).await?;
        if n_accounts > 0 {
            eprintln!("已为演示站点 {name} 开设 {n_accounts} 个演示账号。");
        }
    }
    for name in load::SITES {
        let n_records = work::load(app, name).await?;
        if n_records > 0 {
            eprintln!("已为演示站点 {name} 装入 {n_records} 件在办工作。");
        }
    }
    for name in load::SITES {
        // Without fonts there are no printed forms; the rest of the demonstration stands without them.
        match report::load(app, name).await {
            Ok(Some(year)) => eprintln!("已为演示站点 {name} 编写、签发并公开{year}年度报告。"),
            Ok(None) => {}
            Err(error) => eprintln!("演示站点 {name} 的年度报告没有公开：{error:#}"),
        }
    }
    for site in background::refresh_sites(app).await? {
        search::follow(app, &site.id, |_| ()).await?;
    }
    app.index.rest()?;
    Ok(())
}

/// Prints who can sign in, and with what.
async fn print_staff(app: &App, name: &str) -> anyhow::Result<()> {
    let Some(site) = staff::demonstration(app, name).await? else { return Ok(()) };
    let code = site.profile.code.clone();
    eprintln!("\n{}：演示账号（仅供演示，登录页 /desk/sign-in）", site.profile.name);
    eprintln!("{}", row(["登录名", "口令", "岗位", "机构", "动态口令密钥"]));
    let organs = app.db.read(move |tx| organ::queries::all(tx, &site.id)).await?;
    for person in staff::read(name)?.people {
        let organ = organs.iter().find(|organ| organ.code == person.organ);
        let organ = organ.map_or(person.organ.as_str(), |organ| organ.name.as_str());
        let secret = person.typed_secret()?.unwrap_or_default();
        eprintln!("{}", row([&person.login, staff::PASSWORD, words::role(person.role()?), organ, &secret]));
    }
    eprintln!("此刻的动态口令：gongkai demo code 登录名 --site {code}\n");
    Ok(())
}

/// A line of the table; a Chinese character is as wide as two letters.
fn row(cells: [&str; 5]) -> String {
    const WIDTHS: [usize; 5] = [14, 14, 22, 36, 0];
    let width = |cell: &str| cell.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<usize>();
    let padded =
        |(cell, wide): (&str, usize)| format!("{cell}{}", " ".repeat(wide.saturating_sub(width(cell))));
    let line: String = cells.into_iter().zip(WIDTHS).map(padded).collect();
    format!("  {}", line.trim_end())
}
