//! The journal in words: its acts, what stands beside an act, and how its copies stand.

use crate::access::{Permission, Role};
use crate::audit::anchor::Anchoring;
use crate::desk::words;
use crate::subject::Reason;

/// Who acts in the journal when it was done on the host.
pub(super) const COMMAND_LINE: &str = "Командная строка";

/// An act of the journal in words; a new act without words fails a test.
pub(super) fn act(name: &str) -> Option<&'static str> {
    Some(match name {
        "system.start" => "Программа запущена",
        "system.stop" => "Программа остановлена",
        "event.refused" => "Отклонил поддельное событие",
        "event.conflict" => "То же событие с другим содержанием",
        "subject.create" => "Завёл карточку",
        "subject.field" => "Добавил данные в карточку",
        "subject.merge" => "Объединил карточки",
        "subject.hint" => "Заметил похожие карточки",
        "subject.reveal" => "Открыл данные",
        "subject.read" => "Открыл карточку",
        "subject.search" => "Искал клиента",
        "dialog.read" => "Открыл диалог",
        "dialog.state" => "Изменил состояние диалога",
        "dialog.hand_over" => "Передал диалог сотруднику",
        "message.in" => "Принял сообщение",
        "message.edit" => "Клиент изменил сообщение",
        "message.remove" => "Клиент удалил сообщение",
        "message.out" => "Подготовил ответ",
        "message.sent" => "Отправил ответ",
        "message.failed" => "Ответ не ушёл",
        "message.held" => "Задержал ответ до проверки",
        "draft.send" => "Отправил задержанный ответ",
        "draft.discard" => "Отклонил задержанный ответ",
        "text.mask" => "Заменил данные кодами",
        "model.ask" => "Обратился к модели",
        "model.fail" => "Модель не ответила",
        "model.withheld" => "Не выпустил текст к модели",
        "consent.ask" => "Спросил согласие",
        "consent.grant" => "Получил согласие",
        "consent.refuse" => "Получил отказ в согласии",
        "consent.withdraw" => "Согласие отозвано",
        "consent.publish" => "Опубликовал текст согласия",
        "enquiry.open" => "Открыл обращение",
        "request.open" => "Открыл запрос о данных",
        "subject.contact_wish" => "Отметил, можно ли писать",
        "identity.state" => "Связь с клиентом изменилась",
        "staff.sign_in" => "Вошёл",
        "staff.sign_in_fail" => "Не смог войти",
        "staff.sign_out" => "Вышел",
        "staff.password" => "Задал пароль",
        "staff.add" => "Добавил сотрудника",
        "staff.factor" => "Включил второй шаг входа",
        "staff.factor_drop" => "Отключил второй шаг входа",
        "staff.recovery" => "Вошёл по резервному коду",
        "staff.recovery_new" => "Получил новые резервные коды",
        "staff.confirm" => "Подтвердил, что это он",
        "staff.confirm_fail" => "Не подтвердил, что это он",
        "staff.session_end" => "Завершил входы",
        "staff.link" => "Выдал ссылку для входа",
        "staff.disable" => "Отключил сотрудника",
        "staff.role" => "Изменил роль или срок",
        "access.deny" => "Просил то, что ему закрыто",
        "subject.assign" => "Передал клиента",
        "honey.mark" => "Изменил клиента-приманку",
        "alarm.raise" => "Поднял тревогу",
        "alarm.see" => "Отметил тревогу",
        "second.ask" => "Попросил второго человека",
        "second.approve" => "Разрешил вторым",
        "second.refuse" => "Не разрешил вторым",
        "second.spend" => "Использовал разрешение двоих",
        "subject.export" => "Выгрузил клиентов",
        "section.break_glass" => "Вскрыл защищённый раздел",
        "subject.freeze" => "Остановил всё по клиенту перед стиранием",
        "subject.erase" => "Стёр данные клиента",
        "vault.close_days" => "Уничтожил ключи прошедших дней",
        "vault.rotate" => "Сменил ключ",
        "vault.retire" => "Уничтожил прежний ключ",
        "vault.recovery" => "Работал с листом восстановления",
        "vault.integrity" => "Нашёл повреждённую запись",
        "audit.verify" => "Проверил журнал",
        "audit.anchor_lost" => "Неделю нет отметок у других",
        "audit.accept_rollback" => "Запустил после отката журнала",
        _ => return None,
    })
}

/// What to say of copies of the journal's marks; nothing when all is well.
pub(super) fn anchoring(standing: Anchoring) -> Option<&'static str> {
    match standing {
        Anchoring::Fine => None,
        Anchoring::NotSetUp => Some(
            "Отметки журнала никому не отправляются. Если украдут и сервер, и ключи, подмену не заметить: впишите в shirma.toml, раздел [journal], папку на другом носителе или чат владельца.",
        ),
        Anchoring::Late => Some(
            "Отметок журнала у других нет больше двух суток. Проверьте, на месте ли папка и пишет ли бот владельцу: shirma doctor.",
        ),
        Anchoring::Lost => Some(
            "Отметок журнала у других нет больше недели: новые записи ничем не подтверждены. Запустите shirma doctor и верните папку или бота.",
        ),
    }
}

/// A purpose as the journal keeps it.
pub(super) fn purpose(word: &str) -> String {
    if let Some(reason) = Reason::from_name(word) {
        return words::reveal_reason(reason).to_lowercase();
    }
    let known = if let Some(role) = Role::from_name(word) {
        Some(words::role(role))
    } else if let Some(permission) = Permission::from_name(word) {
        Some(right(permission))
    } else {
        let reason = REASONS.iter().find(|(known, _)| *known == word);
        reason.map(|(_, words)| *words)
    };
    known.map_or_else(|| word.replace('_', " "), str::to_owned)
}

/// A right, as the journal says what somebody wanted to do.
fn right(permission: Permission) -> &'static str {
    match permission {
        Permission::SignedIn | Permission::OpenDesk => "рабочее место",
        Permission::ReadDialogs => "диалоги",
        Permission::Answer => "ответ клиенту",
        Permission::ReadClients => "карточки клиентов",
        Permission::Reveal => "показ данных",
        Permission::Assign => "передача клиента",
        Permission::ReadJournal => "журнал",
        Permission::ReadConsents => "согласия",
        Permission::ReadAlarms => "тревоги",
        Permission::MarkHoney => "приманки",
        Permission::SeeRequests => "просьбы второму человеку",
        Permission::Approve => "разрешение второго человека",
        Permission::Export => "выгрузка клиентов",
        Permission::BreakGlass => "защищённый раздел",
        Permission::AskErasure => "удаление данных",
        Permission::ReadStaff => "список сотрудников",
        Permission::ManageStaff => "роли сотрудников",
    }
}

/// Who wrote, what became of a dialog or a client, what was asked, what rang.
const REASONS: [(&str, &str); 51] = [
    ("purpose", "цель достигнута"),
    ("unlawful", "обрабатывались неправомерно"),
    ("term", "вышел срок"),
    ("order", "предписание"),
    ("foreign_token", "чужой код в ответе"),
    ("raw_value", "личные данные в ответе"),
    ("empty", "пустой ответ"),
    ("too_long", "слишком длинный ответ"),
    ("link", "посторонняя ссылка"),
    ("claimed", "со слов"),
    ("proven", "подтверждён"),
    ("checked", "лист сверен"),
    ("printed", "лист напечатан"),
    ("request", "просьба клиента"),
    ("client", "клиент"),
    ("assistant", "помощник"),
    ("model", "модель"),
    ("staff", "сотрудник"),
    ("elsewhere", "из другого окна"),
    ("system", "программа"),
    ("as_is", "без правки"),
    ("changed", "с правкой"),
    ("take", "взял себе"),
    ("give_back", "вернул помощнику"),
    ("close", "закрыл"),
    ("give", "передал"),
    ("take_away", "забрал"),
    ("booking", "запись"),
    ("question", "вопрос"),
    ("withdrawal", "отзыв согласия"),
    ("erasure", "удаление данных"),
    ("proven_phone", "один и тот же телефон"),
    ("phone", "телефон"),
    ("email", "почта"),
    ("reachable", "снова на связи"),
    ("blocked", "остановил переписку"),
    ("code", "неверный код"),
    ("recovery_code", "резервный код"),
    ("quota", "слишком много показов"),
    ("honey", "клиент-приманка"),
    ("prying", "много чужого подряд"),
    ("mark", "сделал приманкой"),
    ("unmark", "снял приманку"),
    ("plant", "завёл приманку"),
    ("asked", "клиент попросил человека"),
    ("anger", "клиент недоволен"),
    ("doubt", "помощник не уверен"),
    ("form", "пришла форма"),
    ("failed", "не вышло ответить"),
    ("health", "речь о здоровье"),
    ("emergency", "срочно"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_act_of_the_journal_has_words() {
        for name in crate::audit::ALL {
            assert!(act(name).is_some(), "{name} has no words");
        }
    }
    #[test]
    fn a_purpose_has_one_meaning() {
        for (place, (word, _)) in REASONS.iter().enumerate() {
            assert!(!REASONS[..place].iter().any(|(other, _)| other == word), "{word} twice");
            let is_other = Reason::from_name(word).is_some()
                || Role::from_name(word).is_some()
                || Permission::from_name(word).is_some();
            assert!(!is_other, "{word} is another thing as well");
        }
        assert_eq!(purpose("data_officer"), "Ответственный за данные");
        assert_eq!(purpose("export"), "выгрузка клиентов");
        assert_eq!(purpose("plant"), "завёл приманку");
        assert_eq!(purpose("some_word"), "some word");
    }
}
