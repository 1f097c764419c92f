//! Client and manager in a real browser: the chat page, the desk, and what stands between them.

use std::path::PathBuf;

use serde_json::json;

use shirma_store::Engine;

use crate::support::browser::Browser;
use crate::support::house::House;

/// Where screenshots are kept when the variable is set; the house's own folder otherwise.
const SCREENSHOTS: &str = "SHIRMA_SCREENSHOTS";

fn screenshot(browser: &Browser, house: &House, name: &str) {
    let folder = std::env::var_os(SCREENSHOTS).map_or_else(|| house.folder().to_path_buf(), PathBuf::from);
    browser.screenshot(&folder.join(format!("{name}.png")));
}

/// Nothing sticks out to the right, and the page broke no rule of its own.
fn is_sound(browser: &Browser, page: &str) {
    let wide = browser.script(
        "return document.documentElement.scrollWidth - document.documentElement.clientWidth",
        &json!([]),
    );
    assert_eq!(wide, json!(0), "{page} scrolls sideways");
    assert_eq!(browser.complaints(), Vec::<String>::new(), "{page}");
}

#[test]
fn a_manager_signs_in_and_a_client_is_answered_live() {
    let house = House::fresh(Engine::Sqlite);
    let address = format!("http://{}", house.address());
    let manager = Browser::open(1280, 900);
    manager.prefer("light");
    manager.go(&format!("{address}{}", house.sign_in_path()));
    manager.find("button[type=submit]").click();
    for field in manager.find_all("input[type=password]") {
        assert!(field.is_shown(), "a field to type into");
        field.type_in("верблюд на крыше 42");
    }
    manager.find("button[type=submit]").click();
    manager.wait_for_words("body", "Диалоги");
    assert!(manager.url().contains("/desk"), "{}", manager.url());

    let client = Browser::open(360, 740);
    client.prefer("dark");
    client.go(&format!("{address}/chat/demo"));
    client
        .find("textarea")
        .type_in("Здравствуйте, меня зовут Анна Канарейкина, телефон 8 900 111-22-77. Сколько стоит стрижка?");
    client.find("#form button[type=submit]").click();
    client.wait_for_words("#scroll", "Отвечает помощник");
    client.wait_for_words("#scroll", "Даю согласие");
    screenshot(&client, &house, "chat-360-dark");
    is_sound(&client, "the chat page");

    let links = manager.find_all("a");
    assert!(
        links
            .iter()
            .any(|link| link.attribute("href").is_some() && !link.words().is_empty())
    );
    screenshot(&manager, &house, "dialogs-1280-light");
    is_sound(&manager, "the dialogs");

    manager.go(&format!("{address}/desk/journal"));
    manager.wait_for_words("body", "Журнал");
    screenshot(&manager, &house, "journal-1280-light");
    is_sound(&manager, "the journal");
}
