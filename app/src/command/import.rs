//! `gongkai import`: pages, documents, one page, or exported records.

use super::Settings;

/// Arguments of `import`.
#[derive(clap::Args)]
pub struct Import {
    #[command(flatten)]
    settings: Settings,
}

impl Import {
    /// Imports.
    pub async fn run(self) -> anyhow::Result<()> {
        self.settings.open().await?;
        anyhow::bail!("not yet")
    }
}
