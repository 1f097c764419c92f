//! What the commands about staff say.

use std::io::IsTerminal as _;

use crate::access::Member;

pub(in crate::cli) fn no_role(role: &str) -> String {
    format!("Роли «{role}» нет. Бывают: owner, manager, administrator, master, doctor, data_officer, auditor.")
}

pub(in crate::cli) fn no_day(day: &str) -> String {
    format!("«{day}» — не день. Напишите так: 2026-12-31.")
}

pub(in crate::cli) fn needs_end(login: &str) -> String {
    format!(
        "Проверяющий приходит на время. Укажите последний день: shirma staff add {login} --role auditor --until 2026-12-31."
    )
}

pub(in crate::cli) fn no_staff(login: &str) -> String {
    format!("Сотрудника «{login}» нет. Посмотрите список: shirma staff list.")
}

pub(in crate::cli) fn last_owner(login: &str) -> String {
    format!(
        "«{login}» — единственный владелец, без него некому управлять. Сначала добавьте другого: \
         shirma staff add ИМЯ --role owner."
    )
}

pub(in crate::cli) fn login_taken(login: &str) -> String {
    format!("Имя для входа «{login}» занято, отключённые сотрудники его тоже держат. Выберите другое.")
}

pub(in crate::cli) fn no_login(login: &str) -> String {
    format!("«{login}» не годится для входа. Нужны буквы одного алфавита и цифры, например olga или ольга.")
}

pub(in crate::cli) fn disabled_login(login: &str) -> String {
    format!("Сотрудник «{login}» отключён, включить обратно нельзя. Добавьте его под новым именем: shirma staff add.")
}

pub(in crate::cli) fn link(login: &str, address: &str, link: &str) {
    println!("Ссылка для «{login}» на один раз, на 15 минут; прежняя больше не действует: {address}/sign-in/{link}");
    show_picture(&format!("{address}/sign-in/{link}"));
}

pub(in crate::cli) fn added(login: &str, address: &str, link: &str) {
    println!("Сотрудник «{login}» добавлен. Ссылка для входа на один раз: {address}/sign-in/{link}");
    show_picture(&format!("{address}/sign-in/{link}"));
}

/// The link for the camera of a telephone, where somebody looks at the screen.
fn show_picture(link: &str) {
    if std::io::stdout().is_terminal() {
        print!("{}", crate::qr::terminal(link));
    }
}

pub(in crate::cli) fn code_forgotten(login: &str) {
    println!(
        "Второй шаг входа для «{login}» отключён, его входы завершены. Новый он настроит, когда войдёт с паролем."
    );
}

pub(in crate::cli) fn no_code(login: &str) -> String {
    format!("У сотрудника «{login}» второй шаг входа не включён: отключать нечего.")
}

pub(in crate::cli) fn disabled(login: &str) {
    println!("Сотрудник «{login}» отключён.");
}

pub(in crate::cli) fn list(members: &[Member]) {
    for member in members {
        let state = match (member.disabled, member.invited) {
            (true, _) => "отключён",
            (false, true) => "ещё не входил",
            (false, false) => "работает",
        };
        println!("{}\t{}\t{state}", member.login, member.role.as_str());
    }
}
