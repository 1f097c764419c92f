//! One file per identifier: its shape, its check digits, the words that announce it and the look-alikes it is not.
//!
//! A recognizer reads the [`View`] and puts claims; the order below settles who wins where two shapes fit. What a
//! company adds by configuration stands before all of them.

use crate::view::{Claims, View};

mod account;
mod address;
mod announced;
mod another;
mod birth_cert;
mod birthdate;
mod card;
mod date;
mod driver_license;
mod email;
mod frame;
mod gap;
mod handle;
mod inn;
mod letter_name;
mod medcard;
mod nick;
mod oms;
mod own;
mod passport;
pub(crate) mod phone;
mod plate;
mod plate_form;
mod quantity;
mod secret;
mod serial;
mod snils;
mod vin;

pub(crate) use own::OwnRecognizers;
pub use own::{Checksum, RECOGNIZERS_MAX, Recognizer, RecognizerError};

/// Runs all recognizers except that of people, who are found last.
pub(crate) fn claim_all(view: &View<'_>, claims: &mut Claims) {
    email::claim(view, claims);
    handle::claim(view, claims);
    if !view.pieces.is_empty() {
        frame::claim(view, claims);
        vin::claim(view, claims);
        account::claim(view, claims);
        snils::claim(view, claims);
        birth_cert::claim(view, claims);
        inn::claim(view, claims);
        oms::claim(view, claims);
        card::claim_full(view, claims);
        driver_license::claim(view, claims);
        passport::claim(view, claims);
        phone::claim(view, claims);
        plate::claim(view, claims);
        address::claim(view, claims);
        birthdate::claim(view, claims);
        secret::claim_on_cards(view, claims);
        card::claim_tail(view, claims);
        medcard::claim(view, claims);
        another::claim(view, claims);
        driver_license::claim_unannounced(view, claims);
        phone::claim_local(view, claims);
        announced::claim(view, claims);
        passport::claim_unannounced(view, claims);
    }
    secret::claim(view, claims);
}

/// Runs the recognizers that look at people already found.
pub(crate) fn claim_beside_people(view: &View<'_>, claims: &mut Claims) {
    birthdate::claim_beside_people(view, claims);
    passport::claim_beside_people(view, claims);
}
