//! Passwords are kept as Argon2id hashes. Hashing takes memory and time on purpose: it is done outside any transaction,
//! on a thread of its own, and only a few at a time.

use anyhow::anyhow;
use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};

use crate::{
    app::{App, task_failed},
    cx::Ids,
    error::Result,
};

/// Passes over the memory, and lanes (OWASP Password Storage, Argon2id with 19 MiB).
const PASSES: u32 = 2;
const LANES: u32 = 1;

/// A first password: two words of letters around four digits, without letters that look alike; 48 bits, behind the lock of
/// five failures, for the hours until it must be changed.
pub fn first(ids: &Ids) -> String {
    const LETTERS: &[u8; 24] = b"abcdefghijkmnpqrstuvwxyz";
    let random = ids.bytes::<12>();
    let letter = |byte: u8| char::from(LETTERS[usize::from(byte) % LETTERS.len()]);
    let word = |bytes: &[u8]| -> String {
        let mut letters = bytes.iter().map(|byte| letter(*byte));
        let capital = letters.next().map(|letter| letter.to_ascii_uppercase());
        capital.into_iter().chain(letters).collect()
    };
    let digits: String = random[4..8].iter().map(|byte| char::from(b'2' + byte % 8)).collect();
    format!("{}-{digits}-{}", word(&random[..4]), word(&random[8..]))
}

/// The PHC string of a new password.
pub async fn hash(app: &App, password: &str) -> Result<String> {
    let (password, salt) = (password.to_owned(), app.ids.bytes::<16>());
    let memory = app.config.password_memory_kib;
    heavy(app, move || hashed(&password, &salt, memory)).await?
}

/// Whether a password belongs to a PHC string. Without an account the time goes by all the same, so that nobody learns
/// from it which logins exist.
pub async fn verify(app: &App, password: &str, phc: Option<&str>) -> Result<bool> {
    let (password, memory) = (password.to_owned(), app.config.password_memory_kib);
    let Some(phc) = phc.map(str::to_owned) else {
        heavy(app, move || hashed(&password, &[0; 16], memory)).await??;
        return Ok(false);
    };
    heavy(app, move || matches(&password, &phc)).await?
}

async fn heavy<T: Send + 'static>(app: &App, work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    let _seat = app.password_checks.acquire().await.map_err(|error| anyhow!(error))?;
    tokio::task::spawn_blocking(work).await.map_err(|error| task_failed(&error))
}

fn hashed(password: &str, salt: &[u8; 16], memory_kib: u32) -> Result<String> {
    let params = Params::new(memory_kib, PASSES, LANES, None).map_err(|error| anyhow!("{error}"))?;
    let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    let hash = argon.hash_password_with_salt(password.as_bytes(), salt);
    Ok(hash.map_err(|error| anyhow!("{error}"))?.to_string())
}

/// Whether `password` belongs to `phc`.
pub fn matches(password: &str, phc: &str) -> Result<bool> {
    let parsed = PasswordHash::new(phc).map_err(|error| anyhow!("staff_account.password_hash: {error}"))?;
    Ok(Argon2::default().verify_password(password.as_bytes(), &parsed).is_ok())
}
