//! Words around a name: what speaks for a person, what speaks against.

use std::sync::LazyLock;

use crate::stems::{Lists, Stems};
use crate::words::Words;

use super::blocked::is_blocked;
use super::form::cases::{ACC, DAT, GEN, INS, LOC, NOM};
use super::frame::Frame;

/// Roles and kin before a name: «мастер Ольга», «сын Лев». Matched by beginning.
static ROLES: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "мастер врач доктор докторш клиент пациент администратор админ менеджер сотрудни тренер курьер водител \
         механик сторож косметолог парикмахер стилист терапевт хирург педиатр стоматолог колорист директор \
         управляющ медсестр массажист бровист барбер логопед психолог гинеколог ортодонт невролог лор окулист \
         офтальмолог уролог кардиолог дерматолог хозяин хозяйк владел получател отправител заказчи арендатор \
         собственни слушател преподавател продав кассир бухгалтер замерщик муж жена жене жену женой жены сын доч \
         дочк мама маме маму мамой мамы папа папе папу брат сестр бабушк дедушк бабул дед внук внучк племянни \
         тетя тете тетю теть дядя дяде дядь тещ тест свекр подруг подружк друг друга соседк сосед ребен малыш \
         мальчик девочк девушк товарищ коллег господин госпож уважаем дорог слесар электрик сантехник инженер \
         партнер ип гость именинни крестник крестниц крестн кума куме куму сынок сынк сынул муженек муженьк свекор золовк \
         невестк сноха сноху снохе снохи зят супруг двойняшк близняшк однокласс начальни ученик учениц стажер няня няне няню \
         репетитор учител риелтор дизайнер маляр плиточник монтажник установщик кладовщик приемщик приемщиц племяш",
    )
});
/// Roles that stand only for the word itself, not for its beginnings.
static NOT_ROLES: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "мастерская мастерской мастерскую другой другая другие другого другое другую других мужской мужская \
         мужские мужскую мужское лорд дорогой дорога дорого дороге дорогу дорогое дорогая дедлайн барбершоп \
         барбершопе барбершопа доктора клиентская клиентский сотрудничество тест тесто теста тестер малышка \
         администрация дочистить дочитала ипотека",
    )
});
/// Words that announce a name.
static ANNOUNCERS: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "зовут имя имени фио фамилия фамилию фамилии звать zovut name ф отчество представьтесь обращаться меня \
         подпись заявитель плательщик пассажир контакт звали владелец держатель ответственный приветствую мадам",
    )
});
/// Verbs and words that take a person in the dative.
static DATIVE_VERBS: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "передай переда скаж сказа напиш позвон перезвон набер привет спасибо дай отда сообщ напомн верн помог \
         отправ скин переведи перевед благодар показ доверя zvoni",
    )
});
/// Verbs that take a person in the accusative.
static ACCUSATIVE_VERBS: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "запиш записа позов спрос предупре попрос жд встре поздрав перенес перекидыва постав прос найд видел зна \
         пригла люб вызв отмен записывал уволи",
    )
});
/// What people do, after their name in the nominative.
static DEEDS: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "работа когда принима сказал говорит звонил позвонил перезвонил пришел пришла придет приедет приехал заболел \
         опозда ведет вед делает делал просит просил обещал ждет записан записал свободн занят выйдет вышл уехал \
         уволил отменил перенес подтверд будет оплатил забыл оставил зовут привез забер поможет советовал стриг \
         красил красит сегодня завтра есть сможет может передал ответил написал напишет знает живет плачет явил \
         появ кашля хочет на ваша ваш",
    )
});
/// Titles that follow a name among neighbours in the Urals and Central Asia.
static TITLES: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new("апа апай апе апу ага абый абы абыю ханум ханым бей эфенди тетя ака опа джан байке эже агай")
});
/// Words before something called by a name that is no person.
static THINGS: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "салон магазин барбершоп клиник центр отел кафе ресторан студи фирм компани ооо оао зао пао ао тц трк трц \
         аптек школ набор комплекс крем маск шампун бальзам краск лак лака гель помад духи прическ стрижк укладк \
         бород торт салат пирожн корзиночк букет роза роз сорт ткан штор коллекц диван кресл кухн шкаф кровать \
         матрас комод стол постельн полотенц пряж модел марк бренд фильм мультик мультфильм книг роман песн групп \
         сериал журнал программ услуг процедур абонемент акци тариф остановк станци площад парк сквер санатор \
         озер храм церк собор монастыр икон праздник имплант брекет спирал капл таблетк мазь препарат укол \
         аппарат хна завод музей автомобил авто машин тачк р-н",
    )
});
/// Words before the name of a discoverer.
static EPONYMS: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "болезн синдром симптом проба пробу пробы реакц анализ шкал вирус метод операц тест закон аппарат палочк \
         киста кисты перелом эрба лимфом саркома узел кольц гимнастик диет формул раствор мазь грыж диагност \
         индекс аур паралич контрактур надрез зонд лечени рефлекс бляшк воротник атака лечебн тиреоидит",
    )
});
/// Animals, whose names are nobody's personal data.
static PETS: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "кот кота коту котом кошка кошку кошке кошки кошечка котик котенок котенка собака собаку собаке собаки \
         собачка собачку пес песик пса псу щенок щенка попугай хомяк хомячок кролик лабрадор овчарка шпиц такса \
         корги лошадь",
    )
});
/// Words before a street name.
static STREETS: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "ул улица улице улицу улицы пр проспект проспекте проспекту пер переулок площадь площади бульвар шоссе \
         тракт остановка остановке остановки угол углу перекресток перекрестке сквер парк парке наб набережная \
         мост просп метро кинотеатр мкр микрорайон н район районе",
    )
});

/// Longest ending of a role word.
const ENDING_MAX: usize = 4;

/// What a word is to a name beside it, as a set of bits, and the cases it asks for. The model knows the bits by their
/// places.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Parts {
    set: u32,
    /// Cases asked for, with the weight of that evidence.
    asked: (u8, f32),
    /// Looks like a name and almost never is.
    pub(super) blocked: bool,
    /// What it makes of the words around it.
    pub(super) frame: Option<Frame>,
}

impl Parts {
    pub(crate) const NONE: Self = Self {
        set: 0,
        asked: (0, 0.0),
        blocked: false,
        frame: None,
    };

    /// What a folded word is.
    pub(crate) fn of(word: &str) -> Self {
        let possible = POSSIBLE.of(word);
        let set = LISTED
            .iter()
            .enumerate()
            .filter(|(number, (_, is))| possible & 1 << number != 0 && is(word))
            .fold(0, |set, (number, _)| set | 1 << number);
        let verb = possible & VERBS != 0;
        Self {
            set,
            asked: asked_by(word, verb),
            blocked: is_blocked(word),
            frame: Frame::of(word),
        }
    }

    pub(super) fn bits(self) -> u32 {
        self.set
    }

    /// A role or kin: «мастер Ольга».
    pub(super) fn is_role(self) -> bool {
        self.set & 1 != 0
    }

    pub(super) fn is_announcer(self) -> bool {
        self.set & 1 << 1 != 0
    }

    pub(super) fn is_thing(self) -> bool {
        self.set & 1 << 2 != 0
    }

    pub(super) fn is_eponym_word(self) -> bool {
        self.set & 1 << 3 != 0
    }

    pub(super) fn is_pet(self) -> bool {
        self.set & 1 << 4 != 0
    }

    pub(super) fn is_street_word(self) -> bool {
        self.set & 1 << 5 != 0
    }

    pub(super) fn is_deed(self) -> bool {
        self.set & 1 << 6 != 0
    }

    pub(super) fn is_title(self) -> bool {
        self.set & 1 << 7 != 0
    }
}

/// A list, and whether a word is what it lists.
type Listed = (&'static LazyLock<Stems>, fn(&str) -> bool);

/// By the bits of [`Parts`].
static LISTED: [Listed; 8] = [
    (&ROLES, is_role),
    (&ANNOUNCERS, is_announcer),
    (&THINGS, is_thing),
    (&EPONYMS, is_eponym_word),
    (&PETS, is_pet),
    (&STREETS, is_street_word),
    (&DEEDS, is_deed),
    (&TITLES, is_title),
];

/// The lists of [`LISTED`], in its order, and two of verbs.
static POSSIBLE: LazyLock<Lists> = LazyLock::new(|| {
    let listed = LISTED.iter().map(|(list, _)| *list);
    let lists: Vec<&Stems> = listed
        .chain([&DATIVE_VERBS, &ACCUSATIVE_VERBS])
        .map(LazyLock::force)
        .collect();
    Lists::new(&lists)
});
/// Bits of the verbs.
const VERBS: u32 = 0b11 << LISTED.len();

fn is_title(word: &str) -> bool {
    TITLES.has(word)
}

pub(super) fn is_role(word: &str) -> bool {
    let stem = ROLES.longest(word);
    // Whole forms and the shortest stems take no further endings: «маме», but «Мамедом».
    let whole = |stem: &str| {
        (matches!(stem, "лор" | "ип") || stem.ends_with(['а', 'е', 'у', 'ы', 'й', 'я', 'ю'])) && word != stem
    };
    stem.is_some_and(|stem| word.chars().count() <= stem.chars().count() + ENDING_MAX && !whole(stem))
        && !NOT_ROLES.has(word)
}

pub(super) fn is_pet(word: &str) -> bool {
    PETS.has(word)
}

fn is_street_word(word: &str) -> bool {
    STREETS.has(word)
}

pub(super) fn is_announcer(word: &str) -> bool {
    ANNOUNCERS.has(word)
}

fn is_thing(word: &str) -> bool {
    THINGS.begins(word) && !["парке", "лакова", "центрального", "столько", "столе", "групповой"].contains(&word)
}

pub(super) fn is_eponym_word(word: &str) -> bool {
    EPONYMS.begins(word)
}

pub(super) fn is_deed(word: &str) -> bool {
    DEEDS.begins(word)
}

/// Cases that the words right before word `index` ask for, with the weight of that evidence.
pub(super) fn asked(words: &Words<'_>, index: usize) -> (u8, f32) {
    if index == 0 || !matches!(words.gap(index), " " | "  ") {
        return (0, 0.0);
    }
    words.lore(index - 1).parts.asked
}

/// Cases a word asks of the next one; `verb` where it may be a verb that takes a person.
fn asked_by(before: &str, verb: bool) -> (u8, f32) {
    match before {
        "к" | "ко" => (DAT, 1.6),
        "у" => (GEN, 1.4),
        "для" | "от" | "кроме" | "без" | "вместо" | "насчет" => (GEN, 1.0),
        "с" | "со" => (INS, 1.1),
        "про" => (ACC, 1.0),
        "на" => (ACC, 0.2),
        "о" | "об" => (LOC, 0.8),
        "а" | "и" | "или" | "не" => (NOM, 0.3),
        "фамилия" | "фамилию" | "имя" => (NOM, 4.4),
        "это" | "я" | "eto" => (NOM, 1.6),
        "в" | "во" | "из" => (0, -2.5),
        "k" => (DAT, 1.6),
        _ if !verb => (0, 0.0),
        _ if DATIVE_VERBS.begins(before) => (DAT, 1.8),
        _ if ACCUSATIVE_VERBS.begins(before) => (ACC | NOM, 1.2),
        _ => (0, 0.0),
    }
}
