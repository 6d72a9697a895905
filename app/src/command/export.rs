//! `gongkai export records`: a site's records to standard output.

use std::{
    io::{BufWriter, Write},
    path::PathBuf,
};

use clap::{Args, Subcommand, ValueEnum};

use super::{Settings, progress::Progress};
use crate::export::{
    queries,
    records::{Exporter, FilesTo},
};

/// Arguments of `export`.
#[derive(Args)]
pub struct Export {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// 把一个站点的全部记录写到标准输出，每行一条
    Records(Records),
}

#[derive(Args)]
struct Records {
    /// 站点代码
    #[arg(long, value_name = "代码")]
    site: String,
    /// 格式
    #[arg(long, value_name = "格式", default_value = "jsonl")]
    format: Format,
    /// 把附件写入目录（不指定时写在行内，每条不超过 16 MB）
    #[arg(long, value_name = "目录")]
    files: Option<PathBuf>,
    #[command(flatten)]
    settings: Settings,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// 每行一个 JSON 对象
    Jsonl,
}

impl Export {
    /// Exports.
    pub async fn run(self) -> anyhow::Result<()> {
        let What::Records(records) = self.what;
        let Format::Jsonl = records.format;
        let app = records.settings.open().await?;
        let site = app.site(&records.site).await?;
        let to = records.files.map_or(FilesTo::Lines, FilesTo::Folder);
        let files = app.files.clone();
        let n = app
            .db
            .read(move |tx| {
                let total = queries::count(tx, &site.id)?.unsigned_abs();
                let progress = Progress::start("导出", total);
                let exporter = Exporter::new(tx, &site.id, files, to)?;
                let mut out = BufWriter::with_capacity(1 << 20, std::io::stdout().lock());
                let n = exporter.write_all(tx, &mut out, &|n| progress.set(n))?;
                out.flush()?;
                progress.finish();
                Ok::<_, crate::error::Error>(n)
            })
            .await?;
        eprintln!("已导出 {n} 条记录。");
        Ok(())
    }
}
