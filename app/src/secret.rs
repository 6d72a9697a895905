//! The installation's secret and what is made from it: the key of forms' tokens, the key that seals personal data at rest
//! (GB/T 22239-2019, 数据保密性), the marks under one-time links.
//!
//! The secret lies in one file that only the server's user may read. Without it the sealed data cannot be opened: it
//! belongs into every backup, apart from the database. What is sealed is bound to its place, so that a sealed value moved
//! to another row cannot be opened.

use std::{io::Write, path::Path};

use aes_gcm_siv::{
    Aes256GcmSiv, KeyInit as _, Nonce,
    aead::{Aead, Payload},
};
use anyhow::{Context, bail};
use base64::{Engine, engine::general_purpose::STANDARD_NO_PAD};
use hmac::{Hmac, Mac};
use kit_web::csrf::CsrfKey;
use sha2::Sha256;

/// Written before every sealed text, so that another cipher can stand beside it one day.
const SCHEME: &str = "1:";
/// Length of a nonce in bytes.
const NONCE: usize = 12;

/// Keys made from the installation's secret.
pub struct Secrets {
    forms: CsrfKey,
    seal: Aes256GcmSiv,
    marks: [u8; 32],
}

impl Secrets {
    /// Reads the file, or makes it from `fresh` random bytes when there is none.
    ///
    /// # Errors
    /// When the file cannot be read or written, or does not hold 64 hexadecimal digits.
    pub fn open(path: &Path, fresh: [u8; 32]) -> anyhow::Result<Secrets> {
        let shown = path.display();
        match std::fs::read_to_string(path) {
            Ok(text) => Ok(Secrets::from_master(
                &from_hex(text.trim()).with_context(|| format!("密钥文件 {shown} 已损坏，请从备份恢复"))?,
            )),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                write_new(path, &fresh).with_context(|| format!("密钥文件 {shown} 无法写入"))?;
                Secrets::open(path, fresh)
            }
            Err(error) => Err(error).with_context(|| format!("密钥文件 {shown} 无法读取")),
        }
    }

    fn from_master(master: &[u8; 32]) -> Secrets {
        let seal = Aes256GcmSiv::new(&derived(master, b"seal").into());
        Secrets { forms: CsrfKey::new(derived(master, b"forms")), seal, marks: derived(master, b"marks") }
    }

    /// The key of the tokens in forms.
    pub fn forms(&self) -> &CsrfKey {
        &self.forms
    }

    /// Encrypts a text that may be opened only for the same `place` (table, column and row).
    pub fn seal(&self, place: &str, text: &str, nonce: [u8; NONCE]) -> String {
        let payload = Payload { msg: text.as_bytes(), aad: place.as_bytes() };
        let sealed = self.seal.encrypt(&Nonce::from(nonce), payload);
        let sealed = sealed.expect("the cipher takes any text shorter than 64 GiB");
        format!("{SCHEME}{}", STANDARD_NO_PAD.encode([&nonce[..], &sealed].concat()))
    }

    /// The text that was sealed for `place`; none where it was changed, moved or sealed under another secret.
    pub fn open_sealed(&self, place: &str, sealed: &str) -> Option<String> {
        let bytes = STANDARD_NO_PAD.decode(sealed.strip_prefix(SCHEME)?).ok()?;
        let (nonce, body) = bytes.split_first_chunk::<NONCE>()?;
        let payload = Payload { msg: body, aad: place.as_bytes() };
        let text = self.seal.decrypt(&Nonce::from(*nonce), payload).ok()?;
        String::from_utf8(text).ok()
    }

    /// A mark by which a secret text can be found again without being kept: HMAC-SHA-256 as hexadecimal digits.
    pub fn mark(&self, kind: &str, text: &str) -> String {
        let mut mac = mac(&self.marks);
        mac.update(kind.as_bytes());
        mac.update(&[0]);
        mac.update(text.as_bytes());
        mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

fn mac(key: &[u8]) -> Hmac<Sha256> {
    Hmac::new_from_slice(key).expect("HMAC takes keys of any length")
}

fn derived(master: &[u8; 32], purpose: &[u8]) -> [u8; 32] {
    let mut mac = mac(master);
    mac.update(purpose);
    mac.finalize().into_bytes().into()
}

fn from_hex(text: &str) -> anyhow::Result<[u8; 32]> {
    if text.len() != 64 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        bail!("应为 64 位十六进制数字");
    }
    let mut bytes = [0; 32];
    for (at, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&text[at * 2..at * 2 + 2], 16)?;
    }
    Ok(bytes)
}

/// Two processes that start at once must not each make a secret: the file is written beside and linked into its place,
/// which fails for the second.
fn write_new(path: &Path, bytes: &[u8; 32]) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.as_file().set_permissions(std::fs::Permissions::from_mode(0o600))?;
    let text: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    writeln!(file, "{text}")?;
    file.as_file().sync_all()?;
    match file.persist_noclobber(path) {
        Err(error) if error.error.kind() != std::io::ErrorKind::AlreadyExists => Err(error.error),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::Secrets;

    #[test]
    fn what_is_sealed_is_opened_in_its_place_only() {
        let secrets = Secrets::from_master(&[7; 32]);
        let sealed = secrets.seal("staff_account.email:1", "演示@gov.test", [3; 12]);
        assert!(!sealed.contains("gov.test"));
        assert_eq!(secrets.open_sealed("staff_account.email:1", &sealed).as_deref(), Some("演示@gov.test"));
        assert_eq!(secrets.open_sealed("staff_account.email:2", &sealed), None);
        assert_eq!(Secrets::from_master(&[8; 32]).open_sealed("staff_account.email:1", &sealed), None);
        let mut changed = sealed.clone();
        changed.replace_range(10..11, if &sealed[10..11] == "A" { "B" } else { "A" });
        for wrong in [changed.as_str(), "", "1:", "1:AAAA", "2:abc"] {
            assert_eq!(secrets.open_sealed("staff_account.email:1", wrong), None, "{wrong}");
        }
    }

    #[test]
    fn the_secret_is_made_once_and_only_its_owner_may_read_it() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("secret.key");
        let first = Secrets::open(&path, [1; 32]).unwrap();
        let again = Secrets::open(&path, [2; 32]).unwrap();
        assert_eq!(first.mark("link", "x"), again.mark("link", "x"));
        assert_ne!(first.mark("link", "x"), first.mark("session", "x"));
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }

    #[test]
    fn a_broken_secret_is_refused_and_not_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("secret.key");
        std::fs::write(&path, "zz").unwrap();
        let Err(error) = Secrets::open(&path, [1; 32]) else { panic!("it was opened") };
        assert!(error.to_string().contains("已损坏"));
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "zz");
    }
}
