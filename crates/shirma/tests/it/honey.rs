//! Honey clients: whoever touches a client who does not exist rings.

use shirma::access::Role;
use shirma_store::Engine;

use crate::engines::on_both_engines;
use crate::staffed::Staffed;

on_both_engines! {
    a_honey_client_rings_for_whoever_touches_him,
}

fn a_honey_client_rings_for_whoever_touches_him(engine: Engine) {
    let mut staffed = Staffed::open(engine);
    let honey = [("name", "Пётр Примеров"), ("phone", "+7 900 000-00-99")];
    let planted = staffed.post(Role::Owner, "/desk/honey", &honey);
    let card = planted.header("location").expect("a card").to_owned();
    assert!(staffed.get(Role::Owner, &card).text().contains("Больше не приманка"));
    let count = |staffed: &mut Staffed| {
        staffed
            .get(Role::DataOfficer, "/desk/alarms")
            .text()
            .matches("<h2>Открыли клиента-приманку")
            .count()
    };
    assert_eq!(count(&mut staffed), 0, "the owner may look at his trap");
    let page = staffed.get(Role::Administrator, &card).text();
    assert!(
        page.contains("Пётр Примеров") && !page.contains("риманк"),
        "he looks like any other"
    );
    assert_eq!(count(&mut staffed), 1);
    staffed.get(Role::Administrator, &card);
    assert_eq!(count(&mut staffed), 1, "the same one does not ring twice");
    staffed.post(Role::Manager, "/desk/clients", &[("find", "Примеров")]);
    assert_eq!(count(&mut staffed), 2, "a search finds him");
    let page = staffed.get(Role::Owner, "/desk/alarms").text();
    let seen = page
        .split("action=\"/desk/alarms/")
        .nth(1)
        .and_then(|rest| rest.split('"').next());
    let seen = format!("/desk/alarms/{}", seen.expect("an alarm"));
    assert_eq!(staffed.post(Role::Owner, &seen, &[]).status, 303);
    assert_eq!(staffed.post(Role::Owner, &seen, &[]).status, 404, "seen once");
    let shown = staffed.post(
        Role::Administrator,
        &format!("{card}/reveal/phone"),
        &[("reason", "call_back")],
    );
    assert_eq!(shown.status, 200);
    assert!(count(&mut staffed) >= 2);
}
