//! What a bare number counts or measures: money, time, age, doses, rooms. Such a number is nobody's, whatever word
//! stands before it: «по карте 4500 ₽», «в медкарте 12 страниц», «код придёт через 15 минут».

use std::ops::Range;
use std::sync::LazyLock;

use crate::stems::Stems;
use crate::view::View;

/// Units as beginnings of words.
static UNITS: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "руб тыс минут час дней дня день сут недел месяц лет год раз цифр знак символ букв страниц листов лист \
         процент штук процедур сеанс визит посещен прием анализ человек пациент машин мест балл бонус кабинет этаж \
         январ феврал март апрел июн июл август сентябр октябр ноябр декабр числ метр литр таблет капсул капел \
         единиц кубик миллилитр миллиграмм грамм килограмм копе долл евро комнат палат сантиметр гигаб мегаб отзыв \
         подписчик звезд",
    )
});
/// Units as whole words.
static SHORT_UNITS: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "р руб тр тыс мин ч сек шт мг мл мм см км кг г гр л ед мкг каб эт стр дн нед мес лет мая май ру квт вт гб мб \
         экз коп чел тг тенге rub kzt",
    )
});
/// Letters that are units where they touch the number: «5к», «10т», «220в».
static TOUCHING_UNITS: LazyLock<Stems> = LazyLock::new(|| Stems::new("к т м г л в с р ч х"));
/// Words before a number that counts, whole.
static COUNTING: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "в во до с со к ко после через около примерно почти всего минимум максимум кабинет каб кабинете кабинета этаж \
         этаже палата палате пал окно окне стойка стойке цена цену ценой стоит стоила стоимость сумма сумму сумме \
         оплата оплатила оплатил оплатили оплатить заплатила заплатил заплатили баланс балансе остаток долг штраф \
         аванс депозит скидка скидку скидкой более менее больше меньше свыше год году",
    )
});

/// Whether a unit follows the range, or a time or a share goes on in it.
pub(super) fn is_measured(view: &View<'_>, range: &Range<usize>) -> bool {
    let rest = &view.text()[range.end..];
    let tail = rest.trim_start();
    if tail.starts_with(['₽', '₸', '%', '$', '€', '°', '×']) {
        return true;
    }
    let clock = rest
        .strip_prefix(':')
        .is_some_and(|after| after.starts_with(|sign: char| sign.is_ascii_digit()));
    let after = view.words.index_at(range.end);
    let word = view.words.text(after);
    let unit = match view.words.gap(after) {
        "" => TOUCHING_UNITS.has(word) || SHORT_UNITS.has(word) || UNITS.begins(word),
        " " | "  " | "-" => SHORT_UNITS.has(word) || UNITS.begins(word),
        _ => false,
    };
    clock || unit && after < view.words.len()
}

/// Whether the number of the range, which begins with word `first_word`, counts or measures anything.
pub(super) fn is_quantity(view: &View<'_>, range: &Range<usize>, first_word: usize) -> bool {
    is_measured(view, range) || is_counted(view, first_word)
}

/// Whether a number is written like a year of this century or the last one.
pub(super) fn is_year(number: &str) -> bool {
    number.len() == 4 && (number.starts_with("19") || number.starts_with("20"))
}

/// Whether a word begins like a unit or a month: «конце апреля».
pub(super) fn is_unit(word: &str) -> bool {
    UNITS.begins(word)
}

/// Whether the word before the range makes the number a quantity, a time or a room: «до 18», «кабинет 214».
pub(super) fn is_counted(view: &View<'_>, first_word: usize) -> bool {
    first_word
        .checked_sub(1)
        .is_some_and(|before| COUNTING.has(view.words.text(before)) && !view.words.gap(first_word).contains([':', '-']))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shadow::Shadow;
    use crate::words::Words;

    fn counts(text: &str) -> bool {
        let shadow = Shadow::new(text);
        let view = View::new(Words::new(&shadow));
        let piece = &view.pieces[0];
        is_quantity(&view, &(piece.start..piece.end), piece.first_word)
    }

    #[test]
    fn money_time_rooms_and_doses_count() {
        for text in [
            "карта 4500 ₽",
            "код через 15 минут",
            "кабинет 214",
            "до 18",
            "по 500 мг",
            "12:30",
            "40 %",
            "4417 лет",
            "цена 4500",
        ] {
            assert!(counts(text), "{text}");
        }
    }

    #[test]
    fn a_number_before_a_preposition_is_left() {
        for text in [
            "пин 4417 в телефоне",
            "медкарта 4417 к врачу",
            "код: 4417",
            "карта 4417, спасибо",
        ] {
            assert!(!counts(text), "{text}");
        }
    }
}
