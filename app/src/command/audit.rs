//! `gongkai audit verify`: walks the hash chain of every site, or of one.

use anyhow::bail;
use clap::Subcommand;

use super::Settings;
use crate::{
    audit::{self, Verdict},
    error::Error,
    site::{self, Site},
};

/// Arguments of `audit`.
#[derive(clap::Args)]
pub struct Audit {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand)]
enum Action {
    /// 逐条核对留痕的摘要链
    Verify {
        #[command(flatten)]
        settings: Settings,
        /// 只核对一个站点
        #[arg(long, value_name = "代码")]
        site: Option<String>,
    },
}

impl Audit {
    /// Walks the chains; fails when one is broken.
    pub async fn run(self) -> anyhow::Result<()> {
        let Action::Verify { settings, site } = self.action;
        let app = settings.open().await?;
        let verdicts = app.db.read(move |tx| {
            let sites = site::queries::all(tx)?;
            let wanted = sites
                .into_iter()
                .filter(|known| site.as_ref().is_none_or(|code| *code == known.profile.code));
            wanted
                .map(|site| Ok((audit::actions::verify(tx, &site.id)?, site)))
                .collect::<Result<Vec<_>, Error>>()
        });
        report(&verdicts.await?)
    }
}

fn report(verdicts: &[(Verdict, Site)]) -> anyhow::Result<()> {
    if verdicts.is_empty() {
        bail!("没有这个站点");
    }
    let mut broken = 0;
    for (verdict, site) in verdicts {
        match verdict {
            Verdict::Intact { entries, head } => {
                println!("{}：{entries} 条留痕，链条完整，末条摘要 {head}", site.profile.code);
            }
            Verdict::Broken { position, reason } => {
                broken += 1;
                println!("{}：第 {position} 条有问题：{reason}", site.profile.code);
            }
        }
    }
    if broken > 0 { bail!("{broken} 个站点的留痕被改动过") } else { Ok(()) }
}
