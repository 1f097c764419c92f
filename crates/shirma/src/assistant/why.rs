//! «Почему так ответил»: one key a decision, with the words a person reads beside the message.

macro_rules! reasons {
    ($($name:ident = $key:literal, $words:literal;)*) => {
        $(pub(super) const $name: &str = $key;)*

        /// The Russian words of a reason; the key itself when a newer version wrote it.
        pub fn why_words(key: &str) -> &str {
            match key {
                $($key => $words,)*
                unknown => unknown,
            }
        }

        #[cfg(test)]
        const ALL: &[(&str, &str)] = &[$(($key, $words)),*];
    };
}

reasons! {
    EMERGENCY = "emergency", "Слова об опасности для жизни: постоянный текст и человек.";
    STOP = "stop", "Сообщение целиком просит больше не писать.";
    START = "start", "Клиент снова разрешил писать.";
    WITHDRAWAL = "withdrawal", "Клиент отзывает согласие.";
    WITHDRAWAL_HOW = "withdrawal_how", "Клиент спросил, как отозвать согласие.";
    ERASURE = "erasure", "Клиент просит удалить его данные.";
    STOP_INSIDE = "stop_inside", "Просьба не писать внутри длинного сообщения: решает человек.";
    LOOP = "loop", "Ответы пошли по кругу, или их слишком много за десять минут.";
    REPEAT = "repeat", "То же сообщение пришло второй раз за минуту.";
    ATTACHMENT = "attachment", "Пришёл файл, помощник файлов не читает.";
    ASKED = "asked", "Клиент попросил человека.";
    ANGER = "anger", "Недовольство или жалоба.";
    MONEY = "money", "Требование вернуть деньги или крупная сумма.";
    LEGAL = "legal", "Правовой вопрос.";
    CHILD = "child", "Пишет ребёнок.";
    HEALTH = "health", "Вопрос о здоровье: отвечает только человек.";
    GREETING = "greeting", "Приветствие.";
    THANKS = "thanks", "Благодарность.";
    ACKNOWLEDGED = "acknowledged", "Клиент подтвердил, что прочёл: ответ не нужен.";
    CONTACT = "contact", "Клиент прислал только имя, телефон или почту: благодарим и спрашиваем, чем помочь.";
    BOT = "bot", "Вопрос, кто отвечает.";
    HOURS = "hours", "Вопрос о часах работы.";
    ADDRESS = "address", "Вопрос об адресе.";
    PRICE = "price", "Вопрос о цене, ответ из прайса.";
    DURATION = "duration", "Вопрос о длительности, ответ из прайса.";
    SERVICE_OFFER = "service_offer", "Похоже на услугу из прайса, но не точно: уточняем.";
    FAQ = "faq", "Совпало с частым вопросом: ответ из базы слово в слово.";
    FAQ_BUTTON = "faq_button", "Клиент выбрал вопрос кнопкой.";
    FAQ_OFFER = "faq_offer", "Похоже на частые вопросы, но не точно: уточняем.";
    UNKNOWN = "unknown", "В базе нет ответа.";
    BOOKING = "booking", "Заполняем желание записаться.";
    SUMMARY = "summary", "Все поля есть: просим подтвердить.";
    WISHED = "wished", "Клиент подтвердил желание: ждёт человека.";
    DROPPED = "dropped", "Клиент передумал записываться.";
    ASKED_TWICE = "asked_twice", "Вопрос задан дважды без понятного ответа.";
    CANCEL = "cancel", "Просьба отменить запись: делает человек.";
    RESUME = "resume", "Незаконченная запись старше суток.";
    STALE_BUTTON = "stale_button", "Нажата кнопка, которой больше нет.";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_has_its_own_key_and_words() {
        for (index, (key, words)) in ALL.iter().enumerate() {
            assert!(words.ends_with('.') && why_words(key) == *words);
            assert!(ALL[index + 1..].iter().all(|(other, _)| other != key), "{key}");
        }
        assert_eq!(why_words("newer"), "newer");
    }
}
