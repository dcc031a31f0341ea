//! What the background tells the popup is read as it was told, and damage is refused.

use proptest::collection::vec;
use proptest::prelude::*;
use tiers_core::popup_response::{PageResponse, PopupResponse, TabResponse};

use crate::any_visit::visit;

fn tab() -> impl Strategy<Value = TabResponse> {
    let text = || any::<String>().prop_map(String::into_boxed_str);
    let page = (any::<bool>(), vec(visit(), 1..4))
        .prop_map(|(private, visits)| TabResponse::Page(PageResponse { private, visits }));
    prop_oneof![
        Just(TabResponse::Unseen),
        Just(TabResponse::Uncounted),
        text().prop_map(TabResponse::Nothing),
        text().prop_map(TabResponse::Excluded),
        page,
    ]
}

proptest! {
    #[test]
    fn what_is_told_is_read_as_it_was_told(paused: bool, tab in tab()) {
        let told = PopupResponse { paused, tab };
        prop_assert_eq!(PopupResponse::read_bytes(&told.to_bytes()).unwrap(), told);
    }

    #[test]
    fn what_is_cut_or_goes_on_is_refused(tab in tab(), cut: prop::sample::Index, more in 1..4_usize) {
        let told = PopupResponse { paused: false, tab }.to_bytes();
        prop_assert!(PopupResponse::read_bytes(&told[..cut.index(told.len())]).is_err());
        prop_assert!(PopupResponse::read_bytes(&[told, vec![0; more]].concat()).is_err());
    }
}
