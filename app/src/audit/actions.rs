//! Writing to the log and walking its chain.

use kit_db::Tx;
use sha2::{Digest, Sha256};

use super::{Act, Entry, Verdict, queries};
use crate::{counter, cx::Cx, error::Result, id::SiteId};

const COUNTER: &str = "audit";
/// What the first row of a chain gives as the hash before it.
const GENESIS: &str = "0000000000000000000000000000000000000000000000000000000000000000";
/// Rows read at once while the chain is walked.
const PAGE: i64 = 1_000;

/// Appends one act to the site's chain, in the transaction of the act itself: no act without its row, no row without
/// its act.
pub fn record(tx: &mut Tx<'_>, cx: &Cx, act: Act<'_>) -> Result<()> {
    let position = counter::queries::next(tx, &cx.site_id, COUNTER)?;
    let previous_hash = previous_hash(tx, &cx.site_id, position)?;
    let mut entry = Entry {
        position,
        at: cx.at,
        actor: cx.actor.clone(),
        address: cx.address.clone(),
        action: act.action.to_owned(),
        object_kind: act.object_kind.to_owned(),
        object_id: act.object_id.to_owned(),
        detail: act.detail.to_owned(),
        previous_hash,
        hash: String::new(),
    };
    entry.hash = hash(&cx.site_id, &entry);
    queries::insert(tx, &cx.site_id, &entry)?;
    Ok(())
}

fn previous_hash(tx: &mut Tx<'_>, site_id: &SiteId, position: i64) -> Result<String> {
    if position == 1 {
        return Ok(GENESIS.to_owned());
    }
    Ok(queries::hash_at(tx, site_id, position - 1)?)
}

/// Every field with its length before it, so that no two different rows have the same bytes.
fn hash(site_id: &SiteId, entry: &Entry) -> String {
    let (position, at) = (entry.position.to_string(), entry.at.to_string());
    let mut fields = vec![
        site_id.0.as_str(),
        &position,
        &at,
        &entry.actor,
        &entry.action,
        &entry.object_kind,
        &entry.object_id,
        &entry.detail,
        &entry.previous_hash,
    ];
    // Rows from before addresses were kept have none, and their hashes hold on.
    if !entry.address.is_empty() {
        fields.push(&entry.address);
    }
    let mut digest = Sha256::new();
    for field in fields {
        digest.update((field.len() as u64).to_be_bytes());
        digest.update(field.as_bytes());
    }
    hex(&digest.finalize())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Walks the site's chain from its first row to its last, and compares its length with the counter.
pub fn verify(tx: &mut Tx<'_>, site_id: &SiteId) -> Result<Verdict> {
    let (mut position, mut head) = (0, GENESIS.to_owned());
    loop {
        let page = queries::after(tx, site_id, position, PAGE)?;
        if page.is_empty() {
            break;
        }
        for entry in page {
            if let Some(reason) = fault(site_id, &entry, position, &head) {
                return Ok(Verdict::Broken { position: position + 1, reason });
            }
            (position, head) = (entry.position, entry.hash);
        }
    }
    let given = counter::queries::current(tx, site_id, COUNTER)?;
    if given != position {
        let reason = format!("记录到第 {position} 条为止，但已编到第 {given} 号：末尾的记录被删除");
        return Ok(Verdict::Broken { position: position + 1, reason });
    }
    Ok(Verdict::Intact { entries: position, head })
}

fn fault(site_id: &SiteId, entry: &Entry, position: i64, head: &str) -> Option<String> {
    if entry.position != position + 1 {
        return Some(format!("第 {} 条之后缺少记录", position));
    }
    if entry.previous_hash != head {
        return Some("与上一条的摘要不相接".to_owned());
    }
    (hash(site_id, entry) != entry.hash).then(|| "内容与其摘要不符".to_owned())
}
