//! Goods that bear names: sorts of plants, dishes, medicines, makes, what is sold by weight.

use std::sync::LazyLock;

use crate::stems::Stems;
use crate::words::{Capitals, Kind, Words};

use super::blocked::{is_blocked, is_denied};

/// Words before the name of a sort.
static PLANTS: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "сорт сорта сорту сорте сортов роза розу розы розой клематис клематисы пион пионы гортензия гортензию гортензии \
         сирень сирени гладиолус гладиолусы тюльпан тюльпаны георгин георгины хризантема хризантемы лилейник ирис ирисы \
         флокс флоксы астильба петуния фиалка фиалку орхидея яблоня яблоню груша грушу слива сливу вишня вишню черешня \
         виноград винограда томат томата томаты томатов огурца огурцов перца помидора рассаду помидор помидоры огурец огурцы картофель картошка картошку картошки рассада рассаду \
         саженец саженцы малина малину смородина смородину крыжовник клубника клубнику земляника жимолость семена \
         луковицы перец баклажан кабачок капуста",
    )
});
/// Dishes and drinks called like people.
static DISHES: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "павлова павлову павловой маргарита маргариту маргариты маргарит цезарь цезаря цезарю оливье наполеон наполеона \
         наполеоны строганов строганофф захер сахер орлов прага прагу мимоза мимозу татен карпаччо \
         сюзетт дюбарри нисуаз монблан мартини дайкири  беллини аффогато рафаэлло савойарди",
    )
});
/// Words beside a dish.
static TABLE: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "торт пирожн десерт пицц салат суп коктейл бокал порци кусок кусоч навынос стоп-лист ролл \
         пепперони карпаччо оливье цезар наполеон маргарит павлов мясо соус сыр борщ блин паст безе",
    )
});
/// What dishes are made with.
static TABLE_FILLINGS: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "малин клубник вишн ягод манго сыр мяс куриц кур креветк лосос семг анчоус грибам ветчин бекон колбас томат орех \
         шокол крем сливк маракуй лимон апельсин заварн творог мас лук перц чеснок соус алкогол льд говядин",
    )
});
/// How far a word of the table stands from its dish.
const TABLE_REACH: usize = 3;
/// How far medicines of one list stand from each other.
const LIST_REACH: usize = 4;

/// «роза сорта Мартин Фробишер», «клематис Виктория»: a capitalised name right after a plant.
pub(super) fn is_sort(words: &Words<'_>, first: usize, before: &str) -> bool {
    let beside = matches!(words.gap(first), " " | " «" | " \"");
    let small_before = first > 0 && words.all[first - 1].capitals == Capitals::None;
    let told = before.starts_with("сорт");
    let flower = FLOWERS.has(before);
    let small = small_before && !flower && words.all[first].capitals == Capitals::None && words.gap(first) == " ";
    beside && PLANTS.has(before) && (told || small || small_before && words.all[first].capitals == Capitals::First)
}

/// «две маргариты навынос», «Павлова с малиной»: a dish beside other food or a portion of it.
pub(super) fn is_dish(words: &Words<'_>, index: usize, before: &str) -> bool {
    if !DISHES.has(words.text(index)) {
        return false;
    }
    let portion = matches!(
        before,
        "две"
            | "два"
            | "три"
            | "четыре"
            | "пять"
            | "одну"
            | "один"
            | "одна"
            | "пару"
            | "кусочек"
            | "граф"
    ) && words.gap(index) == " ";
    let with_food = words.gap(index + 1) == " "
        && matches!(words.text(index + 1), "с" | "без" | "навынос" | "из")
        && TABLE_FILLINGS.begins(words.text(index + 2));
    let near = index.saturating_sub(TABLE_REACH)..(index + TABLE_REACH + 1).min(words.len());
    let among_food = near
        .clone()
        .any(|other| other != index && TABLE.begins(words.text(other)));
    // A first name is ordered by the piece or told by what is in it.
    let is_first_name = words.text(index).starts_with("маргарит");
    // «мартини и маргарита»
    let paired = before == "и" && index > 1 && DISHES.has(words.text(index - 2));
    portion || with_food || paired || among_food && !is_first_name
}

/// Medicines called like women.
static MEDICINES: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "диана диане диану дианы жанин жанина ярина ярину ярины ярине анжелик анжелика эльжина мирена мирену клайра клайру \
         белара белару джес лирика лирику видора видору зоэли мидиана мидиану регулон марвелон силует силуэт",
    )
});

/// «Ярина закончилась, в наличии Диане и Жанин»: a medicine called like a woman among others.
pub(super) fn is_among_medicines(words: &Words<'_>, index: usize) -> bool {
    let near = index.saturating_sub(LIST_REACH)..(index + LIST_REACH + 1).min(words.len());
    MEDICINES.has(words.text(index))
        && near
            .filter(|other| *other != index)
            .any(|other| is_denied(words.text(other)))
}

/// Flowers whose names women bear or might.
static FLOWERS: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "роза розы розу розе розой роз розами лилия лилии лилию лилией лилий ромашка ромашки ромашку ромашек виола виолы \
         астра астры азалия азалии камелия камелии гортензия гортензии мальва мальвы незабудка незабудки василек васильки \
         маргаритка маргаритки виолетта фиалка фиалки ирис ирисы георгина нарцисс лаванда лаванды мимоза мимозы",
    )
});
/// Words that speak of cut or potted flowers, not of people.
static OF_FLOWERS: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "букет вазе вазы вазу ваза торт клумб горшк горшок полив завял цветет цветут кустов кусты полев чайн штук алых алые \
         красн белых белые желт стебл лепест ногтях ноготоч настойк отвар чай корзин тату накол сорт пион хризантем тюльпан",
    )
});

/// «розы на торте, лилии в вазе»: a flower beside words that speak of flowers.
pub(super) fn is_flower(words: &Words<'_>, index: usize) -> bool {
    let near = index.saturating_sub(LIST_REACH)..(index + LIST_REACH + 1).min(words.len());
    let neither = index > 0 && words.text(index - 1) == "ни";
    FLOWERS.has(words.text(index))
        && words.all[index].capitals == Capitals::None
        && near
            .filter(|other| *other != index)
            .any(|other| neither || OF_FLOWERS.begins(words.text(other)))
}

/// «Диана-35», «Стефания крем 50 мл», «Авто: Лада», «виктория по 350 за литр», «две алёнки».
pub(super) fn is_goods(words: &Words<'_>, first: usize, last: usize, before: &str) -> bool {
    let next = words.text(last + 1);
    let digits = |index: usize| words.all.get(index).is_some_and(|word| word.kind == Kind::Digits);
    let model = words.gap(last + 1) == "-" && digits(last + 1) && first == last;
    let packed = ["крем", "краск", "лак", "шампун", "маск", "бальзам", "гел"]
        .iter()
        .any(|stem| next.starts_with(stem))
        && digits(last + 2);
    let car = matches!(before, "авто" | "марка" | "машина" | "модель")
        && (first..=last).all(|index| is_blocked(words.text(index)));
    let stuff = words.gap(last + 1) == " "
        && next == "это"
        && matches!(words.text(last + 2), "материал" | "ткань" | "сорт" | "краска");
    // Berries and sweets in small letters, sold by weight or by the piece.
    let small = words.all[first].capitals == Capitals::None && first == last;
    let sold = (last + 1..(last + 7).min(words.len())).any(|index| {
        matches!(
            words.text(index),
            "литр"
                | "кг"
                | "килограмм"
                | "ведро"
                | "рассада"
                | "клубника"
                | "шоколад"
                | "шоколада"
                | "конфеты"
                | "коробки"
        )
    });
    let goods = [
        "виктори",
        "аленк",
        "белочк",
        "мишк",
        "ева",
        "рубин",
        "ирис",
        "роз",
        "лили",
        "нонн",
    ]
    .iter()
    .any(|stem| words.text(first).starts_with(stem));
    model || packed || car || stuff || small && sold && goods
}
