//! The one table of routes: method, address, who may, handler. There is no other way to a page; a test reads the sources
//! to see to it.

use std::sync::Arc;

use axum::extract::DefaultBodyLimit;
use axum::http::Method;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{MethodRouter, get, post};
use axum::{Router, response::Response};

use super::guard::{Door, Gate, MAX_FORM_BYTES, Names};
use super::pages::{
    account, alarm, client, confirm, consent, dialog, factor, front, held, invite, journal, keys, reveal, second,
    sign_in, staff,
};
use super::{asset, chat, fault, guard, header, live};
use crate::access::{Permission, origin};
use crate::app::App;

use Gate::{Needs, Public};
use Permission::{
    Answer, Approve, Assign, Export, ManageStaff, MarkHoney, OpenDesk, ReadAlarms, ReadClients, ReadConsents,
    ReadDialogs, ReadJournal, ReadStaff, Reveal, SeeRequests, SignedIn,
};

/// One route.
pub struct Route {
    /// Its method; `GET` answers `HEAD` too.
    pub method: Method,
    /// Its address.
    pub path: &'static str,
    /// Who may.
    pub gate: Gate,
    handler: fn() -> MethodRouter<Arc<App>>,
}

const fn route(method: Method, path: &'static str, gate: Gate, handler: fn() -> MethodRouter<Arc<App>>) -> Route {
    Route {
        method,
        path,
        gate,
        handler,
    }
}

const GET: Method = Method::GET;
const POST: Method = Method::POST;

/// All of them.
pub const ROUTES: &[Route] = &[
    route(GET, "/", Public, || get(front::front)),
    route(GET, "/assets/{name}", Public, || get(asset::get)),
    route(GET, "/sign-in", Public, || get(sign_in::form)),
    route(POST, "/sign-in", Public, || post(sign_in::submit)),
    route(POST, "/sign-in/code", Public, || post(sign_in::code)),
    route(GET, "/sign-in/{token}", Public, || get(sign_in::link)),
    route(POST, "/sign-in/{token}", Public, || post(sign_in::use_link)),
    route(POST, "/sign-out", Needs(SignedIn), || post(sign_in::sign_out)),
    route(GET, "/password", Needs(SignedIn), || get(sign_in::password_form)),
    route(POST, "/password", Needs(SignedIn), || post(sign_in::set_password)),
    route(GET, "/second-factor", Needs(SignedIn), || get(factor::form)),
    route(POST, "/second-factor", Needs(SignedIn), || post(factor::activate)),
    route(POST, "/second-factor/codes", Needs(SignedIn), || post(factor::renew)),
    route(POST, "/second-factor/drop", Needs(SignedIn), || post(factor::drop_own)),
    route(GET, "/confirm", Needs(SignedIn), || get(confirm::form)),
    route(POST, "/confirm", Needs(SignedIn), || post(confirm::confirm)),
    route(GET, "/account", Needs(SignedIn), || get(account::account)),
    route(POST, "/account/end", Needs(SignedIn), || post(account::end)),
    route(POST, "/account/end-others", Needs(SignedIn), || {
        post(account::end_others)
    }),
    route(POST, "/desk/staff/{staff}/end", Needs(ManageStaff), || {
        post(account::end_all)
    }),
    route(GET, "/desk/invite", Needs(ManageStaff), || get(invite::form)),
    route(POST, "/desk/invite", Needs(ManageStaff), || post(invite::invite)),
    route(GET, "/thanks", Public, || get(front::thanks)),
    route(GET, "/consent/{purpose}/{version}", Public, || get(consent::document)),
    route(GET, "/chat/{site}", Public, || get(chat::page)),
    route(GET, "/chat/{site}/thread", Public, || get(chat::thread)),
    route(GET, "/chat/{site}/events", Public, || get(chat::events)),
    route(POST, "/chat/{site}/messages", Public, || post(chat::write)),
    route(GET, "/desk", Needs(OpenDesk), || get(front::desk)),
    route(GET, "/desk/live", Needs(OpenDesk), || get(live::live)),
    route(GET, "/desk/keys", Needs(OpenDesk), || get(keys::keys)),
    route(GET, "/desk/dialogs", Needs(ReadDialogs), || get(dialog::list)),
    route(GET, "/desk/dialogs/{dialog}", Needs(ReadDialogs), || get(dialog::open)),
    route(GET, "/desk/dialogs/{dialog}/seen/{message}", Needs(ReadDialogs), || {
        get(dialog::seen)
    }),
    route(POST, "/desk/dialogs/{dialog}/reply", Needs(Answer), || {
        post(dialog::reply)
    }),
    route(
        POST,
        "/desk/dialogs/{dialog}/held/{message}/send",
        Needs(Answer),
        || post(held::send),
    ),
    route(
        POST,
        "/desk/dialogs/{dialog}/held/{message}/discard",
        Needs(Answer),
        || post(held::discard),
    ),
    route(POST, "/desk/dialogs/{dialog}/take", Needs(Answer), || {
        post(dialog::take)
    }),
    route(POST, "/desk/dialogs/{dialog}/give-back", Needs(Answer), || {
        post(dialog::give_back)
    }),
    route(POST, "/desk/dialogs/{dialog}/close", Needs(Answer), || {
        post(dialog::close)
    }),
    route(GET, "/desk/clients", Needs(ReadClients), || get(client::list)),
    route(POST, "/desk/clients", Needs(ReadClients), || post(client::find)),
    route(GET, "/desk/clients/{client}", Needs(ReadClients), || get(client::open)),
    route(GET, "/desk/clients/{client}/reveal/{kind}", Needs(Reveal), || {
        get(reveal::ask)
    }),
    route(POST, "/desk/clients/{client}/reveal/{kind}", Needs(Reveal), || {
        post(reveal::show)
    }),
    route(POST, "/desk/clients/{client}/assign", Needs(Assign), || {
        post(client::assign)
    }),
    route(POST, "/desk/clients/{client}/unassign", Needs(Assign), || {
        post(client::unassign)
    }),
    route(POST, "/desk/clients/{client}/honey", Needs(MarkHoney), || {
        post(alarm::mark)
    }),
    route(POST, "/desk/honey", Needs(MarkHoney), || post(alarm::plant)),
    route(GET, "/desk/alarms", Needs(ReadAlarms), || get(alarm::list)),
    route(POST, "/desk/alarms/{alarm}/seen", Needs(ReadAlarms), || {
        post(alarm::see)
    }),
    route(GET, "/desk/requests", Needs(SeeRequests), || get(second::list)),
    route(POST, "/desk/requests/export", Needs(Export), || {
        post(second::ask_export)
    }),
    route(POST, "/desk/requests/export/fetch", Needs(Export), || {
        post(second::fetch_export)
    }),
    route(POST, "/desk/requests/{request}/approve", Needs(Approve), || {
        post(second::approve)
    }),
    route(POST, "/desk/requests/{request}/refuse", Needs(Approve), || {
        post(second::refuse)
    }),
    route(GET, "/desk/staff", Needs(ReadStaff), || get(staff::list)),
    route(POST, "/desk/staff/{staff}", Needs(ManageStaff), || post(staff::change)),
    route(POST, "/desk/staff/{staff}/disable", Needs(ManageStaff), || {
        post(staff::disable)
    }),
    route(GET, "/desk/journal", Needs(ReadJournal), || get(journal::journal)),
    route(GET, "/desk/consents", Needs(ReadConsents), || get(journal::consents)),
];

/// All pages, each behind its door.
pub fn router(app: Arc<App>) -> Router<Arc<App>> {
    let is_secure = origin::is_secure(&app.settings.public_address());
    let mut router = Router::new();
    for route in ROUTES {
        let door = Door {
            app: Arc::clone(&app),
            gate: route.gate,
            names: Names::of(route.path),
            is_page: ROUTES
                .iter()
                .any(|other| other.path == route.path && other.method == Method::GET),
        };
        router = router.route(
            route.path,
            (route.handler)().layer(from_fn_with_state(door, guard::check)),
        );
    }
    router
        .layer(DefaultBodyLimit::max(MAX_FORM_BYTES))
        .layer(from_fn(retitled))
        .layer(from_fn_with_state(is_secure, header::add))
}

/// Addresses nobody declared.
pub async fn not_found() -> fault::Refusal {
    fault::Refusal::NotFound
}

/// A path or form the framework could not read, and a method nobody declared, get our page and not its bare line.
async fn retitled(request: axum::extract::Request, next: axum::middleware::Next) -> Response {
    use axum::http::{StatusCode, header::CONTENT_TYPE};
    use axum::response::IntoResponse;
    let response = next.run(request).await;
    let is_bare = response
        .headers()
        .get(CONTENT_TYPE)
        .is_none_or(|kind| kind.as_bytes().starts_with(b"text/plain"));
    match response.status() {
        StatusCode::BAD_REQUEST | StatusCode::UNPROCESSABLE_ENTITY | StatusCode::UNSUPPORTED_MEDIA_TYPE if is_bare => {
            fault::Refusal::Unreadable.into_response()
        }
        StatusCode::PAYLOAD_TOO_LARGE if is_bare => fault::Refusal::TooLarge.into_response(),
        _ => response,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_page_has_a_route_outside_the_table() {
        let found = crate::sources::below("desk");
        assert!(found.len() > 10);
        for (path, text) in found {
            let routes = text.matches(concat!(".rou", "te(")).count();
            let expected = usize::from(path.ends_with("desk/routes.rs"));
            assert_eq!(routes, expected, "{path} declares routes of its own");
        }
    }

    /// A place in an address is a thing somebody may have no business with: what the guard does not know nobody asks about.
    #[test]
    fn every_place_in_an_address_of_the_desk_is_known_to_the_guard() {
        for route in ROUTES.iter().filter(|route| route.path.starts_with("/desk")) {
            let first = route.path.split('{').nth(1).and_then(|rest| rest.split('}').next());
            let expected = match first {
                Some("client") => Names::Client,
                Some("dialog") => Names::Dialog,
                // Rights alone decide about these: no role meets only some of them.
                Some("alarm" | "request" | "staff") | None => Names::NoClient,
                Some(other) => panic!("{}: say in guard.rs whose {{{other}}} is", route.path),
            };
            assert_eq!(Names::of(route.path), expected, "{}", route.path);
        }
    }

    #[test]
    fn no_route_is_declared_twice() {
        for (index, one) in ROUTES.iter().enumerate() {
            let twin = ROUTES[index + 1..]
                .iter()
                .find(|other| other.path == one.path && other.method == one.method);
            assert!(twin.is_none(), "{} {}", one.method, one.path);
        }
    }

    #[test]
    fn whatever_lies_under_the_desk_needs_a_right() {
        for route in ROUTES.iter().filter(|route| route.path.starts_with("/desk")) {
            assert!(matches!(route.gate, Needs(_)), "{}", route.path);
            let changes = route.method != GET && route.path != "/desk/clients";
            assert!(
                !changes
                    || !matches!(
                        route.gate,
                        Needs(OpenDesk | ReadDialogs | ReadClients | ReadJournal | ReadConsents)
                    ),
                "{}",
                route.path
            );
        }
    }
}
