//! The commands of `gongkai`: their arguments and where each is done. Every message is Chinese; what programs read goes
//! to standard output, what people read goes to standard error.

mod admin;
mod audit;
mod check;
mod demo;
mod export;
mod import;
mod init;
pub mod progress;
mod report;
mod serve;
mod site;
mod words;
mod work;

use std::{collections::BTreeMap, net::SocketAddr, path::PathBuf, sync::Arc};

use clap::{Args, Parser, Subcommand};

use crate::{
    app::App,
    config::{self, Config},
};

/// 政府信息公开平台
#[derive(Parser)]
#[command(name = "gongkai", version, about, disable_help_subcommand = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// 启动网站
    Serve(serve::Serve),
    /// 只执行后台任务，不对外服务
    Work(work::Work),
    /// 装入演示数据并启动网站
    Demo(demo::Demo),
    /// 建立新的站点（可重复执行，每次增加一个站点）
    Init(init::Init),
    /// 显示或更改站点设置
    Site(site::SiteCommand),
    /// 增加机构，登记机构合并、拆分、更名
    Organs(site::AddFile),
    /// 增加栏目
    Columns(site::AddFile),
    /// 导入网页、文件或记录
    Import(import::Import),
    /// 导出记录
    Export(export::Export),
    /// 导入词表
    Words(words::Words),
    /// 检查文字和附件
    Check(check::Check),
    /// 生成年度报告
    Report(report::Report),
    /// 管理账号
    Admin(admin::Admin),
    /// 核查留痕
    Audit(audit::Audit),
    /// 更新数据库结构
    Migrate(Settings),
    /// 显示配置项说明
    Config,
}

/// What every command can be told.
#[derive(Args, Clone, Default)]
pub struct Settings {
    /// 配置文件（TOML）
    #[arg(long, value_name = "文件")]
    pub config: Option<PathBuf>,
    /// 数据目录
    #[arg(long, value_name = "目录")]
    pub data: Option<PathBuf>,
    /// 数据库地址
    #[arg(long, value_name = "地址")]
    pub database: Option<String>,
}

impl Settings {
    /// The configuration: file, environment, then the command line.
    pub fn load(&self) -> anyhow::Result<Config> {
        let environment: BTreeMap<String, String> = std::env::vars().collect();
        let mut config = config::load(self.config.as_deref(), &environment).map_err(anyhow::Error::msg)?;
        if let Some(data) = &self.data {
            config.data.clone_from(data);
        }
        if let Some(database) = &self.database {
            config.database.clone_from(database);
        }
        Ok(config)
    }

    /// Opens the product.
    pub async fn open(&self) -> anyhow::Result<Arc<App>> {
        App::open(self.load()?).await
    }
}

/// Threads for units of work, searches and files. More would only hold memory: the database has fewer readers.
const BLOCKING_THREADS: usize = 8;

/// Reads the command line and does what it says.
///
/// # Errors
/// Whatever the command reports, as a Chinese sentence with its causes.
pub fn run() -> anyhow::Result<()> {
    let cli = Cli::parse();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .max_blocking_threads(BLOCKING_THREADS)
        .enable_all()
        .build()?;
    runtime.block_on(async {
        match cli.command {
            Command::Serve(serve) => serve.run().await,
            Command::Work(work) => work.run().await,
            Command::Demo(demo) => demo.run().await,
            Command::Init(init) => init.run().await,
            Command::Site(site) => site.run().await,
            Command::Organs(add) => add.run_organs().await,
            Command::Columns(add) => add.run_columns().await,
            Command::Import(import) => import.run().await,
            Command::Export(export) => export.run().await,
            Command::Words(words) => words.run().await,
            Command::Check(check) => check.run().await,
            Command::Report(report) => report.run().await,
            Command::Admin(admin) => admin.run().await,
            Command::Audit(audit) => audit.run().await,
            Command::Migrate(settings) => migrate(&settings).await,
            Command::Config => {
                print!("{}", config::sample());
                Ok(())
            }
        }
    })
}

async fn migrate(settings: &Settings) -> anyhow::Result<()> {
    settings.open().await?;
    eprintln!("数据库结构已是最新。");
    Ok(())
}

/// Starts the log on standard error.
fn start_log(level: &str) {
    let filter = format!("{level},tantivy=warn,hyper=warn");
    // A second start in one process (a test) keeps the first log.
    let _ = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).try_init();
}

/// The address a command was told, or the configured one.
fn listen_address(told: Option<SocketAddr>, config: &Config) -> SocketAddr {
    told.unwrap_or(config.listen)
}
