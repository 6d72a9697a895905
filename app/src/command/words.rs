//! `gongkai words`: a site's word list from a file.

use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::{Args, Subcommand};

use super::Settings;
use crate::word_list::{
    NewWord,
    actions::{self, Imported},
    kind_of,
    lines::{self, Defaults},
};

/// Words of one transaction.
const UNIT: usize = 500;

/// Arguments of `words`.
#[derive(Args)]
pub struct Words {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// 导入词表（CSV、XLSX，或者每行“错误写法 正确写法”的文本）
    Import(Import),
}

#[derive(Args)]
struct Import {
    /// 要导入的文件
    file: PathBuf,
    /// 站点代码
    #[arg(long, value_name = "代码")]
    site: String,
    /// 文件中没有写明类型的词属于哪一类：错别字、禁用词、敏感表述、领导姓名、领导职务、允许使用
    #[arg(long, value_name = "类型", default_value = "错别字")]
    kind: String,
    /// 发现后必须改正（不写时只作提示）
    #[arg(long)]
    blocking: bool,
    #[command(flatten)]
    settings: Settings,
}

impl Words {
    /// Imports.
    pub async fn run(self) -> anyhow::Result<()> {
        match self.what {
            What::Import(import) => import.run().await,
        }
    }
}

impl Import {
    async fn run(self) -> anyhow::Result<()> {
        let kind = kind_of(&self.kind).with_context(|| format!("没有“{}”这种类型", self.kind))?;
        let name = self.file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let bytes =
            std::fs::read(&self.file).with_context(|| format!("文件 {} 无法读取", self.file.display()))?;
        let defaults = Defaults { kind, blocking: self.blocking };
        let list = lines::read(&name, &bytes, defaults).map_err(anyhow::Error::msg)?;
        for fault in &list.faults {
            eprintln!("第{}行未导入：{}", fault.line, fault.reason);
        }
        let app = self.settings.open().await?;
        let site = app.site(&self.site).await?;
        let mut sum = Imported::default();
        for unit in list.words.chunks(UNIT) {
            let (unit, name): (Vec<NewWord>, String) = (unit.to_vec(), name.clone());
            let cx = app.cx(&site.id, "words");
            let imported = app.act(cx, move |tx, cx| actions::import(tx, cx, &unit, &name)).await?;
            sum.added += imported.added;
            sum.changed += imported.changed;
            sum.unchanged += imported.unchanged;
        }
        let Imported { added, changed, unchanged } = sum;
        println!("新增{added}条，更改{changed}条，未变{unchanged}条，未导入{}行。", list.faults.len());
        if list.words.is_empty() {
            bail!("没有一行可以导入");
        }
        Ok(())
    }
}
