//! Passwords, PINs, CVV and one-time codes: told only by the words beside them.

mod come;
mod field;
mod pair;
mod phrase;
mod sibling;
mod spoken;
mod token;
mod told;
mod value;
mod word;

use std::ops::Range;
use std::sync::LazyLock;

use crate::cue::{Cue, cue_before};
use crate::finding::Evidence;
use crate::label::Label;
use crate::recognizer::{quantity, serial};
use crate::stems::Stems;
use crate::view::{Claims, View};
use crate::words::Kind;

pub(super) use told::claim_on_cards;

use spoken::{lone_digits, lone_mixed, value_spoken, word_and_number};

/// Codes that open nothing.
static OTHER_CODES: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "товар подраздел город страны региона ошибк окпо мкб тнвэд акци краск оттен цвет услуг двигател qr куар \
         промо акпп сертификат купон скидк каталог оператор этикет эмал колер",
    )
});
/// The same right after «код»: «код модели», not «код от двери в процедурной».
static CODES_OF: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "модел бренд оквэд валют запчаст неисправн диагноз маркиров реферал партнер категор тариф исследован процедур \
         врача отделен филиал упаков детал анализ клиента заказ статус ответ ваканс специальн групп производит лак гел \
         краск оттен масл стран город регион ошиб партии",
    )
});
/// Goods whose code is told after them: «лак код 4417», «штрих-код».
static GOODS_BEFORE: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new("лак гель краск цвет тон штрих промо кэшбек кешбек баркод тнвэд мкб артик мастер шифр")
});
/// Words that stand between «пароль» and its value.
static FILLERS: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "от для в личный ваш одноразовый проверочный доступа регистрации авторизации двери шкафчика подъезда \
         шлагбаума банка карте терминала кассы системы программы аккаунта инсты сайта роутера сети тот же старый \
         сейчас там есть записала запиши запишите вам на к до с из мой новый наш такой вот это вайфая вайфай wifi \
         wi fi лк личного кабинета кабинет входа телефона сейфа замке замка домофона карты подтверждения пришел \
         смс sms был приложения подписи согласия почты айфона ноутбука компьютера сигнализации код",
    )
});

/// Words by which a value is told: «прислали 81740», «на стойке написано beauty_74».
static TOLD: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "присла присыла пришел пришл пришло приход был была было стоит вот это такой таков ввожу ввел ввела ввод набираю \
         набрал написан сказал дали дал записан указан значит помню остал поменял сменил поставил числит будет теперь \
         диктую держи лови коду кодом верный правильный второй первый новый последн",
    )
});
/// Words after which stands a name of an account or of a thing, not what opens it.
static NOT_OPENING: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "логин login лог user юзер сеть сети ssid почта почты имя заказ заказа заказу от для на модель артикул за в до \
         номер тел телефон id ид версия",
    )
});

/// Claims all secrets.
pub(super) fn claim(view: &View<'_>, claims: &mut Claims) {
    claim_behind_cards(view, claims);
    token::claim(view, claims);
    let field = field::anchors(view);
    field::claim_reserve(view, &field, claims);
    phrase::claim(view, claims);
    for index in 0..view.words.len() {
        if let Some(range) = beside_card(view, index, claims) {
            claims.add(Label::Secret, range, 0.8, Evidence::Context);
        }
        if !word::is_label(view, index)
            || is_of_cashback(view, index)
            || is_part(view, index)
            || view.words.text(index).starts_with("код") && is_of_other(view, index) && !is_promo(view, index)
        {
            continue;
        }
        if let Some(range) = value_after(view, index, claims)
            .or_else(|| value_before(view, index, claims))
            .or_else(|| word::value(view, index).filter(|range| claims.is_free(range)))
        {
            add_with_next(view, claims, range, 0.88);
        } else if let Some(range) = word_and_number(view, index)
            .or_else(|| lone_mixed(view, index))
            .or_else(|| value_spoken(view, index))
            .or_else(|| value_far(view, index, claims))
        {
            add_with_next(view, claims, range, 0.8);
        }
    }
    pair::claim(view, claims);
    told::claim_pairs(view, claims);
    told::claim(view, claims);
    come::claim(view, claims);
    field::claim(view, &field, claims);
}

/// Whether the code at word `cue` is one of goods, of an offer or of money given back.
fn is_of_other(view: &View<'_>, cue: usize) -> bool {
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

/// Claims a secret, the same told once more and the next one of the sentence.
fn add_with_next(view: &View<'_>, claims: &mut Claims, range: Range<usize>, confidence: f32) {
    let again = corrected(view, &range);
    claims.add(Label::Secret, range.clone(), confidence, Evidence::Cue);
    if let Some(range) = again.or_else(|| told::next(view, claims, &range)) {
        claims.add(Label::Secret, range, 0.8, Evidence::Context);
    }
}

/// «4377 … 9438, 11.28, 072»: three digits after a card and its date.
fn claim_behind_cards(view: &View<'_>, claims: &mut Claims) {
    for piece in &view.pieces {
        let range = piece.start..piece.end;
        if piece.digits.len() != CVV_DIGITS || piece.spoken || !view.stands_alone(&range) {
            continue;
        }
        let behind = claims.last_before(piece.start).is_some_and(|claim| {
            let between = &view.text()[claim.range.end..piece.start];
            let digits = between.chars().filter(char::is_ascii_digit).count();
            let signs = between
                .chars()
                .all(|sign| sign.is_ascii_digit() || matches!(sign, ' ' | ',' | '.' | '/' | ';' | '-' | '\n'));
            claim.label == Label::Card && signs && (digits == 0 && between.len() <= 3 || digits == 4)
        });
        if behind {
            claims.add(Label::Secret, range, 0.8, Evidence::Context);
        }
    }
}

/// Digits on the back of a card.
const CVV_DIGITS: usize = 3;

/// The value after the cue at word `cue`, on its line.
fn value_after(view: &View<'_>, cue: usize, claims: &Claims) -> Option<Range<usize>> {
    let is_code = view.words.text(cue).starts_with("код");
    let promo = is_code && is_promo(view, cue);
    let mut index = cue + 1;
    // «cvv2»
    if view.words.text(index) == "2" && view.words.gap(index).is_empty() {
        index += 1;
    }
    let mut asked = false;
    // «логин/пароль: anna74 / Qwe123»: the first of the pair is no secret.
    let mut pair =
        cue > 0 && is_login(view.words.text(cue - 1)) && view.words.all[cue].start - view.words.all[cue - 1].end <= 3;
    while index < view.words.len().min(cue + 12) {
        let gap = view.words.gap(index);
        // «Пароль от Wi-Fi:» and the value on the next line.
        if gap.contains('\n') && index > cue + 1 && !gap.trim_start().starts_with([':', '-']) {
            return None;
        }
        asked |= gap.contains('?');
        let word = view.words.all[index];
        let text = view.words.text(index);
        if OTHER_CODES.begins(text) || index == cue + 1 && CODES_OF.begins(text) {
            return None;
        }
        let range = blob(view, word.start);
        let value = view.words.slice(range.clone());
        let opened = matches!(view.words.text(index - 1), "от" | "для" | "в" | "с") && word.kind != Kind::Digits;
        let named =
            index > cue + 1 && (opened || is_login(view.words.text(index - 1))) || is_of_goods(view, cue, index);
        if pair && view.words.all[index].kind != Kind::Cyrillic && index > cue {
            pair = false;
            index = view.words.index_at(range.end).max(index + 1);
            continue;
        }
        if claims.is_free(&range)
            && !named
            && let Some(range) = lone_digits(view, index)
        {
            return Some(range);
        }
        let gift = promo && value.contains(char::is_alphabetic);
        if claims.is_free(&range) && !named && !gift && looks_secret(value, view, &range, is_code) {
            return Some(widen_groups(view, range));
        }
        let quoted = gap.ends_with(['«', '"', '\'']);
        if !asked
            && (quoted || gap.trim_end().ends_with(':'))
            && word.kind != Kind::Digits
            && !is_code
            && value.chars().count() >= 4
            && index <= cue + 4
            && !is_plain_word(value)
        {
            return Some(range);
        }
        if gap.contains(['.', '!', ';']) && index > cue + 1 {
            return None;
        }
        if !(asked || FILLERS.has(text) || index <= cue + 3 && word.kind == Kind::Cyrillic && !gap.contains(',')) {
            return None;
        }
        index = view.words.index_at(range.end).max(index + 1);
    }
    None
}

/// «4377 7237 1804 5564, 09/27, 318»: three digits after a card and the month it ends.
fn beside_card(view: &View<'_>, index: usize, claims: &Claims) -> Option<Range<usize>> {
    let words = &view.words;
    let word = words.all[index];
    if word.kind != Kind::Digits || words.text(index).len() != BEHIND_DIGITS {
        return None;
    }
    let year = index.checked_sub(1)?;
    let month = year.checked_sub(1)?;
    let digits =
        |index: usize, length: usize| words.all[index].kind == Kind::Digits && words.text(index).len() == length;
    let dated =
        digits(month, 2) && (digits(year, 2) || digits(year, 4)) && matches!(words.gap(year), "/" | "." | " / " | "-");
    let near = |gap: &str| gap.len() <= EXPIRY_GAP_BYTES_MAX && !gap.contains('.');
    let range = word.start..word.end;
    if !dated || !near(words.gap(index)) || !view.stands_alone(&range) {
        return None;
    }
    let card = claims
        .last_before(words.all[month].start)
        .filter(|claim| claim.label == Label::Card && claims.is_free(&range))?;
    near(&view.text()[card.range.end..words.all[month].start]).then_some(range)
}

/// Digits on the back of a card.
const BEHIND_DIGITS: usize = 3;
/// Longest gap between a card, the month it ends and the three digits: «, до ».
const EXPIRY_GAP_BYTES_MAX: usize = 10;

/// «пин-ап», «pin-up», «пин-лак»: no label but the first half of a word.
fn is_part(view: &View<'_>, index: usize) -> bool {
    let next = view.words.text(index + 1);
    matches!(view.words.text(index), "пин" | "pin")
        && view.words.gap(index + 1) == "-"
        && view
            .words
            .all
            .get(index + 1)
            .is_some_and(|word| word.kind != Kind::Digits)
        && !next.starts_with("код")
        && !next.starts_with("code")
}

/// «m42.1», «j06.9»: a disease, a letter and two digits.
fn is_disease(value: &str) -> bool {
    let mut signs = value.chars();
    signs.next().is_some_and(|sign| sign.is_alphabetic())
        && value
            .split_once('.')
            .is_some_and(|(chapter, rest)| chapter.chars().count() == 3 && rest.len() <= 2)
        && signs.all(|sign| sign.is_ascii_digit() || sign == '.')
}

fn is_login(word: &str) -> bool {
    matches!(word, "логин" | "login" | "лог" | "юзер" | "user" | "логином")
}

/// «банк даёт кешбэк по коду 7230»: a code of payments, not of a person.
fn is_of_cashback(view: &View<'_>, cue: usize) -> bool {
    view.words.text(cue).starts_with("код")
        && (1..=CASHBACK_REACH.min(cue)).any(|back| CASHBACK.begins(view.words.text(cue - back)))
}

/// A code of a discount or a gift: said a few words before «код».
fn is_promo(view: &View<'_>, cue: usize) -> bool {
    (1..=PROMO_REACH.min(cue)).any(|back| PROMO.begins(view.words.text(cue - back)))
}

/// Words of money given back, and how far before «код» they stand.
static CASHBACK: LazyLock<Stems> = LazyLock::new(|| Stems::new("кешб кэшб кешбек кэшбек mcc"));
const CASHBACK_REACH: usize = 4;
/// How far before «код» its offer is told.
const PROMO_REACH: usize = 12;
/// Words of offers.
static PROMO: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "промо кешб кэшб кешбек акци скидк купон сертификат подар минус приведи бонус реферал розыгрыш распродаж",
    )
});

/// «код не пришёл, заказ 40718»: the number at word `index` has a word of its own.
fn is_of_goods(view: &View<'_>, cue: usize, index: usize) -> bool {
    cue_before(view, index, index - cue)
        .is_some_and(|(found, distance)| index - distance > cue && found == Cue::Goods && distance == 1)
        && !(cue..index).any(|word| {
            ["выдач", "получен", "забр"]
                .iter()
                .any(|stem| view.words.text(word).starts_with(stem))
        })
}

/// Longest way in words from «пароль» to its value: «пароль от компьютера на ресепшене сменили …».
const FAR_REACH: usize = 9;
/// The same to a value that a word tells or that can be nothing else.
const TOLD_REACH: usize = 15;

/// A value some words after the cue, so secret in shape that no filler need be known; beyond the sentence and far on
/// only what mixes signs, or what a word tells: «какой? на стойке написано beauty_74», «в прошлый раз прислали 81740».
fn value_far(view: &View<'_>, cue: usize, claims: &Claims) -> Option<Range<usize>> {
    let is_password = is_password(view.words.text(cue));
    if CODES_OF.begins(view.words.text(cue + 1)) {
        return None;
    }
    let mut index = cue + 1;
    let mut same_sentence = true;
    while index < view.words.len().min(cue + TOLD_REACH) {
        let gap = view.words.gap(index);
        if gap.contains(['\n', ';']) || OTHER_CODES.begins(view.words.text(index)) {
            return None;
        }
        same_sentence &= !(gap.contains('!') || gap.contains(". "));
        let range = blob(view, view.words.all[index].start);
        let value = view.words.slice(range.clone());
        let before = view.words.text(index - 1);
        // «сменили на Salon!Ural9»
        let set = before == "на" && index > cue + 2 && SETTING.begins(view.words.text(index - 2));
        let named = index > cue + 1 && NOT_OPENING.has(before) && !set || is_of_goods(view, cue, index);
        let told = index > cue + 1 && TOLD.begins(before) || set || gap.trim_end().ends_with([':', '-']);
        let reached = same_sentence && index < cue + FAR_REACH;
        if claims.is_free(&range) && !named {
            if is_password && is_mixed(value) && looks_secret(value, view, &range, false) {
                return Some(range);
            }
            if let Some(digits) = lone_digits(view, index).filter(|_| reached || told) {
                return Some(digits);
            }
            if (reached || told) && is_numeric(view, value, &range, index) {
                return Some(widen_groups(view, range));
            }
        }
        index = view.words.index_at(range.end).max(index + 1);
    }
    None
}

/// Words of changing a password to another: «сменили на …».
static SETTING: LazyLock<Stems> = LazyLock::new(|| Stems::new("смен помен постав замен измен переустан обнов"));

fn is_password(word: &str) -> bool {
    word.starts_with("пар")
        || word.starts_with("запар")
        || word.starts_with("пас")
        || matches!(word, "password" | "pass" | "pwd" | "пороль" | "ключ")
}

/// «krasota2024», «beauty_74_74», «Klinika#4», «Almaty-77»: letters with digits or with signs that words do not have.
fn is_mixed(value: &str) -> bool {
    let count = |fits: fn(&char) -> bool| value.chars().filter(fits).count();
    let digits = count(char::is_ascii_digit);
    let latin = count(char::is_ascii_alphabetic);
    let letters = count(|sign| sign.is_alphabetic());
    let signs = value.contains(['_', '#', '!', '$', '&', '*', '+', '=']);
    let plain = !value.contains(['@', '/', '.', ',']) && value.chars().all(|sign| !sign.is_whitespace());
    let dashed = value.contains('-') && letters >= 4 && digits >= 2;
    plain && (latin >= 3 && digits >= 2 || signs && letters >= 3 && digits >= 1 || dashed)
}

/// Four to eight digits, perhaps in groups, that are no year, date, time, sum or dose.
fn is_numeric(view: &View<'_>, value: &str, range: &Range<usize>, index: usize) -> bool {
    let digits = value.chars().filter(char::is_ascii_digit).count();
    let dashes = value.matches('-').count();
    let set = index > 0 && TOLD.begins(view.words.text(index - 1));
    let is_year = !set && value.len() == 4 && (value.starts_with("19") || value.starts_with("20"));
    let grouped = matches!(digits, 2 | 3) && digits == value.len() && next_group(view, range.end).is_some();
    digits + dashes == value.len()
        && dashes <= 2
        && ((4..=8).contains(&digits) || grouped)
        && !is_year
        && !serial::is_date(view, range)
        && !quantity::is_measured(view, range)
        && !quantity::is_counted(view, index)
        && !matches!(view.before(range.start), Some('№' | '#' | '+' | '-'))
        && !is_measured(view, range.end)
}

/// A unit follows: money, time, a share.
fn is_measured(view: &View<'_>, end: usize) -> bool {
    let rest = view.text()[end..].trim_start();
    [
        "₽",
        "р.",
        "руб",
        "минут",
        "мин ",
        "час",
        "раз",
        "дн",
        "цифр",
        "год",
        "тысяч",
        "знак",
    ]
    .iter()
    .any(|unit| rest.starts_with(unit))
}

/// «0517, может 0577»: the same code told once more.
fn corrected(view: &View<'_>, told: &Range<usize>) -> Option<Range<usize>> {
    let first = view.words.index_at(told.end);
    (first..view.words.len().min(first + FAR_REACH)).find_map(|index| {
        let word = view.words.all[index];
        let doubted = index > first
            && ["может", "или", "либо", "точнее", "вернее", "теперь", "нет"].contains(&view.words.text(index - 1));
        let same = word.kind == Kind::Digits && word.end - word.start == told.len() && told.len() >= 3;
        let range = word.start..word.end;
        (doubted && same && view.stands_alone(&range)).then_some(range)
    })
}

/// «4417 — пин», «Kd83-polis это мой пароль», «904 117 код из смс».
fn value_before(view: &View<'_>, cue: usize, claims: &Claims) -> Option<Range<usize>> {
    let words = &view.words;
    let mut index = cue;
    while index > 0
        && index + LINKS_MAX > cue
        && matches!(
            words.text(index - 1),
            "это"
                | "мой"
                | "наш"
                | "вот"
                | "ваш"
                | "был"
                | "такой"
                | "у"
                | "меня"
                | "новый"
                | "старый"
                | "и"
                | "есть"
                | "тот"
        )
        && !words.gap(index).contains(['\n', '?', '!', ';'])
    {
        index -= 1;
    }
    let last = index.checked_sub(1)?;
    let gap = words.gap(index);
    if gap.contains(['\n', '?', '!', ';', ':']) || gap.contains(". ") {
        return None;
    }
    let range = digits_before(view, last).unwrap_or_else(|| blob(view, words.all[last].start));
    if range.end > words.all[index].start || !claims.is_free(&range) {
        return None;
    }
    let first = words.index_at(range.start);
    let value = words.slice(range.clone());
    let parted = gap.contains(['-', '(', ',']) && !gap.contains(')');
    let linked = index < cue;
    let opens = first == 0
        || words.gap(first).contains(['\n', ',', '.', ':', '!', '?', ';', '('])
        || TOLD.begins(words.text(first - 1));
    let named = first > 0 && (NOT_OPENING.has(words.text(first - 1)) || cue_before(view, first, 2).is_some());
    let told = linked || gap.contains('-') || gap.contains('(') || opens && gap.trim().is_empty();
    if named || !told || parted && gap.contains(',') && !linked {
        return None;
    }
    let digits = value.chars().filter(char::is_ascii_digit).count();
    let spaced = value.contains(' ') && (4..=8).contains(&digits);
    let numeric = spaced || is_numeric(view, value, &range, first);
    let mixed = is_password(words.text(cue)) && is_mixed(value) && (linked || gap.contains(['-', '(']));
    (numeric || mixed).then_some(range)
}

/// Words at most between a value and the word that tells it afterwards.
const LINKS_MAX: usize = 4;

/// «904 117», «60 18»: two groups of two or three digits that end at word `last`.
fn digits_before(view: &View<'_>, last: usize) -> Option<Range<usize>> {
    let words = &view.words;
    let group = |index: usize| words.all[index].kind == Kind::Digits && (2..=3).contains(&words.text(index).len());
    let first = last.checked_sub(1)?;
    let pair =
        group(last) && group(first) && words.gap(last) == " " && words.text(first).len() == words.text(last).len();
    let longer = first > 0 && words.all[first - 1].kind == Kind::Digits && words.gap(first) == " ";
    (pair && !longer).then(|| words.all[first].start..words.all[last].end)
}

/// The run of signs without spaces around byte `at`, less the marks at its ends.
fn blob(view: &View<'_>, at: usize) -> Range<usize> {
    let text = view.text();
    let start = text[..at]
        .rfind(|sign: char| sign.is_whitespace() || matches!(sign, '«' | '"' | '(' | ':'))
        .map_or(0, |space| {
            space + text[space..].chars().next().map_or(1, char::len_utf8)
        });
    let end = text[at..]
        .find(|sign: char| sign.is_whitespace() || matches!(sign, '»' | '"' | ',' | ';'))
        .map_or(text.len(), |space| at + space);
    let body = text[start..end].trim_end_matches(['.', ')', '?', '\'', ':']);
    let lead = body.len() - body.trim_start_matches(['\'', '-', '=']).len();
    start + lead..start + body.len()
}

/// «P0420»: what a car's computer says, a letter and four digits.
fn is_fault(value: &str) -> bool {
    value.len() == 5 && value.starts_with(['p', 'b', 'c', 'u']) && value[1..].chars().all(|sign| sign.is_ascii_digit())
}

fn looks_secret(value: &str, view: &View<'_>, range: &Range<usize>, is_code: bool) -> bool {
    let digits = value.chars().filter(char::is_ascii_digit).count();
    let letters = value.chars().filter(|sign| sign.is_alphabetic()).count();
    let signs = value.chars().count() - digits - letters;
    // «А11.01.012»: a code of a service.
    let is_service = value.matches('.').count() > 1 && value.len() < range.len() + 1 && is_code;
    if is_measured(view, range.end)
        || quantity::is_measured(view, range)
        || is_fault(value)
        || is_disease(value)
        || is_service
    {
        return false;
    }
    if letters == 0 {
        return (3..=12).contains(&digits) && signs <= 3 && value.matches('.').count() < 2 && !value.contains(':')
            || digits == 2 && signs == 0 && next_group(view, range.end).is_some();
    }
    if digits > 0 {
        return letters + digits >= 4 && (!is_code || digits >= 2) && !value.starts_with("с1");
    }
    !is_code
        && signs > 0
        && value.is_ascii()
        && letters >= 4
        && value.contains(['_', '#', '!', '$', '%', '&', '*', '@'])
}

/// «90 41 16»: groups of a code told with spaces.
fn next_group(view: &View<'_>, end: usize) -> Option<usize> {
    let rest = view.text()[end..].strip_prefix([' ', '-'])?;
    let digits = rest.len() - rest.trim_start_matches(|sign: char| sign.is_ascii_digit()).len();
    let tail = &rest[digits..];
    let goes_on = tail.starts_with(|sign: char| sign.is_alphanumeric() || matches!(sign, ':' | '%'));
    let fraction = tail
        .strip_prefix('.')
        .is_some_and(|after| after.starts_with(|sign: char| sign.is_ascii_digit()));
    let alone = !goes_on && !fraction;
    (digits == 2 || digits == 3).then_some(()).filter(|()| alone)?;
    Some(end + 1 + digits)
}

fn widen_groups(view: &View<'_>, range: Range<usize>) -> Range<usize> {
    let value = view.words.slice(range.clone());
    if !value.chars().all(|sign| sign.is_ascii_digit()) || value.len() > 3 {
        return range;
    }
    let mut end = range.end;
    while let Some(next) = next_group(view, end) {
        end = next;
    }
    range.start..end
}

fn is_plain_word(value: &str) -> bool {
    value.chars().all(|sign| sign.is_alphabetic())
        && (crate::lexicon::WordEntry::look_up(value).is_common() || !value.is_ascii())
}
