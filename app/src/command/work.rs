//! `gongkai work`: does background jobs and answers no requests, so that long imports slow no reader down.

use super::{Settings, serve::stop_signal, start_log};
use crate::{app::App, work};

/// Arguments of `work`.
#[derive(clap::Args)]
pub struct Work {
    #[command(flatten)]
    settings: Settings,
    /// 同时执行的任务数；不指定时按配置
    #[arg(long, value_name = "个数", value_parser = clap::value_parser!(u8).range(1..=16))]
    at_once: Option<u8>,
}

impl Work {
    /// Works until told to stop; prints one line that programs can wait for.
    pub async fn run(self) -> anyhow::Result<()> {
        let mut config = self.settings.load()?;
        config.jobs_at_once = self.at_once.map_or(config.jobs_at_once.max(1), usize::from);
        start_log(&config.log);
        let app = App::open(config).await?;
        let worker = tokio::spawn(work::run(app.clone()));
        println!("WORKING");
        stop_signal().await;
        // The loop goes on meanwhile: it writes what the jobs in hand say of their progress.
        work::close(&app).await;
        worker.abort();
        Ok(())
    }
}
