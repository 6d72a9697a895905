//! The whole table, role by role, so that no cell changes unseen.

use super::{Act, Reach, Role, TABLE, may_hold_together, reach};

#[test]
fn every_role_has_one_row_and_every_word_leads_back_to_its_role() {
    for role in Role::ALL {
        assert_eq!(TABLE.iter().filter(|(of, ..)| *of == role).count(), 1, "{role:?}");
        assert_eq!(Role::from_code(role.code()), Some(role));
    }
    assert_eq!(Role::from_code("mayor"), None);
}

#[test]
fn every_act_can_be_done_by_somebody() {
    for act in Act::ALL {
        assert!(Role::ALL.iter().any(|role| reach(*role, act) != Reach::Nowhere), "{act:?}");
    }
}

/// What makes a record public, or takes it back.
const PUBLISHING: [Act; 10] = [
    Act::Draft,
    Act::Review,
    Act::ReviewSecrecy,
    Act::SignOff,
    Act::Publish,
    Act::PublishEmergency,
    Act::ConfirmWithdrawal,
    Act::WithdrawEmergency,
    Act::ImportRecords,
    Act::SignReport,
];

#[test]
fn no_administrator_touches_what_is_published() {
    for role in Role::ALL.into_iter().filter(|role| role.is_administrator()) {
        for act in PUBLISHING {
            assert_eq!(reach(role, act), Reach::Nowhere, "{role:?} {act:?}");
        }
    }
}

#[test]
fn no_role_both_writes_and_reviews_secrecy_or_signs() {
    for role in Role::ALL {
        let can = |act| reach(role, act) != Reach::Nowhere;
        assert!(!(can(Act::Draft) && (can(Act::ReviewSecrecy) || can(Act::SignOff))), "{role:?}");
    }
}

#[test]
fn officers_of_an_organ_reach_no_other_organ() {
    let of_an_organ = [Role::InformationOfficer, Role::Reviewer, Role::SecrecyReviewer, Role::Signer];
    for role in of_an_organ {
        for act in Act::ALL {
            assert_ne!(reach(role, act), Reach::WholeSite, "{role:?} {act:?}");
        }
    }
}

#[test]
fn an_administrator_holds_no_second_role() {
    for one in Role::ALL {
        for other in Role::ALL {
            let expected = one == other || !(one.is_administrator() || other.is_administrator());
            assert_eq!(may_hold_together(one, other), expected, "{one:?} {other:?}");
        }
    }
    assert!(!may_hold_together(Role::SystemAdministrator, Role::AuditAdministrator));
    assert!(may_hold_together(Role::InformationOfficer, Role::Reviewer));
}

#[test]
fn administrators_and_signers_show_a_second_factor() {
    let needing: Vec<Role> = Role::ALL.into_iter().filter(|role| role.needs_second_factor()).collect();
    assert_eq!(
        needing,
        [Role::Signer, Role::SystemAdministrator, Role::SecurityAdministrator, Role::AuditAdministrator]
    );
}
