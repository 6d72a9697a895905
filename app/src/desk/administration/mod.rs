//! Administration (管理): who may work here, what the site is made of, what was done. Each page shows only what the role of
//! the reader may do; the three administrators never see each other's buttons.

pub mod staff;
