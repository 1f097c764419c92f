//! What the name of a column or of a field says about its values.

use shirma_pii::Label;

/// Parts of folded names, the more particular first.
const PARTS: &[(&str, Label)] = &[
    ("рожден", Label::Birthdate),
    ("birth", Label::Birthdate),
    ("паспорт", Label::Passport),
    ("passport", Label::Passport),
    ("снилс", Label::Snils),
    ("полис", Label::Oms),
    ("омс", Label::Oms),
    ("госномер", Label::Plate),
    ("гос. номер", Label::Plate),
    ("гос номер", Label::Plate),
    ("медкарт", Label::Medcard),
    ("медицинская карта", Label::Medcard),
    ("номер карты", Label::Card),
    ("пароль", Label::Secret),
    ("password", Label::Secret),
    ("telegram", Label::Handle),
    ("телеграм", Label::Handle),
    ("вконтакте", Label::Handle),
    ("instagram", Label::Handle),
    ("инстаграм", Label::Handle),
    ("mail", Label::Email),
    ("почта", Label::Email),
    ("телефон", Label::Phone),
    ("phone", Label::Phone),
    ("мобильный", Label::Phone),
    ("фамил", Label::Person),
    ("отчеств", Label::Person),
    ("фио", Label::Person),
    ("ф.и.о", Label::Person),
];
/// Whole names.
const WHOLE: &[(&str, Label)] = &[
    ("инн", Label::Inn),
    ("vin", Label::Vin),
    ("вин", Label::Vin),
    ("тел", Label::Phone),
    ("тел.", Label::Phone),
    ("ник", Label::Handle),
    ("username", Label::Handle),
    ("from_id", Label::Handle),
    ("actor_id", Label::Handle),
    ("адрес", Label::Address),
    ("адрес доставки", Label::Address),
    ("address", Label::Address),
    ("имя", Label::Person),
    ("имя клиента", Label::Person),
    ("полное имя", Label::Person),
    ("полное имя контакта", Label::Person),
    ("клиент", Label::Person),
    ("пациент", Label::Person),
    ("мастер", Label::Person),
    ("врач", Label::Person),
    ("сотрудник", Label::Person),
    ("ответственный", Label::Person),
    ("получатель", Label::Person),
    ("from", Label::Person),
    ("actor", Label::Person),
    ("forwarded_from", Label::Person),
    ("sender_name", Label::Person),
    ("first_name", Label::Person),
    ("last_name", Label::Person),
    ("full_name", Label::Person),
    ("saved_from", Label::Person),
    ("author", Label::Person),
    ("д/р", Label::Birthdate),
    ("др", Label::Birthdate),
];

/// The label of all values under this name, if it says one.
pub(super) fn label_of(name: &str) -> Option<Label> {
    let folded = name
        .trim()
        .trim_matches(['"', '\u{feff}'])
        .to_lowercase()
        .replace('ё', "е");
    let whole = WHOLE.iter().find(|(whole, _)| *whole == folded);
    let part = || PARTS.iter().find(|(part, _)| folded.contains(part));
    whole.or_else(part).map(|(_, label)| *label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_of_exports_are_known() {
        for (name, label) in [
            ("Рабочий телефон (контакт)", Some(Label::Phone)),
            ("Полное имя контакта", Some(Label::Person)),
            ("\u{feff}\"Фамилия\"", Some(Label::Person)),
            ("День рождения (контакт)", Some(Label::Birthdate)),
            ("Дата создания", None),
            ("Тип контакта", None),
            ("Комментарий", None),
            ("Компания контакта", None),
        ] {
            assert_eq!(label_of(name), label, "{name}");
        }
    }
}
