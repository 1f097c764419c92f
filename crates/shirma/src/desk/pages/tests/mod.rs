//! Every template, filled with texts that try to break out of it.

mod filled;

use askama::Template;

use self::filled::{
    HOSTILE, account, alarms, card, chat_bubbles, clients, dialogs, hostile, journal, members, personal, requests,
    reveal, seen, shell,
};
use super::client::ClientPage;
use super::confirm::ConfirmPage;
use super::consent::ConsentPage;
use super::factor::{FactorOnPage, FactorPage, RecoveryPage};
use super::front::ThanksPage;
use super::invite::{InvitePage, InvitedPage};
use super::journal::ConsentsPage;
use super::keys::KeysPage;
use super::sign_in::{CodePage, LinkPage, PasswordPage, SignInPage};
use crate::desk::chat::{ChatPage, ThreadPart};
use crate::desk::fault::Refusal;
use crate::desk::view::DocumentLine;
use crate::subject::Revealed;

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
