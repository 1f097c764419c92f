//! Every template, filled with texts that try to break out of it.

use askama::Template;
use shirma_vault::Pii;

use super::account::{AccountPage, ColleagueLine, DeviceLine};
use super::alarm::AlarmsPage;
use super::client::{ClientPage, ClientsPage};
use super::confirm::ConfirmPage;
use super::consent::ConsentPage;
use super::dialog::{DialogsPage, OpenDialog, SeenPage, TabEntry};
use super::factor::{FactorOnPage, FactorPage, RecoveryPage};
use super::front::ThanksPage;
use super::invite::{InvitePage, InvitedPage};
use super::journal::{ConsentsPage, JournalPage};
use super::keys::KeysPage;
use super::reveal::RevealPage;
use super::second::RequestsPage;
use super::sign_in::{CodePage, LinkPage, PasswordPage, SignInPage};
use super::staff::StaffPage;
use crate::desk::chat::{ChatBubble, ChatPage, Piece, ThreadPart};
use crate::desk::codes;
use crate::desk::fault::Refusal;
use crate::desk::shell::{Section, Shell};
use crate::desk::view::{
    Account, AlarmLine, Bubble, Card, ClientLine, ConsentState, Contact, DialogHead, DocumentLine, Enclosure,
    EnquiryLine, Hint, JournalLine, JournalState, ListItem, MemberLine, RequestLine, RequestOfTwo, Seen, Side,
};
use crate::subject::Revealed;

/// A client who tries everything at once.
const HOSTILE: &str =
    "<script>alert(1)</script>\"'><img src=x onerror=alert(2)> style=\"color:red\" {{ 7*7 }} ⟦PERSON_1⟧";

fn hostile() -> String {
    HOSTILE.to_owned()
}

fn personal() -> Pii<String> {
    HOSTILE.to_owned().into()
}

fn shell() -> Shell {
    Shell {
        section: Section::Dialogs,
        waiting: 120,
        name: personal(),
        initials: personal(),
        role: "Владелец",
        csrf: "ab".repeat(32),
        may_dialogs: true,
        may_journal: true,
        may_alarms: true,
        may_requests: true,
        may_staff: true,
        may_invite: true,
        alarms: 2,
        demo_chat: Some("/chat/demo".to_owned()),
    }
}

fn account() -> AccountPage {
    let device = |is_this| DeviceLine {
        label: hostile(),
        device: hostile(),
        since: hostile(),
        seen: hostile(),
        is_this,
    };
    AccountPage {
        shell: shell(),
        own: vec![device(true), device(false)],
        others: vec![ColleagueLine {
            staff: 1,
            who: personal(),
            devices: hostile(),
            seen: hostile(),
        }],
        has_factor: true,
    }
}

fn card() -> Card {
    Card {
        id: 1,
        code: "К-0412".to_owned(),
        earlier_codes: vec!["К-0007".to_owned()],
        name: personal(),
        since: "27.11.2026".to_owned(),
        contacts: vec![Contact {
            kind: "phone",
            words: "Телефон",
            masked: hostile(),
            proven: true,
        }],
        consents: ["granted", "none"].map(consent).into(),
        accounts: vec![Account {
            channel: "Сайт",
            display: personal(),
            reachable: false,
            dialog: Some(5),
        }],
        enquiries: vec![EnquiryLine {
            kind: "Запись",
            state: "открыто",
            is_open: true,
            at: hostile(),
            wish: Some(personal()),
        }],
        requests: vec![RequestLine {
            is_withdrawal: true,
            is_open: true,
            due: hostile(),
        }],
        hints: vec![Hint {
            card: 2,
            code: "К-0413".to_owned(),
            name: personal(),
            reason: "совпал телефон",
        }],
        may_reveal: true,
        may_assign: true,
        assigned: vec![(3, personal())],
        candidates: vec![(4, personal())],
        honey: Some(true),
    }
}

fn consent(state: &str) -> ConsentState {
    ConsentState {
        purpose: "Ответы помощника",
        purpose_name: "assistant".to_owned(),
        state: state.to_owned(),
        date: "27.11.2026".to_owned(),
        channel: "Сайт",
        version: i64::from(state == "granted"),
    }
}

fn bubble(side: Side, state: &'static str) -> Bubble {
    Bubble {
        id: 7,
        side,
        author: personal(),
        day: Some("пт, 27 ноября".to_owned()),
        time: "18:00".to_owned(),
        text: Some(personal()),
        enclosures: vec![Enclosure {
            kind: "Файл",
            name: Some(personal()),
        }],
        edited: true,
        removed: false,
        pressed: side == Side::Client,
        eye: true,
        held: side == Side::House,
        settled: None,
        draft: (side == Side::House).then(personal),
        delivery: Some((state, "не ушло")),
        possible_duplicate: true,
    }
}

fn dialogs(open: bool) -> DialogsPage {
    let head = DialogHead {
        id: 5,
        card: 1,
        name: personal(),
        code: "К-0412".to_owned(),
        channel: "Сайт",
        state: "waiting".to_owned(),
        state_words: "Ждёт сотрудника",
        reason: Some("Клиент попросил человека"),
        responsible: Some(personal()),
        mine: false,
        reachable: true,
    };
    let open_dialog = OpenDialog {
        head,
        bubbles: vec![
            bubble(Side::Client, "clock"),
            bubble(Side::Program, "check"),
            bubble(Side::House, "alert"),
        ],
        earlier: Some(3),
        is_past: true,
        card: Some(card()),
        once: "123".to_owned(),
        problem: Some("Напишите ответ: поле пустое."),
        draft: Some(personal()),
    };
    let item = ListItem {
        id: 5,
        name: personal(),
        code: "К-0412".to_owned(),
        channel: "Сайт",
        time: "5 мин".to_owned(),
        prefix: "Помощник: ",
        preview: personal(),
        wait: Some(("12 мин".to_owned(), "long")),
        without_consent: true,
        reason: Some("Нужен сотрудник"),
        assisted: true,
        responsible: Some(personal()),
    };
    DialogsPage {
        shell: shell(),
        tabs: vec![TabEntry {
            name: "waiting",
            words: "Ждут ответа",
            count: 3,
            current: true,
        }],
        tab_name: "waiting",
        list: if open { vec![item] } else { Vec::new() },
        more: Some(100),
        open_id: open.then_some(5),
        open: open.then_some(open_dialog),
        outcomes: vec![("booked", "Записан")],
    }
}

fn seen(is_answer: bool, unsent: bool) -> SeenPage {
    let masked = format!("{HOSTILE} [Клиент-17]");
    let seen = Seen {
        dialog: 5,
        code: "К-0412".to_owned(),
        is_answer,
        by_staff: false,
        at: "пт, 27 ноября, 18:00".to_owned(),
        real: codes::align(&format!("{HOSTILE} {HOSTILE}"), &masked),
        masked: codes::cut(&masked),
        codes: 1,
        unsent,
    };
    SeenPage {
        shell: shell(),
        seen,
        codes_words: "1 код".to_owned(),
    }
}

fn reveal(value: Option<Revealed>) -> RevealPage {
    RevealPage {
        shell: shell(),
        card: 1,
        code: "К-0412".to_owned(),
        kind: "phone",
        field_words: "телефон",
        is_phone: true,
        reasons: vec![("call_back", "Перезвонить")],
        problem: Some("Напишите причину: не короче 10 знаков."),
        value,
        reason_words: "перезвонить".to_owned(),
    }
}

fn journal() -> JournalPage {
    let line = JournalLine {
        seq: 41,
        at: hostile(),
        who: personal(),
        who_kind: "staff",
        act: hostile(),
        fields: hostile(),
        code: "К-0412".to_owned(),
        purpose: hostile(),
        detail: Some(personal()),
        outcome: "deny",
    };
    JournalPage {
        shell: shell(),
        state: JournalState {
            size: "42".to_owned(),
            root: "00".repeat(32),
            mark: Some((hostile(), "40".to_owned())),
            check: Some((hostile(), false)),
            copy: Some(hostile()),
            copy_warning: Some("Отметок нет."),
        },
        filters: vec![("all", "Все", true)],
        filter_name: "all",
        lines: vec![line],
        next: Some(1),
    }
}

fn alarms() -> AlarmsPage {
    let line = AlarmLine {
        id: 1,
        at: hostile(),
        title: "Открыли клиента-приманку",
        advice: "Поговорите с сотрудником.",
        who: personal(),
        card: Some((1, "К-0412".to_owned())),
        seen: false,
    };
    AlarmsPage {
        shell: shell(),
        alarms: vec![line],
        may_plant: true,
        may_open: true,
    }
}

fn requests() -> RequestsPage {
    let line = RequestOfTwo {
        id: 1,
        action: "Выгрузка всех клиентов с контактами",
        code: "К-0412".to_owned(),
        who: personal(),
        at: hostile(),
        until: hostile(),
        state: "ждёт второго человека",
        second: Some(personal()),
        may_decide: true,
        may_fetch: true,
    };
    RequestsPage {
        shell: shell(),
        requests: vec![line],
        may_export: true,
        problem: Some("Второй человек ещё не разрешил."),
    }
}

fn members() -> StaffPage {
    let line = MemberLine {
        id: 3,
        name: personal(),
        login: hostile(),
        role: "Мастер",
        role_name: "master",
        state: "работает",
        until_day: "2026-12-31".to_owned(),
        until: hostile(),
        may_change: true,
    };
    StaffPage {
        shell: shell(),
        members: vec![line],
        roles: vec![("master", "Мастер")],
        problem: Some("Свою роль и свой срок не меняют: попросите другого владельца."),
    }
}

fn clients() -> ClientsPage {
    let line = ClientLine {
        id: 1,
        code: "К-0412".to_owned(),
        name: personal(),
        phone: hostile(),
        consent: "withdrawn".to_owned(),
        channels: hostile(),
        last: hostile(),
    };
    ClientsPage {
        shell: shell(),
        clients: vec![line],
        next: Some(2),
        typed: personal(),
        is_search: true,
        found_words: "Найден 1 клиент".to_owned(),
    }
}

fn chat_bubbles() -> Vec<ChatBubble> {
    [true, false]
        .map(|mine| ChatBubble {
            mine,
            by: "Помощник",
            day: Some("пт, 27 ноября".to_owned()),
            time: "18:00".to_owned(),
            text: mine.then(personal),
            pieces: vec![
                Piece {
                    text: hostile(),
                    is_link: false,
                },
                Piece {
                    text: format!("https://example.ru/{HOSTILE}"),
                    is_link: true,
                },
            ],
            pressed: false,
            removed: false,
            links: vec![(hostile(), format!("https://example.ru/{HOSTILE}"))],
            buttons: vec![(hostile(), hostile())],
            contact: Some(hostile()),
            once: "answer-7".to_owned(),
        })
        .into()
}

/// Every page of the desk and the public ones, by name.
fn all_pages() -> Vec<(&'static str, String)> {
    let document = DocumentLine {
        purpose: "assistant".to_owned(),
        purpose_words: "Ответы помощника",
        version: 1,
        title: hostile(),
        sha256: "00".repeat(32),
        published: hostile(),
        current: true,
        granted: 1,
        refused: 0,
        withdrawn: 0,
    };
    let consent = ConsentPage {
        purpose: "assistant",
        title: hostile(),
        body: hostile(),
        version: 1,
        sha256: "00".repeat(32),
        published: "27.11.2026".to_owned(),
    };
    let chat = ChatPage {
        title: hostile(),
        initials: hostile(),
        site: "demo".to_owned(),
        by_people: false,
        bubbles: chat_bubbles(),
        once: "1".to_owned(),
        problem: Some("Подождите минуту."),
    };
    let password = PasswordPage {
        problem: Some("Пароль короткий."),
        login: hostile(),
        name: shirma_vault::Pii::new(hostile()),
        csrf: "00".to_owned(),
    };
    let secret = || shirma_vault::SecretString::new(hostile());
    let code = CodePage {
        step: secret(),
        failed: true,
    };
    let factor = FactorPage {
        picture: shirma_vault::SecretString::new(crate::qr::svg(HOSTILE, "QR-код")),
        secret: secret(),
        failed: true,
        put_off: Some("ещё 7 дней".to_owned()),
        csrf: "00".to_owned(),
    };
    let factor_on = FactorOnPage {
        left: "7 резервных кодов".to_owned(),
        csrf: "00".to_owned(),
    };
    let recovery = RecoveryPage {
        codes: vec![secret(), secret()],
    };
    let confirm = ConfirmPage {
        back: hostile(),
        has_factor: true,
        failed: true,
        csrf: "00".to_owned(),
    };
    let invite = InvitePage {
        shell: shell(),
        problem: Some("Это имя занято."),
        login: hostile(),
        name: personal(),
        roles: vec![("owner", "Владелец")],
        lives: vec![("hour", "час")],
    };
    let invited = InvitedPage {
        shell: shell(),
        login: hostile(),
        link: secret(),
        picture: shirma_vault::SecretString::new(crate::qr::svg(HOSTILE, "QR-код")),
        life: "час",
    };
    let pages: Vec<(&'static str, Result<String, askama::Error>)> = vec![
        ("dialogs", dialogs(true).render()),
        ("no dialogs", dialogs(false).render()),
        ("seen message", seen(false, false).render()),
        ("seen answer", seen(true, false).render()),
        ("seen unsent", seen(true, true).render()),
        ("reveal question", reveal(None).render()),
        ("reveal value", reveal(Some(Revealed::for_test(HOSTILE))).render()),
        ("clients", clients().render()),
        (
            "client",
            ClientPage {
                shell: shell(),
                card: Some(card()),
            }
            .render(),
        ),
        ("journal", journal().render()),
        (
            "consents",
            ConsentsPage {
                shell: shell(),
                documents: vec![document],
            }
            .render(),
        ),
        ("alarms", alarms().render()),
        ("requests", requests().render()),
        ("staff", members().render()),
        ("keys", KeysPage { shell: shell() }.render()),
        ("consent", consent.render()),
        ("chat", chat.render()),
        (
            "chat part",
            ThreadPart {
                site: "demo".to_owned(),
                bubbles: chat_bubbles(),
            }
            .render(),
        ),
        (
            "sign in",
            SignInPage {
                failed: true,
                too_often: true,
                signed_out: true,
            }
            .render(),
        ),
        ("link", LinkPage { open: true }.render()),
        ("old link", LinkPage { open: false }.render()),
        ("password", password.render()),
        ("code", code.render()),
        ("second factor", factor.render()),
        ("second factor on", factor_on.render()),
        ("recovery codes", recovery.render()),
        ("confirm", confirm.render()),
        ("account", account().render()),
        ("invite", invite.render()),
        ("invited", invited.render()),
        ("thanks", ThanksPage.render()),
    ];
    pages.into_iter().map(|(name, page)| (name, page.unwrap())).collect()
}

#[test]
fn hostile_texts_stay_texts() {
    for (name, page) in all_pages() {
        for dangerous in ["<script>alert", "<img", "\"'>", "style=\"color"] {
            assert!(!page.contains(dangerous), "{dangerous} in {name}");
        }
    }
    assert!(
        all_pages()
            .iter()
            .any(|(_, page)| page.contains("&#60;script&#62;alert(1)"))
    );
}

#[test]
fn no_page_holds_a_script_or_style_of_its_own() {
    for (name, page) in all_pages() {
        let page = page.to_lowercase();
        for piece in page.split("<script").skip(1) {
            assert!(
                piece.starts_with(" src=\"/assets/") && piece.contains("></script>"),
                "script in {name}"
            );
        }
        assert!(!page.contains("<style"), "style in {name}");
        for tag in page
            .split('<')
            .skip(1)
            .filter_map(|rest| rest.split_once('>').map(|(tag, _)| tag))
        {
            let outside_of_values: String = tag.split('"').step_by(2).collect();
            for word in outside_of_values.split_whitespace().skip(1) {
                let is_handler = word.starts_with("on") && word.contains('=');
                assert!(!is_handler && !word.starts_with("style="), "{word} in {name}");
            }
        }
        assert!(!page.contains("javascript:"), "address in {name}");
    }
}

#[test]
fn every_form_of_the_desk_carries_its_code() {
    for (name, page) in all_pages() {
        for form in page.split("<form").skip(1) {
            let form = form.split("</form>").next().unwrap();
            let is_public = [
                "action=\"/chat/",
                "action=\"/sign-in",
                "method=\"post\" class=\"stack\">",
            ]
            .iter()
            .any(|mark| form.contains(mark));
            assert!(
                is_public || form.contains("name=\"csrf\""),
                "a form of {name} has no code"
            );
        }
    }
}

#[test]
fn every_page_is_russian_and_has_a_title() {
    for (name, page) in all_pages().into_iter().filter(|(name, _)| *name != "chat part") {
        assert!(page.contains("<html lang=\"ru\">"), "{name}");
        let title = page
            .split("<title>")
            .nth(1)
            .and_then(|rest| rest.split("</title>").next());
        assert!(title.is_some_and(|title| !title.trim().is_empty()), "{name}");
    }
}

#[test]
fn an_error_page_says_what_to_do_and_its_code() {
    use axum::response::IntoResponse;
    for (refusal, status) in [
        (Refusal::NotFound, 404),
        (Refusal::Denied, 403),
        (Refusal::Foreign, 403),
        (Refusal::Unreadable, 400),
        (Refusal::TooLarge, 413),
        (Refusal::Broken(crate::app::Fault::Journal), 503),
        (Refusal::SignedOut, 303),
    ] {
        assert_eq!(refusal.into_response().status(), status);
    }
}
