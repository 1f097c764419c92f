//! Pages saved by Telegram Desktop and VK.

use super::*;

const TELEGRAM: &str = r##"<!DOCTYPE html>
<html><head><meta charset="utf-8"/><title>Exported Data</title><link href="css/style.css" rel="stylesheet"/>
<script src="js/script.js" type="text/javascript"></script><style>.a{content:"Жмых"}</style></head>
<body onload="CheckLocation();"><div class="page_wrap"><div class="page_header"><div class="content">
<div class="text bold">
Анна Ким
</div></div></div>
<div class="page_body chat_page"><div class="history">
<div class="message service" id="message-1"><div class="body details">
1 November 2026
</div></div>
<div class="message default clearfix" id="message12">
<div class="pull_left userpic_wrap"><div class="userpic userpic3"><div class="initials" style="line-height: 42px">АК</div></div></div>
<div class="body">
<div class="pull_right date details" title="01.11.2026 10:00:00 UTC+05:00">
10:00
</div>
<div class="from_name">
Анна Ким
</div>
<div class="text">
Пишите на <a href="tel:+79000000001">8 900 <b>000-00</b>-01</a>,<br>жду &amp; спасибо
</div>
</div></div>
<div class="message default clearfix joined" id="message13"><div class="body">
<div class="forwarded body"><div class="from_name">
Жмых <span class="date details" title="01.11.2026 09:00:00 UTC+05:00"> 01.11.2026 09:00:00</span>
</div><div class="text">
Это Анна Ким
</div></div>
<div class="media_wrap clearfix"><a class="media clearfix pull_left block_link media_contact" href="contacts/contact_1.vcard">
<div class="fill pull_left"></div><div class="body"><div class="title bold">
Шнырь
</div><div class="status details">
+7 900 000 00 12
</div></div></a></div>
</div></div>
<div class="message service" id="message-2"><div class="body details">
Жмых joined group by link from Group
</div></div>
</div></div></div></body></html>"##;

#[test]
fn an_export_of_telegram_becomes_a_plain_page_with_codes() {
    let copy = copy_of("messages.html", TELEGRAM.as_bytes());
    for gone in [
        "Анна",
        "Ким",
        "900",
        "000-00",
        "Жмых",
        "Шнырь",
        ">АК<",
        "href",
        "style",
        "script",
        "onload",
        "message12",
        "vcard",
    ] {
        assert!(!copy.contains(gone), "{gone}: {copy}");
    }
    for kept in [
        "<meta charset=\"utf-8\">",
        "<div class=\"from_name\">[Клиент-1]</div>",
        "<div class=\"pull_right date details\" title=\"01.11.2026 10:00:00 UTC+05:00\">10:00</div>",
        ",<br>\nжду &amp; спасибо</div>",
        "1 November 2026",
        "Это [Клиент-1]",
        "joined group by link",
    ] {
        assert!(copy.contains(kept), "{kept}: {copy}");
    }
    assert!(copy.contains("Пишите на [Телефон-"), "{copy}");
    assert_eq!(copy.matches("<div").count(), copy.matches("</div").count());
}

#[test]
fn an_archive_of_vk_is_read_in_its_old_letters() {
    let page = "<html><head><meta charset=\"windows-1251\"><title>x</title></head><body><div class=\"ui_crumb\"><a href=\"../index.html\">Профиль</a></div><div class=\"ui_crumb\">Жмых</div><div class=\"item\"><div class='message' data-id=\"1\"><div class=\"message__header\"><a href=\"https://vk.com/id900\">Анна Ким</a>, 12 ноя 2026 в 10:00:00</div><div>Это <i>Анна</i> Ким<div class=\"kludges\"></div></div></div><div class='message'><div class=\"message__header\">Вы, 12 ноя 2026 в 10:01:00</div><div>Ждём</div></div></div></body></html>";
    let copy = copy_of("messages0.html", &windows_1251(page));
    for gone in ["Анна", "Ким", "Жмых", "id900", "data-id"] {
        assert!(!copy.contains(gone), "{gone}: {copy}");
    }
    for kept in [
        "<div class=\"message__header\">[Клиент-1], 12 ноя 2026 в 10:00:00</div>",
        "Это [Клиент-1]",
        "Вы, 12 ноя",
        ">Профиль<",
    ] {
        assert!(copy.contains(kept), "{kept}: {copy}");
    }
}

#[test]
fn a_page_of_broken_marks_is_read_to_its_end() {
    let page = "<div><p>Это <b>Анна</i> Ким</div></p></section><svg/><td>тел. 8 900<!-- Жмых --> 000-00-01<script>var a='Жмых</b>';</script><br><textarea title='Жмых'>да";
    let copy = copy_of("x.htm", page.as_bytes());
    assert!(
        copy.contains("Это [Клиент-1]") && copy.contains("[Телефон-2]") && copy.contains("да"),
        "{copy}"
    );
    assert!(!copy.contains("Жмых"), "{copy}");
    let deep = "<div>".repeat(10_000) + "Это Анна Ким";
    assert!(copy_of("deep.html", deep.as_bytes()).contains("Это [Клиент-1]"));
}

/// Russian text as VK writes it.
pub(super) fn windows_1251(text: &str) -> Vec<u8> {
    text.chars()
        .map(|sign| match u32::from(sign) {
            ascii @ 0..=0x7f => ascii as u8,
            letter @ 0x410..=0x44f => (letter - 0x410 + 0xc0) as u8,
            _ => b'?',
        })
        .collect()
}
