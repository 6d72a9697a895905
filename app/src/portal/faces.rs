//! The faces of the sites: which host name belongs to which site, and what every page of it shows. Kept in memory and
//! read anew when a site changes; the addresses of styles and scripts are the same for all.

use std::{
    collections::HashMap,
    sync::{
        Arc, OnceLock, PoisonError, RwLock,
        atomic::{AtomicU16, Ordering},
    },
};

use kit_db::{Db, DbError};
use kit_web::{assets::Assets, security::SecurityHeaders};

use super::page::{AssetLinks, ContactBlock, Filing, SiteFace, Theme};
use crate::{
    error::Error,
    front_end::FrontEnd,
    site::{self, Site},
};

/// A site as the portal shows it.
pub struct Host {
    /// The site.
    pub site: Site,
    /// What all its pages share.
    pub face: Arc<SiteFace>,
}

/// Every site by its host names.
#[derive(Default)]
pub struct Faces {
    by_host: RwLock<HashMap<String, Arc<Host>>>,
    default: RwLock<Option<Arc<Host>>>,
    first: RwLock<Option<Arc<Host>>>,
    port: AtomicU16,
}

impl Faces {
    /// The port under which local host names are reached.
    pub fn set_port(&self, port: u16) {
        self.port.store(port, Ordering::Relaxed);
    }

    /// The port under which local host names are reached; 0 where this process answers no requests.
    pub fn port(&self) -> u16 {
        self.port.load(Ordering::Relaxed)
    }

    /// The site that answers for a host name.
    pub fn find(&self, host: &str) -> Option<Arc<Host>> {
        let by_host = self.by_host.read().unwrap_or_else(PoisonError::into_inner);
        let default = || self.default.read().unwrap_or_else(PoisonError::into_inner).clone();
        // Somebody who tries a new installation on its own machine sees the first site under the bare address.
        let first = || {
            self.first
                .read()
                .unwrap_or_else(PoisonError::into_inner)
                .clone()
                .filter(|_| is_this_machine(host))
        };
        by_host.get(host).cloned().or_else(default).or_else(first)
    }

    /// Reads all sites again; gives them.
    pub async fn refresh(&self, db: &Db, default_code: &str) -> Result<Vec<Site>, DbError> {
        let sites = db.read(site::queries::all).await.map_err(database_error)?;
        let port = self.port();
        let mut by_host = HashMap::new();
        let (mut default, mut first) = (None, None);
        for site in &sites {
            let host = Arc::new(Host { site: site.clone(), face: Arc::new(face(site, port)) });
            for name in site.profile.hosts.iter().chain([&site.profile.domain]) {
                by_host.insert(name.clone(), host.clone());
            }
            if site.profile.code == default_code {
                default = Some(host.clone());
            }
            first.get_or_insert(host);
        }
        *self.by_host.write().unwrap_or_else(PoisonError::into_inner) = by_host;
        *self.default.write().unwrap_or_else(PoisonError::into_inner) = default;
        *self.first.write().unwrap_or_else(PoisonError::into_inner) = first;
        Ok(sites)
    }
}

fn is_this_machine(host: &str) -> bool {
    host == "localhost" || host.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

fn database_error(error: Error) -> DbError {
    DbError::Open(error.to_string())
}

fn face(site: &Site, port: u16) -> SiteFace {
    let profile = &site.profile;
    let filing = |number: &str, href: &str| {
        (!number.is_empty()).then(|| Filing { number: number.to_owned(), href: href.to_owned() })
    };
    let footer = &profile.footer;
    SiteFace {
        name: profile.name.clone(),
        tagline: profile.tagline.clone(),
        domain: profile.domain.clone(),
        base_url: profile.base_url(port),
        id_code: profile.identification_code.clone(),
        theme: Theme::from_code(&profile.theme).unwrap_or_default(),
        sponsor: footer.host_unit.clone(),
        operator: footer.operator.clone(),
        mourning: profile.mourning,
        demonstration: profile.demonstration,
        contact: contact(site),
        party_government_mark: filing("党政机关", "https://bszs.conac.cn/"),
        error_report_href: (!footer.error_report.is_empty()).then(|| footer.error_report.clone()),
        icp: filing(&footer.icp, "https://beian.miit.gov.cn/"),
        police: filing(&footer.public_security, "https://beian.mps.gov.cn/"),
    }
}

/// The contact block of the disclosure office.
pub fn contact(site: &Site) -> ContactBlock {
    let contact = site.profile.contact.clone();
    ContactBlock {
        organ: contact.office,
        address: contact.address,
        postcode: contact.postcode,
        hours: contact.hours,
        phone: contact.phone,
        fax: contact.fax,
        email: contact.email,
    }
}

/// Styles, script and icon, hashed and compressed once.
pub fn assets() -> Arc<Assets> {
    static ASSETS: OnceLock<Arc<Assets>> = OnceLock::new();
    let make = || {
        let files = FrontEnd::iter().filter_map(|name| Some((name.to_string(), FrontEnd::get(&name)?.data)));
        Arc::new(Assets::new("/assets/", &security_headers(), files))
    };
    ASSETS.get_or_init(make).clone()
}

/// Addresses of the built files for the heads of pages.
pub fn asset_links() -> Arc<AssetLinks> {
    static LINKS: OnceLock<Arc<AssetLinks>> = OnceLock::new();
    let make = || {
        let assets = assets();
        let address = |name: &str| assets.address(name).unwrap_or_default().to_owned();
        Arc::new(AssetLinks {
            style: address("site.css"),
            script: address("site.js"),
            icon: address("icon.svg"),
            desk_style: address("desk.css"),
            desk_script: address("desk.js"),
            editor_script: address("editor.js"),
        })
    };
    LINKS.get_or_init(make).clone()
}

/// Nothing runs but our own script, nothing is loaded from elsewhere.
pub fn security_headers() -> SecurityHeaders {
    SecurityHeaders::new(axum::http::HeaderValue::from_static(
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; \
         connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'",
    ))
}
