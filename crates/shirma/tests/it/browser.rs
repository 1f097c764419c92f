//! Client and manager in real browsers, from the first word to the signing out: the chat page, the desk, and what
//! stands between them. Every page is looked at in both widths and both colours for what a person would stumble over.

use std::path::PathBuf;

use serde_json::json;
use shirma_store::Engine;

use crate::street::Street;
use crate::support::browser::Browser;
use crate::support::house::House;
use crate::support::patience::wait_for;

/// Where screenshots are kept when the variable is set; the house's own folder otherwise.
const SCREENSHOTS: &str = "SHIRMA_SCREENSHOTS";

const WIDE: (u32, u32) = (1280, 900);
const NARROW: (u32, u32) = (360, 740);
const PASSWORD: &str = "верблюд на крыше 42";
const NAME: &str = "Анна Канарейкина";
const PHONE: &str = "8 900 111-22-77";

/// Words of a page whose contrast with what lies behind them is under 4.5:1 (WCAG 2.2, 1.4.3), or 3:1 when large.
const FAINT_WORDS: &str = r#"
document.getAnimations().forEach((animation) => animation.finish());
const parse = (colour) => { const n = colour.match(/[\d.]+/g).map(Number); return colour.startsWith("color(srgb") ? [n[0]*255, n[1]*255, n[2]*255, n[3] ?? 1] : [n[0], n[1], n[2], n[3] ?? 1]; };
const light = ([r, g, b]) => { const f = (c) => { c /= 255; return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4; }; return 0.2126 * f(r) + 0.7152 * f(g) + 0.0722 * f(b); };
const over = (top, base) => top.slice(0, 3).map((c, i) => c * top[3] + base[i] * (1 - top[3]));
const behind = (node) => { const layers = []; for (let at = node; at; at = at.parentElement) { const c = parse(getComputedStyle(at).backgroundColor); if (c[3] > 0) layers.push(c); if (c[3] === 1) break; } return layers.reduceRight((base, top) => over(top, base), [255, 255, 255]); };
const faint = [];
for (const node of document.querySelectorAll("body *")) {
  const own = [...node.childNodes].some((child) => child.nodeType === 3 && child.textContent.trim());
  const style = getComputedStyle(node);
  if (!own || !node.checkVisibility({ opacityProperty: true, visibilityProperty: true }) || node.matches(":disabled, .aside")) continue;
  const base = behind(node);
  const [a, b] = [light(over(parse(style.color), base)), light(base)];
  const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  const size = parseFloat(style.fontSize);
  const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
  if (ratio < (large ? 3 : 4.5)) faint.push(node.tagName + "." + node.className + " " + ratio.toFixed(2) + " " + node.textContent.trim().slice(0, 40));
}
return faint;"#;

/// Things to press or fill in that a screen reader could not name.
const NAMELESS: &str = r#"
return [...document.querySelectorAll("a[href], button, input:not([type=hidden]), textarea, select, summary")]
  .filter((node) => node.checkVisibility())
  .filter((node) => !(node.getAttribute("aria-label") || node.innerText.trim() || node.title || node.labels?.[0]?.innerText.trim()))
  .map((node) => node.outerHTML.slice(0, 120));"#;

fn words_of(list: &serde_json::Value) -> Vec<String> {
    let items = list.as_array().expect("the script gives a list");
    items
        .iter()
        .map(|item| item.as_str().unwrap_or_default().to_owned())
        .collect()
}

/// Nothing sticks out, no word is too faint, everything to press has a name, and the page broke no rule of its own.
fn is_sound(browser: &Browser, house: &House, page: &str) {
    let folder = std::env::var_os(SCREENSHOTS).map_or_else(|| house.folder().to_path_buf(), PathBuf::from);
    for scheme in ["light", "dark"] {
        browser.prefer(scheme);
        let faint = words_of(&browser.script(FAINT_WORDS, &json!([])));
        browser.screenshot(&folder.join(format!("{page}-{scheme}.png")));
        assert_eq!(faint, Vec::<String>::new(), "{page}, {scheme}: words too faint");
    }
    let wide = browser.script(
        "return document.documentElement.scrollWidth - document.documentElement.clientWidth",
        &json!([]),
    );
    assert_eq!(wide, json!(0), "{page} scrolls sideways");
    let nameless = words_of(&browser.script(NAMELESS, &json!([])));
    assert_eq!(nameless, Vec::<String>::new(), "{page}: nothing says what it is");
    assert_eq!(browser.complaints(), Vec::<String>::new(), "{page}");
}

fn words_of_page(browser: &Browser) -> String {
    let text = browser.script("return document.body.innerText", &json!([]));
    text.as_str().unwrap_or_default().to_owned()
}

fn home(house: &House) -> String {
    format!("http://{}", house.address())
}

/// A manager comes in by the one-time link and sets a password.
fn signed_in(house: &House, size: (u32, u32)) -> Browser {
    let manager = Browser::open(size.0, size.1);
    manager.go(&format!("{}{}", home(house), house.sign_in_path()));
    is_sound(&manager, house, &format!("link-{}", size.0));
    manager.press("button[type=submit]", "");
    for field in ["password", "again"] {
        manager.type_in(&format!("input[name={field}]"), PASSWORD);
    }
    is_sound(&manager, house, &format!("password-{}", size.0));
    manager.press("button[type=submit]", "");
    manager.wait_for_words("h1", "Второй шаг входа");
    is_sound(&manager, house, &format!("second-factor-{}", size.0));
    manager.press("a.button", "Позже");
    wait_for("the desk", || manager.url().contains("/desk").then_some(()));
    manager
}

fn client_of(house: &House) -> Browser {
    let client = Browser::open(NARROW.0, NARROW.1);
    client.go(&format!("{}/chat/demo", home(house)));
    client
}

fn say(client: &Browser, words: &str) {
    client.type_in("textarea", words);
    client.press("#form button[type=submit]", "");
    client.wait_for_words("#scroll", words.split('?').next().unwrap_or(words));
}

/// Equal weight of the two answers: the same size, type and colours (152-FZ art. 9 (1): consent is free).
fn offers_equal_buttons(client: &Browser) {
    let shapes = client.script(
        r#"return [...document.querySelectorAll(".answers")].find((answers) => answers.innerText.includes("Даю согласие")).querySelectorAll("button").values().map((button) => {
             const box = button.getBoundingClientRect(), style = getComputedStyle(button);
             return [Math.round(box.width), Math.round(box.height), style.fontWeight, style.fontSize, style.color, style.backgroundColor, style.borderColor].join(" ");
           }).toArray();"#,
        &json!([]),
    );
    let shapes = words_of(&shapes);
    assert_eq!(shapes.len(), 2, "yes and no: {shapes:?}");
    assert_eq!(shapes[0], shapes[1], "one answer weighs more than the other");
}

#[test]
fn a_client_is_answered_live_and_a_manager_sees_reveals_and_replies() {
    let street = Street::with_model(Engine::Sqlite);
    let house = &street.house;
    let manager = signed_in(house, WIDE);
    is_sound(&manager, house, "dialogs-empty-1280");

    // The client asks, agrees and is called by his name.
    let client = client_of(house);
    is_sound(&client, house, "chat-empty-360");
    say(
        &client,
        &format!("Здравствуйте, меня зовут {NAME}, телефон {PHONE}. Сколько стоит стрижка?"),
    );
    client.wait_for_words("#scroll", "Даю согласие");
    offers_equal_buttons(&client);
    is_sound(&client, house, "chat-asked-360");
    client.press(".answers button", "Даю согласие");
    client.wait_for_words("#scroll", "огласие записано");
    say(&client, "Это опять Анна Канарейкина. Есть ли у вас лимонад?");
    client.wait_for_words(".bubble.house", "Канарейкин");
    let told = street.model.received().concat();
    assert!(
        !told.is_empty() && !String::from_utf8_lossy(&told).contains("Канарейкин"),
        "the model answered without the name"
    );
    is_sound(&client, house, "chat-answered-360");

    // The dialog came into the manager's list by itself.
    manager.press(".tabs a", "У помощника");
    manager.press("a.dialog-item", "");
    manager.wait_for_words("#thread", "Сколько стоит стрижка");
    manager.wait_for_words("#card", "Телефон");
    is_sound(&manager, house, "thread-1280");
    assert!(
        !words_of_page(&manager).contains("+7 900 111-22-77"),
        "the card shows a phone unasked"
    );

    // The eye: both texts side by side, and only codes on the assistant's side.
    manager.press(".eye", "");
    manager.wait_for_words("dialog", "Помощник увидел");
    let seen = manager.words("dialog .side:last-child .text");
    assert!(seen.contains("[Клиент-") && seen.contains("[Телефон-"), "{seen}");
    assert!(!seen.contains("Канарейкин") && !seen.contains("111-22-77"), "{seen}");
    let written = manager.words("dialog .side:first-child .text");
    assert!(written.contains(NAME) && written.contains(PHONE), "{written}");
    is_sound(&manager, house, "eye-1280");
    manager.press("dialog [data-close]", "");

    // The number is shown for a reason, for a minute, with a trace.
    manager.press(".contact a", "Показать");
    manager.wait_for_words("dialog", "Зачем");
    is_sound(&manager, house, "reveal-ask-1280");
    manager.press("dialog button[type=submit]", "Показать");
    manager.wait_for_words("dialog .revealed", "111-22-77");
    is_sound(&manager, house, "reveal-shown-1280");
    manager.press("dialog [data-close]", "Скрыть");

    // A person answers: the client sees it without a reload, and the assistant is silent from now on.
    let reply = "Добрый день, это Ольга. Окно завтра в три свободно.";
    manager.type_in(".composer textarea", reply);
    manager.press(".composer button", "Отправить");
    client.wait_for_words("#scroll", "Окно завтра в три свободно");
    let before = client.count(".bubble.house");
    say(&client, "Сколько стоит маникюр?");
    manager.wait_for_words("#messages", "Сколько стоит маникюр");
    manager.type_in(".composer textarea", "Две тысячи.");
    manager.press(".composer button", "Отправить");
    client.wait_for_words("#scroll", "Две тысячи.");
    assert_eq!(
        client.count(".bubble.house"),
        before + 1,
        "only the person has answered"
    );
    is_sound(&client, house, "chat-person-360");
    is_sound(&manager, house, "thread-person-1280");

    // Handed back, the assistant speaks again.
    manager.press(".thread-head button", "Вернуть помощнику");
    manager.wait_for_words(".thread-head", "помощник");
    say(&client, "Где вы находитесь?");
    wait_for("the assistant's answer", || {
        (client.count(".bubble.house") > before + 1).then_some(())
    });

    for (page, words) in [
        ("journal", "Журнал"),
        ("consents", "Соглас"),
        ("clients", "К-"),
        ("keys", "Клавиши"),
        ("invite", "Пригласить"),
        ("staff", "Сотрудники"),
        ("alarms", "Тревоги"),
        ("requests", "Второй человек"),
    ] {
        manager.go(&format!("{}/desk/{page}", home(house)));
        manager.wait_for_words("body", words);
        is_sound(&manager, house, &format!("{page}-1280"));
    }
    manager.go(&format!("{}/desk/journal", home(house)));
    manager.wait_for_words("body", "Показ");
    assert!(
        !words_of_page(&manager).contains("111-22-77"),
        "the journal holds a number"
    );

    for (page, words) in [("account", "Входы"), ("confirm", "Подтвердите")] {
        manager.go(&format!("{}/{page}", home(house)));
        manager.wait_for_words("body", words);
        is_sound(&manager, house, &format!("{page}-1280"));
    }
    manager.go(&format!("{}/desk/invite", home(house)));
    manager.type_in("input[name=login]", "olga");
    manager.press("button[type=submit]", "Сделать ссылку");
    manager.wait_for_words("h1", "Ссылка для «olga»");
    is_sound(&manager, house, "invited-1280");

    // Out means out.
    manager.press("details.me summary", "");
    manager.press(".me button", "Выйти");
    wait_for("the farewell", || manager.url().contains("/sign-in?out").then_some(()));
    manager.go(&format!("{}/desk/dialogs", home(house)));
    assert!(manager.url().ends_with("/sign-in"), "{}", manager.url());
    is_sound(&manager, house, "sign-in-1280");
}

#[test]
fn a_manager_with_a_telephone_does_the_same_and_a_refusal_still_books() {
    let house = House::fresh(Engine::Sqlite);
    let manager = signed_in(&house, NARROW);
    let client = client_of(&house);
    say(&client, "Хочу записаться на стрижку, меня зовут Венера Канарейкина");
    client.wait_for_words("#scroll", "Даю согласие");
    client.press(".answers button", "Не");
    say(&client, "Запишите на завтра к 15:00");
    client.wait_for_words(".bubble.house", "телефон");
    is_sound(&client, &house, "chat-refused-360");

    manager.press(".tabs a", "У помощника");
    is_sound(&manager, &house, "dialogs-360");
    manager.press("a.dialog-item", "");
    manager.wait_for_words("#thread", "Запишите на завтра");
    is_sound(&manager, &house, "thread-360");
    manager.press(".thread-head a", "Карточка");
    manager.wait_for_words("#card", "Соглас");
    is_sound(&manager, &house, "card-360");
    for (page, words) in [
        ("desk/journal", "Журнал"),
        ("desk/clients", "К-"),
        ("desk/consents", "Соглас"),
        ("desk/invite", "Пригласить"),
        ("desk/staff", "Сотрудники"),
        ("desk/alarms", "Тревоги"),
        ("desk/requests", "Второй человек"),
        ("account", "Входы"),
        ("confirm", "Подтвердите"),
        ("consent/assistant/v1", "огласи"),
        ("desk/nothing-here", "нет"),
    ] {
        manager.go(&format!("{}/{page}", home(&house)));
        manager.wait_for_words("body", words);
        let _refused_page = manager.complaints();
        is_sound(&manager, &house, &format!("{}-360", page.replace('/', "-")));
    }
}
