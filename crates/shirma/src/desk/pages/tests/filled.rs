//! Pages filled with texts that try to break out of them.

use shirma_vault::Pii;

use crate::desk::chat::{ChatBubble, Piece};
use crate::desk::codes;
use crate::desk::pages::account::{AccountPage, ColleagueLine, DeviceLine};
use crate::desk::pages::alarm::AlarmsPage;
use crate::desk::pages::client::ClientsPage;
use crate::desk::pages::dialog::{DialogsPage, OpenDialog, SeenPage, TabEntry};
use crate::desk::pages::journal::JournalPage;
use crate::desk::pages::reveal::RevealPage;
use crate::desk::pages::second::RequestsPage;
use crate::desk::pages::staff::StaffPage;
use crate::desk::shell::{Section, Shell};
use crate::desk::view::{
    Account, AlarmLine, Bubble, Card, ClientLine, ConsentState, Contact, DialogHead, Enclosure, EnquiryLine, Hint,
    JournalLine, JournalState, ListItem, MemberLine, RequestLine, RequestOfTwo, Seen, Side,
};
use crate::subject::Revealed;

/// A client who tries everything at once.
pub(super) const HOSTILE: &str =
    "<script>alert(1)</script>\"'><img src=x onerror=alert(2)> style=\"color:red\" {{ 7*7 }} ⟦PERSON_1⟧";

pub(super) fn hostile() -> String {
    HOSTILE.to_owned()
}

pub(super) fn personal() -> Pii<String> {
    HOSTILE.to_owned().into()
}

pub(super) fn shell() -> Shell {
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

pub(super) fn account() -> AccountPage {
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

pub(super) fn card() -> Card {
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

pub(super) fn dialogs(open: bool) -> DialogsPage {
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

pub(super) fn seen(is_answer: bool, unsent: bool) -> SeenPage {
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

pub(super) fn reveal(value: Option<Revealed>) -> RevealPage {
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

pub(super) fn journal() -> JournalPage {
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

pub(super) fn alarms() -> AlarmsPage {
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

pub(super) fn requests() -> RequestsPage {
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

pub(super) fn members() -> StaffPage {
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

pub(super) fn clients() -> ClientsPage {
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

pub(super) fn chat_bubbles() -> Vec<ChatBubble> {
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
