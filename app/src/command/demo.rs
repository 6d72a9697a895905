//! `gongkai demo`: loads the demonstration district once and serves it.

use std::{net::SocketAddr, sync::Arc, time::Instant};

use super::{Settings, listen_address, progress::Progress, serve};
use crate::{
    app::App,
    background,
    demo::load,
    search::{self},
};

/// Arguments of `demo`.
#[derive(clap::Args)]
pub struct Demo {
    #[command(flatten)]
    settings: Settings,
    /// 监听地址和端口
    #[arg(long, value_name = "地址:端口")]
    listen: Option<SocketAddr>,
    /// 只装入数据，不启动网站
    #[arg(long)]
    prepare_only: bool,
}

impl Demo {
    /// Loads what is missing, then serves.
    pub async fn run(self) -> anyhow::Result<()> {
        let mut config = self.settings.load()?;
        config.listen = listen_address(self.listen, &config);
        // The demonstration answers under any host name, so that it is seen under a bare address too.
        if config.default_site.is_empty() {
            config.default_site = load::SITES[0].to_owned();
        }
        let app = App::open(config).await?;
        prepare(&app).await?;
        if self.prepare_only { Ok(()) } else { serve::serve_app(app).await }
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
    }
    for site in background::refresh_sites(app).await? {
        search::follow(app, &site.id, |_| ()).await?;
    }
    app.index.rest()?;
    Ok(())
}
