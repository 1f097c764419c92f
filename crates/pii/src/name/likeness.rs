//! Names that stand for somebody known or for a business: «столовая у Галины», «каре как у Анжелы Дэвис», «платье от
//! Валентино», «клиника доктора Бормана», «Владимир, Киров и Королёв».

use std::sync::LazyLock;

use crate::lore::Lore;
use crate::stems::Stems;
use crate::words::{Capitals, Kind as WordKind, Words};

use super::form::Kind;
use super::form::cases::NOM;
use super::frame::Frame;
use super::stage::is_of_stage;

/// Businesses that are called by whom one visits there.
static HOUSES: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "кафе столовая столовую столовой столовки шашлычная шашлычную шашлычной пекарня пекарню пекарне ресторан ресторане \
         магазин магазине лавка лавку рынок автосервис закусочная закусочную чайхана чайхану бистро пиццерия ателье \
         гостиница хостел баня сауна трактир буфет кулинария пельменная чебуречная хинкальная плов",
    )
});
/// Practices called by their doctor.
static PRACTICES: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "клиника клинику клинике клиники центр центре центра кабинет стоматология стоматологию лаборатория школа школу",
    )
});
/// What one wants to have like somebody.
static LOOKS: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "стрижк причес прическ каре челк объем локон укладк бров губ ресниц платье макияж цвет образ нос хвост кос борода \
         бороду усы волос стрелк ногт маникюр загар окрашив оттенок тату блонд парик костюм кудри скулы фигур",
    )
});
/// Goods sold under somebody's name.
static GOODS: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "платье часы часов духи духов оправа оправу оправе очки очков сумка сумку сумки туфли помада помаду тушь костюм \
         рубашка рубашку шарф ремень парфюм аромат туалетная пальто джинсы ботинки кроссовки кольцо оптика сапоги \
         тени пудра крем шампунь торт торты пельмени пирожные пирог пироги пиво водка коньяк вино конфеты шоколад чай кофе сыр",
    )
});
/// Makers of them whose names are met in one word.
static MAKERS: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "валентино версаче гуччи прада армани живанши баленсиага ланком кензо лакост рабан цейс цейсс дэвис корс ричи риччи \
         херрера эррера коркунов бабаевский довгань смирнофф михаэль валентин юдашкин юдашкина зайцев зайцева филипп палыча палыч палычем",
    )
});
/// Goods whose sorts and makers are called like people.
static MODELS: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "гель-лак лак гель ресницы диван кресло комод кровать кухня кухню шкаф стол люстра люстру обои шторы ткань плитка плитку \
         ламинат пряжа пряжу краска краску тени помада помаду база топ пилка пилки сыворотка маска бальзам шампунь крем матрас \
         халат халаты фартук фартуки сарафан туника туники пижама пижамы сорочка купальник купальники \
         стул стулья тюль ковер светильник смеситель ванна ванну",
    )
});
/// What bears a name on its sign or label, in the nominative.
static SIGNED: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "магазин салон гостиница отель кафе аптека клиника фирма ресторан дворец кинотеатр песня фильм сериал мультик мультфильм \
         книга роман сорт крем бритва станок сгущенка шоколад конфеты сыр порошок духи ткань диван богиня крейсер корабль премия \
         кофейня пекарня кабинет гриль бар аренда шифер лимузин кроссы студия парикмахерская ателье отбеливатель шампунь вода водка вино пиво торт обои плитка парк \
         станция санаторий база турбаза супермаркет рынок парфюм помада спектакль опера балет аудиокнига аудиокнигу шторы стих ракетница модель",
    )
});
/// Towns that bear a name or a surname, in the cases of going there.
static TOWNS: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "чехов чехова чехове чехову киров кирова кирове кирову королев королева королеве владимир владимира владимире \
         серафимович серафимовича калинин гагарин гагарина гагарине пушкин пушкина пушкине мичуринск жуков жукова \
         жукове чкалов кузнецк александров александрова александрове иваново павлово петров борисов котовск данилов \
         данилова данилове дмитров дмитрова дмитрове егорьевск никольск любим мышкин мышкина мышкине кашин богданович \
         кириллов романов тутаев фурманов лермонтов ессентуки нальчик семенов макарьев",
    )
});
/// Words of roads and deliveries.
static TRAVEL: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "довез доставк достав довоз доеха ехать поезд автобус рейс маршрут билет электричк трасс дорог область области город \
         километр км волгоград отправ тк филиал самовывоз логистик перевоз груз фур",
    )
});
/// How far a word of travel stands from the town.
const TRAVEL_REACH: usize = 7;
/// Hope, faith and love beside each other are what they are.
static VIRTUES: LazyLock<Stems> =
    LazyLock::new(|| Stems::new("вера веры веру верой надежда надежды надежду любовь любви надеждой"));
const VIRTUES_REACH: usize = 5;

/// Whether the name in words `first..=last` stands for a business, a star, a maker or a town.
pub(super) fn is_likeness(words: &Words<'_>, first: usize, last: usize) -> bool {
    let at = |back: usize| first.checked_sub(back).map_or("", |index| words.text(index));
    let (before, further) = (at(1), at(2));
    let lone = first == last;
    let beside = matches!(words.gap(first), " " | " «" | " \"");
    let house = before == "у"
        && beside
        && first >= 2
        && HOUSES.has(further)
        && matches!(words.gap(first - 1), " " | " «" | " \"");
    let practice = matches!(before, "доктора" | "профессора") && PRACTICES.has(further);
    let bureau = last > first && matches!(before, "бюро" | "агентство" | "компания" | "контора" | "партнеры");
    house
        || practice
        || is_of_stage(words, first, last)
        || is_housed(words, first, last, before)
        || is_sign(words, first, last)
        || is_model(words, first, last)
        || bureau
        || lone && is_slang(words, first)
        || is_star(words, first, last, before, beside)
        || is_maker(words, first, last, before, further)
        || lone && (is_town(words, first) || is_virtue(words, first))
}

/// «стрижка под джейсона стетхэма», «объём как у анжелы дэвис»: a full name to look like.
fn is_star(words: &Words<'_>, first: usize, last: usize, before: &str, beside: bool) -> bool {
    let alike = before == "под" || before == "у" && first >= 2 && words.text(first - 2) == "как" || before == "как";
    let inside = before == "из" && first >= 4 && words.text(first - 3) == "у" && words.text(first - 4) == "как";
    if !beside || !(alike || inside) {
        return false;
    }
    let near = first.saturating_sub(5)..first;
    let looks = near.clone().any(|index| LOOKS.begins(words.text(index)));
    // «как у матильды из леона»: both words of a film.
    let film = |index: usize| {
        words.text(index) == "из" && words.name(index + 1).is_some_and(|entry| entry.given_count() > 0)
            || words
                .forms(index + 1)
                .readings
                .iter()
                .any(|reading| words.text(index) == "из" && reading.kind == Kind::Given)
    };
    // A rare name to look like is a star's; one of friends has a place to be met.
    let rare = before == "у"
        && first == last
        && !matches!(words.text(last + 1), "из" | "с" | "в" | "на" | "со")
        && words
            .name(first)
            .is_none_or(|entry| entry.given_count() < STAR_COUNT_MAX)
        && words
            .forms(first)
            .readings
            .iter()
            .all(|reading| reading.count < STAR_COUNT_MAX && !reading.diminutive);
    let looks_after = words.gap(last + 1) == " " && LOOKS.begins(words.text(last + 1));
    (looks || looks_after && last > first) && (alike && (last > first || film(last + 1) || rare) || inside)
}

/// Binary logarithm of how usual a name is that is a friend's rather than a star's.
const STAR_COUNT_MAX: u64 = 6;

/// «чайхана хасан», «жк суворов»: a house or a work, its name in small letters right behind.
fn is_housed(words: &Words<'_>, first: usize, last: usize, before: &str) -> bool {
    if words.all[first].capitals != Capitals::None {
        return false;
    }
    let house = SIGNED.has(before)
        || HOUSES.has(before)
        || matches!(
            before,
            "жк" | "тц" | "бц" | "трц" | "трк" | "дк" | "мкр" | "таро" | "клуб" | "бар"
        );
    let nominative = words
        .forms(last)
        .readings
        .iter()
        .any(|reading| reading.cases & NOM != 0);
    house && words.gap(first) == " " && nominative && !does_something(words, last + 1)
}

/// Whether word `index` says what somebody does.
fn does_something(words: &Words<'_>, index: usize) -> bool {
    let text = words.text(index);
    let deed = words.lore(index).parts.frame;
    matches!(deed, Some(Frame::Deed | Frame::Doing)) || text.ends_with(['л', 'т']) || text.ends_with("ла")
}

/// «раиса магазин одежды», «яна маникюрный кабинет»: a sign or a label, read aloud.
fn is_sign(words: &Words<'_>, first: usize, index: usize) -> bool {
    if words.all[first].capitals != Capitals::None {
        return false;
    }
    let adjective = ["ный", "ная", "ное", "кий", "кая"]
        .iter()
        .any(|tail| words.text(index + 1).ends_with(tail));
    let noun = index + 1 + usize::from(adjective);
    let beside = (index + 1..=noun).all(|at| words.gap(at) == " ");
    let did = words.text(noun + 1).ends_with('л')
        || words.text(noun + 1).ends_with("ла")
        || words.text(noun + 1).ends_with("ет");
    let before = first
        .checked_sub(1)
        .map_or(Lore::nothing(), |before| words.lore(before))
        .parts;
    beside && !did && SIGNED.has(words.text(noun)) && !before.is_role() && !before.is_announcer()
}

/// «гель-лак анна карина», «диван эмма угловой»: goods called so, in the nominative right behind their word.
fn is_model(words: &Words<'_>, first: usize, last: usize) -> bool {
    if words.all[first].capitals != Capitals::None {
        return false;
    }
    let next = words.text(last + 1);
    let did = words
        .lore(last + 1)
        .parts
        .frame
        .is_some_and(|frame| frame != Frame::Booked)
        || next.ends_with(['л', 'т'])
        || next.ends_with("ла");
    let nominative = words
        .forms(last)
        .readings
        .iter()
        .any(|reading| reading.cases & NOM != 0);
    // «гель-лак анна карина», «шкаф купе лидия»
    let second = first > 1
        && words.gap(first - 1) == " "
        && MODELS.has(words.text(first - 2))
        && words.lore(first - 1).parts.frame.is_none()
        && !words.lore(first - 1).parts.is_role();
    let behind = first > 0 && words.gap(first) == " " && (second || MODELS.has(words.text(first - 1)));
    behind && nominative && !did
}

/// «гена перестал давать зарядку», «гранат, рубин или сапфир»: words of the trade.
fn is_slang(words: &Words<'_>, index: usize) -> bool {
    let near = index.saturating_sub(4)..(index + 6).min(words.len());
    let beside = |stems: &[&str]| {
        near.clone()
            .any(|other| other != index && stems.iter().any(|stem| words.text(other).starts_with(stem)))
    };
    match words.text(index) {
        "гена" | "гену" | "гены" | "гене" => beside(&[
            "шрус",
            "замен",
            "натяж",
            "заряд",
            "щетк",
            "стартер",
            "аккум",
            "акб",
            "ремень",
            "ремня",
            "подшипник",
        ]),
        "рубин" | "рубина" | "алмаз" | "гранат" => beside(&[
            "гранат",
            "сапфир",
            "изумруд",
            "топаз",
            "серьг",
            "серёж",
            "сереж",
            "кольц",
        ]),
        "клава" | "клаву" => beside(&["залип", "глюч", "ноут", "комп", "мышк", "тупит", "раскладк"]),
        "галка" | "галку" => beside(&["ставит", "поставь", "анкет", "стоит", "форм"]),
        "кит" => beside(&["тк", "довез", "доставк", "посылк"]),
        "жора" => beside(&["масл", "топлив", "бензин"]),
        "сид" => beside(&["фраз"]),
        "кодик"
        | "кодика"
        | "эсэмэска"
        | "эсэмэску"
        | "токен"
        | "токена"
        | "токены"
        | "постамат"
        | "постамата"
        | "иммобилайзер"
        | "авенсис" => true,
        _ => false,
    }
}

/// «платье от валентино», «часы михаэль корс»
fn is_maker(words: &Words<'_>, first: usize, last: usize, before: &str, further: &str) -> bool {
    let sold = GOODS.has(before)
        || before == "от" && GOODS.has(further)
        || (1..=4.min(first)).any(|back| GOODS.has(words.text(first - back)));
    sold && (first..=last + 1).any(|index| MAKERS.has(words.text(index)))
}

/// «до Чехова довезёте?», «Владимир, Киров и Королёв»
fn is_town(words: &Words<'_>, index: usize) -> bool {
    if !TOWNS.has(words.text(index)) {
        return false;
    }
    let near = index.saturating_sub(TRAVEL_REACH)..(index + TRAVEL_REACH + 1).min(words.len());
    let travels = near
        .clone()
        .any(|other| other != index && TRAVEL.begins(words.text(other)));
    let into = index > 0 && matches!(words.text(index - 1), "до" | "в" | "из" | "под" | "через" | "во");
    let listed = near
        .filter(|other| *other != index && words.all[*other].kind == WordKind::Cyrillic)
        .any(|other| TOWNS.has(words.text(other)));
    travels && (into || listed)
}

/// «вера есть, надежды почти нет, любовь прошла»
fn is_virtue(words: &Words<'_>, index: usize) -> bool {
    if !VIRTUES.has(words.text(index)) {
        return false;
    }
    let near = index.saturating_sub(VIRTUES_REACH)..(index + VIRTUES_REACH + 1).min(words.len());
    let denied = near
        .clone()
        .any(|other| matches!(words.text(other), "нет" | "есть" | "прошла" | "почти" | "кончилась"));
    denied
        && near
            .filter(|other| *other != index)
            .any(|other| VIRTUES.has(words.text(other)))
}
