//! Codes that open nothing: of goods, of offers, of money given back.

use std::sync::LazyLock;

use crate::cue::{Cue, cue_before};
use crate::stems::Stems;
use crate::view::View;
use crate::words::Kind;

/// Codes that open nothing.
pub(super) static OTHER_CODES: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "товар подраздел город страны региона ошибк окпо мкб тнвэд акци краск оттен цвет услуг двигател qr куар \
         промо акпп сертификат купон скидк каталог оператор этикет эмал колер",
    )
});
/// The same right after «код»: «код модели», not «код от двери в процедурной».
pub(super) static CODES_OF: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "модел бренд оквэд валют запчаст неисправн диагноз маркиров реферал партнер категор тариф исследован \
         процедур врача отделен филиал упаков детал анализ клиента заказ статус ответ ваканс специальн групп \
         производит лак гел масл стран регион ошиб партии",
    )
});
/// Goods whose code is told after them: «лак код 4417», «штрих-код».
static GOODS_BEFORE: LazyLock<Stems> =
    LazyLock::new(|| Stems::new("лак гель тон штрих кэшбек кешбек баркод артик мастер шифр"));
/// Words of offers.
static PROMO: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new("промо кешб кэшб акци скидк купон сертификат подар минус приведи бонус реферал розыгрыш распродаж")
});
/// How far before «код» its offer is told.
const PROMO_REACH: usize = 12;
/// Words of money given back, and how far before «код» they stand.
static CASHBACK: LazyLock<Stems> = LazyLock::new(|| Stems::new("кешб кэшб mcc"));
const CASHBACK_REACH: usize = 4;

/// Whether the code at word `cue` is one of goods, of an offer or of money given back.
pub(super) fn is_of_other(view: &View<'_>, cue: usize) -> bool {
    let words = &view.words;
    let (next, further) = (words.text(cue + 1), words.text(cue + 2));
    let joined = |index: usize| !words.gap(index).contains(['.', '!', '?', '\n', ':', ',']);
    CODES_OF.begins(next) && joined(cue + 1)
        || OTHER_CODES.begins(next) && joined(cue + 1)
        || (OTHER_CODES.begins(further) || CODES_OF.begins(further))
            && joined(cue + 1)
            && joined(cue + 2)
            && words.all.get(cue + 1).is_some_and(|word| word.kind != Kind::Digits)
        || cue > 0 && (OTHER_CODES.begins(words.text(cue - 1)) || GOODS_BEFORE.begins(words.text(cue - 1)))
        || is_promo(view, cue)
        || is_of_cashback(view, cue)
}

/// «банк даёт кешбэк по коду 7230»: a code of payments, not of a person.
pub(super) fn is_of_cashback(view: &View<'_>, cue: usize) -> bool {
    view.words.text(cue).starts_with("код") && view.words.before(cue, CASHBACK_REACH).any(|word| CASHBACK.begins(word))
}

/// A code of a discount or a gift: said a few words before «код».
pub(super) fn is_promo(view: &View<'_>, cue: usize) -> bool {
    view.words.before(cue, PROMO_REACH).any(|word| PROMO.begins(word))
}

/// «код не пришёл, заказ 40718»: the number at word `index` has a word of its own.
pub(super) fn is_of_goods(view: &View<'_>, cue: usize, index: usize) -> bool {
    cue_before(view, index, index - cue)
        .is_some_and(|(found, distance)| index - distance > cue && found == Cue::Goods && distance == 1)
        && !(cue..index).any(|word| {
            ["выдач", "получен", "забр"]
                .iter()
                .any(|stem| view.words.text(word).starts_with(stem))
        })
}
