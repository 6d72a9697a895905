//! `gongkai serve`: answers requests, follows the change feed, does what is due.

use std::{net::SocketAddr, sync::Arc};

use anyhow::Context;
use kit_web::serve::{Limits, serve};
use tokio::net::TcpListener;

use super::{Settings, listen_address, start_log};
use crate::{app::App, background, routes, work};

/// Arguments of `serve`.
#[derive(clap::Args)]
pub struct Serve {
    #[command(flatten)]
    settings: Settings,
    /// 监听地址和端口
    #[arg(long, value_name = "地址:端口")]
    listen: Option<SocketAddr>,
}

impl Serve {
    /// Serves until told to stop.
    pub async fn run(self) -> anyhow::Result<()> {
        let mut config = self.settings.load()?;
        config.listen = listen_address(self.listen, &config);
        let app = App::open(config).await?;
        serve_app(app).await
    }
}

/// Serves an open product; prints one line that programs can wait for.
pub async fn serve_app(app: Arc<App>) -> anyhow::Result<()> {
    start_log(&app.config.log);
    let listener = TcpListener::bind(app.config.listen)
        .await
        .with_context(|| format!("无法监听 {}，请换一个端口或停止占用它的程序", app.config.listen))?;
    let address = listener.local_addr()?;
    app.faces.set_port(address.port());
    let sites = background::refresh_sites(&app).await?;
    if sites.is_empty() {
        eprintln!("还没有站点。请先运行 gongkai init --site 代码 --name 名称");
    }
    let front = routes::front(&app);
    let follower = tokio::spawn(background::run(app.clone()));
    let worker = tokio::spawn(work::run(app.clone()));
    announce(address, &sites);
    let stopped = serve(listener, front, Limits::default(), stop_signal()).await?;
    work::close(&app).await;
    worker.abort();
    follower.abort();
    tracing::info!(?stopped, "stopped");
    Ok(())
}

fn announce(address: SocketAddr, sites: &[crate::site::Site]) {
    for site in sites {
        let local =
            site.profile.hosts.iter().chain([&site.profile.domain]).find(|host| host.ends_with("localhost"));
        let host = local.unwrap_or(&site.profile.domain);
        eprintln!("  {}：http://{host}:{}/", site.profile.name, address.port());
    }
    println!("LISTENING http://{address}");
}

/// Comes when the process is told to end.
pub(super) async fn stop_signal() {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut terminate) = signal(SignalKind::terminate()) else { return std::future::pending().await };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = terminate.recv() => {}
    }
}
