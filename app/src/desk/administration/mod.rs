//! Administration (管理): who may work here, what the site is made of, what was done. Each page shows only what the role of
//! the reader may do; the three administrators never see each other's buttons.

pub mod audit;
pub mod calendar;
pub mod column;
pub mod content_type;
pub mod health;
pub mod organ;
pub mod site;
pub mod staff;
