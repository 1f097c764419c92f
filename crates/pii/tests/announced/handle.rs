//! Accounts in networks, told by links, signs and words.

use crate::check::check_all;

#[test]
fn links_of_all_networks_are_found() {
    check_all(&[
        "{HANDLE|vk.com/id4417}",
        "{HANDLE|https://www.tiktok.com/@anna.lok}",
        "мой канал {HANDLE|twitch.tv/dim4ik}",
        "{HANDLE|www.drive2.ru/users/dim4ik}",
        "пишите {HANDLE|vk.me/anna_lok}",
    ]);
}

#[test]
fn nicks_stand_before_and_after_the_word() {
    check_all(&[
        "я на форуме {HANDLE|sanych_niva4x4}",
        "пишите в телегу: {HANDLE|masha_k}",
        "вк {HANDLE|id123456}",
        "{HANDLE|masha_k} в инсте",
        "{HANDLE|katya_nails} — мой инст",
        "ищите в тг {HANDLE|шурик-мурик88}",
        "ник {HANDLE|саныч_74}",
        "я на авито {HANDLE|sergey_zap_174} подписан",
    ]);
}

#[test]
fn sites_and_services_are_left() {
    check_all(&[
        "наш сайт salon-lak.ru",
        "видела вас в инсте вчера",
        "напишите в телегу или вотсап",
        "скидка в вк до 15 числа",
        "форум 2026 в апреле",
        "приложение vk music не открывается",
    ]);
}
