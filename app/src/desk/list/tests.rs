//! The address of a list holds its whole state.

use super::{Column, Filter, Head, List, State, state::Sort};

const COLUMNS: [Column; 3] =
    [Column::sorted("login", "登录名"), Column::sorted("at", "时间"), Column::plain("岗位")];

fn state(address: &str) -> State {
    State::read(address, &COLUMNS, "-at")
}

#[test]
fn the_order_comes_from_the_address_and_only_from_known_columns() {
    for (address, key, descending) in [
        ("/x", "at", true),
        ("/x?sort=login", "login", false),
        ("/x?sort=-login", "login", true),
        ("/x?sort=岗位", "at", true),
        ("/x?sort=password", "at", true),
    ] {
        assert_eq!(state(address).sort(), Some(Sort { key, descending }), "{address}");
    }
}

#[test]
fn a_head_leads_to_its_order_and_then_to_the_reverse_and_keeps_the_filters() {
    let list = List::new(&state("/x?q=%E7%94%B2&sort=login&page=3"), &COLUMNS, Vec::new(), 500);
    let head = |text, href: Option<&str>, sorted| Head {
        text,
        href: href.map(str::to_owned),
        sorted,
        is_number: false,
    };
    assert_eq!(
        list.heads,
        [
            head("登录名", Some("/x?q=%E7%94%B2&sort=-login"), Some("ascending")),
            head("时间", Some("/x?q=%E7%94%B2&sort=at"), None),
            head("岗位", None, None),
        ]
    );
    assert_eq!(list.paging.current, 3);
    assert_eq!(list.paging.next.as_deref(), Some("/x?q=%E7%94%B2&sort=login&page=4"));
    assert_eq!(list.page_of((0..500).collect()), (100..150).collect::<Vec<_>>());
}

#[test]
fn a_page_beyond_the_last_is_the_last_and_what_cannot_be_read_is_left_out() {
    let list = List::new(&state("/x?page=99"), &COLUMNS, Vec::new(), 60);
    assert_eq!(list.page_of((0..60).collect()), (50..60).collect::<Vec<_>>());
    for address in ["/x?page=-1", "/x?page=many", "/x?from=yesterday", "/x?q=%FF", "/x?&&=&"] {
        let state = state(address);
        assert_eq!((state.page(), state.day("from"), state.text("q")), (1, None, String::new()), "{address}");
    }
}

#[test]
fn a_list_says_whether_it_is_filtered() {
    for (address, filtered) in [("/x", false), ("/x?q=", false), ("/x?q=1", true), ("/x?sort=at", false)] {
        let state = state(address);
        let list = List::new(&state, &COLUMNS, vec![Filter::text(&state, "q", "姓名")], 0);
        assert_eq!(list.is_filtered, filtered, "{address}");
    }
}
