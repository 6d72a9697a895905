//! `gongkai site`, `gongkai organs`, `gongkai columns`: what an administrator sets of a site, in the TOML files that the
//! demonstration uses too. Every change goes through the actions and into the audit log.

use std::path::PathBuf;

use anyhow::Context;
use clap::Subcommand;
use serde::de::DeserializeOwned;

use super::Settings;
use crate::{
    column, organ,
    site::{self, Profile},
};

/// Which site, in which installation.
#[derive(clap::Args)]
pub struct OfSite {
    #[command(flatten)]
    settings: Settings,
    /// 站点代码
    #[arg(long, value_name = "代码")]
    site: String,
}

/// Arguments of `site`.
#[derive(clap::Args)]
pub struct SiteCommand {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand)]
enum Action {
    /// 显示站点设置（TOML），并列出页脚尚缺的内容
    Show(OfSite),
    /// 用文件中的设置替换站点设置
    Change {
        #[command(flatten)]
        of: OfSite,
        /// 设置文件（TOML，格式同 site show 的输出）
        file: PathBuf,
    },
}

/// Arguments of `organs` and `columns`.
#[derive(clap::Args)]
pub struct AddFile {
    #[command(flatten)]
    of: OfSite,
    /// 文件（TOML，格式见 demo/README.md）
    file: PathBuf,
}

impl SiteCommand {
    /// Shows or changes.
    pub async fn run(self) -> anyhow::Result<()> {
        match self.action {
            Action::Show(of) => show(&of).await,
            Action::Change { of, file } => change(&of, read(&file)?).await,
        }
    }
}

async fn show(of: &OfSite) -> anyhow::Result<()> {
    let app = of.settings.open().await?;
    let profile = app.site(&of.site).await?.profile;
    print!("{}", toml::to_string(&profile)?);
    for item in site::missing_footer(app.reference, &profile) {
        eprintln!("页脚尚缺“{}”：{}", item.name, item.hint);
    }
    Ok(())
}

async fn change(of: &OfSite, profile: Profile) -> anyhow::Result<()> {
    let app = of.settings.open().await?;
    let site = app.site(&of.site).await?;
    let cx = app.cx(&site.id, "site");
    app.act(cx, move |tx, cx| site::actions::change(tx, cx, &profile)).await?;
    eprintln!("站点“{}”的设置已更新。", of.site);
    Ok(())
}

impl AddFile {
    /// Adds the organs of a file and records its changes of organs.
    pub async fn run_organs(self) -> anyhow::Result<()> {
        let organs: organ::OrganFile = read(&self.file)?;
        let app = self.of.settings.open().await?;
        let site = app.site(&self.of.site).await?;
        let (n_organs, n_changes) = (organs.organs.len(), organs.changes.len());
        app.act(app.cx(&site.id, "organs"), move |tx, cx| organ::actions::add_file(tx, cx, &organs)).await?;
        eprintln!("已增加 {n_organs} 个机构，登记 {n_changes} 项机构变更。");
        Ok(())
    }

    /// Adds the columns of a file.
    pub async fn run_columns(self) -> anyhow::Result<()> {
        let columns: column::ColumnFile = read(&self.file)?;
        let app = self.of.settings.open().await?;
        let site = app.site(&self.of.site).await?;
        let n_columns = columns.columns.len();
        app.act(app.cx(&site.id, "columns"), move |tx, cx| column::actions::add_file(tx, cx, &columns))
            .await?;
        eprintln!("已增加 {n_columns} 个栏目。");
        Ok(())
    }
}

fn read<T: DeserializeOwned>(file: &PathBuf) -> anyhow::Result<T> {
    let text = std::fs::read_to_string(file).with_context(|| format!("文件 {} 无法读取", file.display()))?;
    toml::from_str(&text).with_context(|| format!("文件 {} 不符合格式", file.display()))
}
