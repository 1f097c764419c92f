//! What needs two people: one asks, another approves, and it is done once.

use shirma::access::Role;
use shirma_store::{Engine, params};

use crate::engines::on_both_engines;
use crate::records::Records;
use crate::staffed::{MAIL, Staffed};

on_both_engines! {
    a_list_of_clients_leaves_the_house_by_two_people_once,
}

fn a_list_of_clients_leaves_the_house_by_two_people_once(engine: Engine) {
    let mut staffed = Staffed::open(engine);
    staffed.with_two_clients();
    let fetch = "/desk/requests/export/fetch";
    assert_eq!(staffed.post(Role::Owner, fetch, &[]).status, 409, "nobody has approved");
    assert_eq!(staffed.post(Role::Owner, "/desk/requests/export", &[]).status, 303);
    let page = staffed.get(Role::Manager, "/desk/requests").text();
    let approve = page.split("action=\"/desk/requests/").find_map(|rest| {
        let id = rest.split('"').next()?.strip_suffix("/approve")?;
        Some(format!("/desk/requests/{id}/approve"))
    });
    let approve = approve.unwrap_or_else(|| panic!("nothing to approve in {page}"));
    assert_eq!(
        staffed.post(Role::Owner, &approve, &[]).status,
        409,
        "one person is not two"
    );
    assert_eq!(staffed.post(Role::Administrator, &approve, &[]).status, 403);
    assert_eq!(staffed.post(Role::Manager, &approve, &[]).status, 303);
    assert_eq!(
        staffed.post(Role::Manager, fetch, &[]).status,
        409,
        "whoever approved did not ask"
    );
    let sheet = staffed.post(Role::Owner, fetch, &[]);
    assert_eq!(sheet.status, 200);
    let kept = sheet.header("content-disposition").unwrap_or_default();
    assert!(kept.starts_with("attachment"), "{kept}");
    let text = sheet.text();
    assert_eq!(text.lines().count(), 3, "{text}");
    assert!(
        text.contains("79001472583") && text.contains(MAIL) && text.contains("К-0002"),
        "{text}"
    );
    assert_eq!(staffed.post(Role::Owner, fetch, &[]).status, 409, "once");
    let journal = staffed.get(Role::Owner, "/desk/journal?filter=staff").text();
    for words in [
        "Попросил второго человека",
        "Разрешил вторым",
        "Использовал разрешение двоих",
        "Выгрузил клиентов",
    ] {
        assert!(journal.contains(words), "{words}");
    }
    // The right is looked at again when it is done.
    staffed.post(Role::Manager, "/desk/requests/export", &[]);
    let page = staffed.get(Role::Owner, "/desk/requests").text();
    let id = page
        .split("id=\"approve-")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .expect("a request")
        .to_owned();
    assert_eq!(
        staffed
            .post(Role::Owner, &format!("/desk/requests/{id}/approve"), &[])
            .status,
        303
    );
    staffed.restarted(|house| {
        let down = Records::of(house);
        let done = down.store().write_blocking(|tx| {
            tx.execute(
                "update staff set role = 'administrator' where role = 'manager'",
                params![],
            )
        });
        assert_eq!(done.expect("a role"), 1);
    });
    assert_eq!(staffed.post(Role::Manager, fetch, &[]).status, 403);
}
