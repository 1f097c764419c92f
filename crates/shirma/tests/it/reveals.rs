//! Values shown to people: so many an hour and no more, and P7: none without its leaf.

use shirma::access::Role;
use shirma_store::{Engine, params};

use crate::engines::on_both_engines;
use crate::records::Records;
use crate::staffed::{Staffed, shows_contact};

on_both_engines! {
    a_quota_ends_reveals_and_rings,
    a_value_is_not_shown_when_its_leaf_cannot_be_written,
}

fn a_quota_ends_reveals_and_rings(engine: Engine) {
    let mut staffed = Staffed::open(engine);
    let [_, own] = staffed.with_two_clients();
    let mut news = staffed.person(Role::Owner).listen("/desk/live");
    let ask = format!("{}/reveal/phone", own.1);
    for _shown in 0..30 {
        let shown = staffed.post(Role::Administrator, &ask, &[("reason", "call_back")]);
        assert!(shown.status == 200 && shown.text().contains("147-25-83"));
    }
    for _refused in 0..3 {
        let refused = staffed.post(Role::Administrator, &ask, &[("reason", "call_back")]);
        assert_eq!(refused.status, 422);
        assert!(!shows_contact(&refused.text()));
    }
    news.next_that(|event| event.name == "alarm");
    let alarms = staffed.get(Role::Owner, "/desk/alarms").text();
    assert_eq!(alarms.matches("<h2>Слишком много показов данных").count(), 1);
    assert!(alarms.contains("aria-label=\"новых тревог: 1\""), "the badge");
    // The owner is never stopped, and never without a leaf.
    for _shown in 0..33 {
        let shown = staffed.post(Role::Owner, &ask, &[("reason", "call_back")]);
        assert_eq!(shown.status, 200);
    }
    staffed.house.stop();
    let records = Records::of(&staffed.house);
    let leaves = records.rows("select body from audit_leaf order by seq", |row| row.get::<Vec<u8>>(0));
    let reveals: Vec<String> = leaves
        .iter()
        .map(|body| String::from_utf8_lossy(body).into_owned())
        .filter(|body| body.contains("subject.reveal"))
        .collect();
    assert_eq!(reveals.iter().filter(|body| body.contains("\"ok\"")).count(), 63);
    assert_eq!(reveals.iter().filter(|body| body.contains("\"deny\"")).count(), 1);
}

fn a_value_is_not_shown_when_its_leaf_cannot_be_written(engine: Engine) {
    let mut staffed = Staffed::open(engine);
    let [_, own] = staffed.with_two_clients();
    let ask = format!("{}/reveal/phone", own.1);
    let trap: &[&str] = match engine {
        Engine::Sqlite => &["create trigger no_reveals before insert on audit_leaf
              when instr(cast(new.body as text), 'subject.reveal') > 0
              begin select raise(abort, 'no room'); end"],
        Engine::Postgres => &[
            "create function no_reveals() returns trigger language plpgsql as $$ begin
               if position('subject.reveal' in convert_from(new.body, 'UTF8')) > 0 then raise exception 'no room'; end if;
               return new; end $$",
            "create trigger no_reveals before insert on audit_leaf for each row execute function no_reveals()",
        ],
    };
    staffed.restarted(|house| {
        let records = Records::of(house);
        let laid = records.store().write_blocking(move |tx| {
            for statement in trap {
                tx.execute(*statement, params![])?;
            }
            Ok::<_, shirma_store::Error>(())
        });
        laid.expect("a journal that takes no reveals");
    });
    for role in [Role::Owner, Role::Administrator] {
        let refused = staffed.post(role, &ask, &[("reason", "call_back")]);
        assert_eq!(refused.status, 503, "{role:?}");
        assert!(!shows_contact(&refused.text()));
        let worded = [("reason", "other"), ("words", "вернуть забытый зонт")];
        let refused = staffed.post(role, &ask, &worded);
        assert_eq!((refused.status, shows_contact(&refused.text())), (503, false));
    }
    staffed.house.stop();
    let kept = Records::of(&staffed.house).count("select count(*) from audit_detail");
    assert_eq!(kept, 0, "no words without their leaf");
}
