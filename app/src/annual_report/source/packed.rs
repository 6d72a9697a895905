//! Ids on little room: a UUID as its 16 bytes, base64; what is no UUID as it is. A frozen report keeps the ids of every
//! record it counted.

use base64::{Engine, engine::general_purpose::STANDARD_NO_PAD};

/// Marks a list that holds something else than UUIDs.
const PLAIN: &str = "=";

/// Packs ids in their order.
pub fn pack(ids: &[String]) -> String {
    let bytes: Option<Vec<u8>> = ids.iter().try_fold(Vec::with_capacity(ids.len() * 16), |mut bytes, id| {
        let uuid = uuid::Uuid::parse_str(id).ok().filter(|uuid| uuid.to_string() == *id)?;
        bytes.extend_from_slice(uuid.as_bytes());
        Some(bytes)
    });
    match bytes {
        Some(bytes) => STANDARD_NO_PAD.encode(bytes),
        None => format!("{PLAIN}{}", ids.join("\n")),
    }
}

/// The ids of a packed list.
///
/// # Errors
/// When the text was not made by [`pack`].
pub fn unpack(text: &str) -> anyhow::Result<Vec<String>> {
    if let Some(plain) = text.strip_prefix(PLAIN) {
        return Ok(plain.lines().map(str::to_owned).collect());
    }
    let bytes = STANDARD_NO_PAD.decode(text)?;
    let ids = bytes.chunks(16).map(|chunk| Ok(uuid::Uuid::from_slice(chunk)?.to_string()));
    ids.collect()
}

#[cfg(test)]
mod tests {
    use super::{pack, unpack};

    #[test]
    fn ids_come_back_as_they_were_and_take_little_room() {
        let id = |n: u128| uuid::Uuid::from_u128(n << 64 | 0x8000).to_string();
        let ids: Vec<String> = (1..=100).map(id).collect();
        let packed = pack(&ids);
        assert!(packed.len() < 22 * ids.len(), "{}", packed.len());
        assert_eq!(unpack(&packed).unwrap(), ids);
        let odd = vec!["演示-1".to_owned(), ids[0].clone()];
        assert_eq!(unpack(&pack(&odd)).unwrap(), odd);
        assert!(unpack(&pack(&[])).unwrap().is_empty());
        assert!(unpack("???").is_err());
    }
}
