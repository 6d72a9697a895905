//! The rows of cases. Many are written with few statements: a district has tens of thousands in a year.

use std::collections::HashMap;

use kit_db::{DbError, Row, Tx, Value, params, sql};

use super::{Case, NewCase};
use crate::{cx::Cx, id::SiteId};

/// Rows of one statement of [`insert_twenty`].
pub const AT_ONCE: usize = 20;
/// Numbers of one statement of [`by_numbers`].
const ASKED_AT_ONCE: usize = 50;

/// No row where the number is taken.
pub fn insert(tx: &mut Tx<'_>, cx: &Cx, id: &str, case: &NewCase) -> Result<u64, DbError> {
    let sql = sql!(
        "insert into service_case
           (site_id, case_id, number, item_id, organ_id, route, handling, accepted_on, closed_on, result, created_at, version)
         values ($1, $3, $4, $5, $6, $7, $8, $9, $10, $11, $2, 1)
         on conflict (site_id, number) do nothing"
    );
    let mut values = vec![Value::from(&cx.site_id), Value::from(cx.at)];
    values.extend(cells(id, case));
    tx.execute(sql, &values)
}

fn cells(id: &str, case: &NewCase) -> [Value; 9] {
    [
        id.into(),
        (&case.number).into(),
        (&case.item_id).into(),
        (&case.organ_id).into(),
        (&case.route).into(),
        (&case.handling).into(),
        (&case.accepted_on).into(),
        (&case.closed_on).into(),
        (&case.result).into(),
    ]
}

/// Writes exactly [`AT_ONCE`] cases, each with its id; fewer rows where numbers are taken.
pub fn insert_twenty(tx: &mut Tx<'_>, cx: &Cx, cases: &[(String, &NewCase)]) -> Result<u64, DbError> {
    debug_assert_eq!(cases.len(), AT_ONCE);
    let sql = sql!(
        "insert into service_case
           (site_id, case_id, number, item_id, organ_id, route, handling, accepted_on, closed_on, result, created_at, version)
         values ($1, $3, $4, $5, $6, $7, $8, $9, $10, $11, $2, 1),
                ($1, $12, $13, $14, $15, $16, $17, $18, $19, $20, $2, 1),
                ($1, $21, $22, $23, $24, $25, $26, $27, $28, $29, $2, 1),
                ($1, $30, $31, $32, $33, $34, $35, $36, $37, $38, $2, 1),
                ($1, $39, $40, $41, $42, $43, $44, $45, $46, $47, $2, 1),
                ($1, $48, $49, $50, $51, $52, $53, $54, $55, $56, $2, 1),
                ($1, $57, $58, $59, $60, $61, $62, $63, $64, $65, $2, 1),
                ($1, $66, $67, $68, $69, $70, $71, $72, $73, $74, $2, 1),
                ($1, $75, $76, $77, $78, $79, $80, $81, $82, $83, $2, 1),
                ($1, $84, $85, $86, $87, $88, $89, $90, $91, $92, $2, 1),
                ($1, $93, $94, $95, $96, $97, $98, $99, $100, $101, $2, 1),
                ($1, $102, $103, $104, $105, $106, $107, $108, $109, $110, $2, 1),
                ($1, $111, $112, $113, $114, $115, $116, $117, $118, $119, $2, 1),
                ($1, $120, $121, $122, $123, $124, $125, $126, $127, $128, $2, 1),
                ($1, $129, $130, $131, $132, $133, $134, $135, $136, $137, $2, 1),
                ($1, $138, $139, $140, $141, $142, $143, $144, $145, $146, $2, 1),
                ($1, $147, $148, $149, $150, $151, $152, $153, $154, $155, $2, 1),
                ($1, $156, $157, $158, $159, $160, $161, $162, $163, $164, $2, 1),
                ($1, $165, $166, $167, $168, $169, $170, $171, $172, $173, $2, 1),
                ($1, $174, $175, $176, $177, $178, $179, $180, $181, $182, $2, 1)
         on conflict (site_id, number) do nothing"
    );
    let mut values = vec![Value::from(&cx.site_id), Value::from(cx.at)];
    values.extend(cases.iter().flat_map(|(id, case)| cells(id, case)));
    tx.execute(sql, &values)
}

/// No row where somebody was faster.
pub fn update(
    tx: &mut Tx<'_>,
    site_id: &SiteId,
    id: &str,
    case: &NewCase,
    version: i64,
) -> Result<u64, DbError> {
    let sql = sql!(
        "update service_case set number = $3, item_id = $4, organ_id = $5, route = $6, handling = $7, accepted_on = $8,
                closed_on = $9, result = $10, version = version + 1
          where site_id = $1 and case_id = $2 and version = $11"
    );
    let NewCase { number, item_id, organ_id, route, handling, accepted_on, closed_on, result } = case;
    tx.execute(
        sql,
        params![
            site_id,
            id,
            number,
            item_id,
            organ_id,
            route,
            handling,
            accepted_on,
            closed_on,
            result,
            version
        ],
    )
}

/// Gives the number of rows deleted: none when the version is another.
pub fn delete(tx: &mut Tx<'_>, site_id: &SiteId, id: &str, version: i64) -> Result<u64, DbError> {
    let sql = sql!("delete from service_case where site_id = $1 and case_id = $2 and version = $3");
    tx.execute(sql, params![site_id, id, version])
}

pub fn by_id(tx: &mut Tx<'_>, site_id: &SiteId, id: &str) -> Result<Option<Case>, DbError> {
    let sql = sql!("select * from service_case where site_id = $1 and case_id = $2");
    tx.query_opt(sql, params![site_id, id])?.as_ref().map(case).transpose()
}

/// The cases of these numbers, by number.
pub fn by_numbers(
    tx: &mut Tx<'_>,
    site_id: &SiteId,
    numbers: &[&str],
) -> Result<HashMap<String, Case>, DbError> {
    let sql = sql!(
        "select * from service_case
          where site_id = $1
            and number in ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18,
                            $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35,
                            $36, $37, $38, $39, $40, $41, $42, $43, $44, $45, $46, $47, $48, $49, $50, $51)"
    );
    let mut found = HashMap::new();
    for part in numbers.chunks(ASKED_AT_ONCE) {
        let mut values = vec![Value::from(site_id)];
        // A part that is not full asks for its last number again.
        let padded = part.iter().chain(part.last().into_iter().cycle()).take(ASKED_AT_ONCE);
        values.extend(padded.map(|number| Value::from(*number)));
        for row in tx.query(sql, &values)? {
            let case = case(&row)?;
            found.insert(case.case.number.clone(), case);
        }
    }
    Ok(found)
}

/// A case from a row of the table, whatever is joined to it.
pub fn case(row: &Row) -> Result<Case, DbError> {
    let case = NewCase {
        number: row.get("number")?,
        item_id: row.get("item_id")?,
        organ_id: row.get("organ_id")?,
        route: row.get("route")?,
        handling: row.get("handling")?,
        accepted_on: row.get("accepted_on")?,
        closed_on: row.get("closed_on")?,
        result: row.get("result")?,
    };
    Ok(Case { id: row.get("case_id")?, version: row.get("version")?, case })
}
