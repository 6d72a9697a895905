//! `gongkai export records`.

use super::Settings;

/// Arguments of `export`.
#[derive(clap::Args)]
pub struct Export {
    #[command(flatten)]
    settings: Settings,
}

impl Export {
    /// Exports.
    pub async fn run(self) -> anyhow::Result<()> {
        self.settings.open().await?;
        anyhow::bail!("not yet")
    }
}
