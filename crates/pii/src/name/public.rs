//! What bears a person's name and is nobody's personal data where it stands: brands, fiction, saints and feasts, works
//! of stars, places named after somebody, discoverers, animals, goods. Has the last word after rules and model.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::lexicon::{NameEntry, bits};
use crate::stems::Stems;
use crate::words::{Capitals, Kind, Words};

use super::blocked::is_blocked;
use super::context;

/// Phrases, each word by its beginning: makers, fiction, saints, goods. Lines are groups of a kind.
const PHRASES: &[&str] = &[
    // makers and perfumes
    "майкл корс|каролин эррер|каролин херер|нин рич|ив рош|ив сен|кельвин кляйн|томми хилфигер|карл лагерфельд|джорджи армани",
    "хьюго босс|пьер карден|том форд|кристиан диор|эсте лаудер|макс фактор|мэри кэй|мэри кей|бобби браун|жан пол|дольче габбан",
    "гай лиан|ральф лорен|стелл маккартни|элизабет арден|джо малон|филипп плейн|марк джейкобс|тед бейкер|луи виттон|роберто кавалли",
    "жан клод|пако рабан|антонио бандерас|кевин мерфи|кевин мэрфи|богем элизабет|жорж сор|марк форман|леруа мерлен|эрих краус",
    "мари ра|дон карлеоне|дядя ван со|дядя ван огур|бабушк агаф|принцесс нур|принцесс кан|принцесс яв|принцесс гит|тетя мотя",
    "дольч вит|санта мари|хуго босс|ив лоран|стив мэдден|роберт диас|карло пазолини|альберт немчинов|тонино ламборгини",
    // fiction
    "шерлок холмс|доктор ватсон|доктор мом|гарри поттер|доминик торетто|джеймс бонд|джек воробе|джон уик|тони старк|лара крофт",
    "ани каренин|анна каренин|анны каренин|анне каренин|евгени онегин|наташ ростов|остап бендер|маш и медвед|алиса в стран",
    "дядя федор|дядя степ|дядюшк ау|баб яг|иван царевич|иван дурак|алеш попович|илья муром|добрын никитич|василис премудр",
    "елен прекрасн|змей горыныч|кот леопольд|кот матроскин|винни пух|карлсон|тимон и пумб|лило и стич|люк скайуокер|дарт вейдер",
    "ромео и джульет|бонни и клайд|том и джерри|чук и гек|робин гуд|питер пен|питер пэн|мэри поппинс|эркюл пуаро",
    // saints and feasts
    "иван купал|ивана купал|никол зимн|никол вешн|никол чудотвор|никола чудотвор|петр и павл|петра и павл|кирилл и мефод",
    "ксени петербург|ксени блажен|сергий радонеж|сергия радонеж|матрон москов|серафим саровск|илья пророк|георги победонос",
    "борис и глеб|андре первозван|пантелеймон целит|александр невск|дмитри донск|дед мороз|санта клаус|отец николай чудотвор",
    "вер надежд|петр и феврон|татьянин ден|ильин ден|юрьев ден|варвар великомуч|казанск божи",
];
/// The first words of the phrases, and the phrases that begin with each.
static PHRASES_BY_STEM: LazyLock<Stems> = LazyLock::new(|| Stems::of_lines(PHRASES_OF.keys().copied()));
static PHRASES_OF: LazyLock<HashMap<&'static str, Vec<&'static str>>> = LazyLock::new(|| {
    let mut phrases: HashMap<&str, Vec<&str>> = HashMap::new();
    for phrase in PHRASES.iter().flat_map(|group| group.split('|')) {
        let first = phrase.split(' ').next().unwrap_or(phrase);
        phrases.entry(first).or_default().push(phrase);
    }
    phrases
});
/// Made-up people told by one word.
static FICTION: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "гермион мальвин шрек чебурашк золушк белоснежк рапунцел покахонтас бэтмен супермен фион пятачк незнайк дюймовочк \
         джинсми масянь рапунцель малефисент наруто харли джокер дракул франкенштейн дамблдор хагрид снегурочк",
    )
});
/// Discoverers whose names are tests, scales and signs.
static DISCOVERERS: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "эпштейн барр бишоп апгар паркинсон альцгеймер нечипоренк зимницк реберг папаниколау папаникола допплер доплер \
         ромберг манту кох пастернацк щеткин блюмберг шморл гоффа бейкер дезо шанц киршнер илизаров жильбер бабинск \
         кегел кебот дюк бехтерев рейтер крон уилсон аддисон кушинг грейвс базедов хашимото гартнер лайм боткин \
         рентген холтер шено рохлин дауна тернер туретт аспергер мюнхгаузен стокгольм векслер люшер айзенк роршах",
    )
});
/// Words that make what follows a place or a house of many.
static PLACES: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "больниц поликлиник роддом госпитал завод фабрик театр институт университет академи библиотек школ гимнази лице \
         музе площад набережн парк сквер памятник станци метро аэропорт бульвар консерватори филармони стадион дворец \
         дворц фонд премии колледж улиц проспект проезд переул шосс мост бюст мемориал",
    )
});
/// Titles of those whom places are named after.
static HONOURED: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "космонавта академика маршала адмирала летчика героя святого святой святителя святому преподобного преподобной \
         матушки блаженной великомученика великомученицы апостола мученицы им имени иконе икона икону храме храм храма \
         церковь церкви собор собора монастырь",
    )
});
/// Works by which stars are named.
static WORKS: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "альбом альбома альбомы песня песню песни песне концерт концерте концерта клип трек хит стихи стих роман",
    )
});
/// Animals of any breed.
static BREEDS: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "йорк йорка йорку мопс мопса шпиц шпица шпицу хаски корги такса таксу таксы пудель пуделя лабрадор лабрадора \
         овчарка овчарку бульдог бульдога чихуахуа кошечка кошечку котик котика котенок котенка кот кота кошка кошку \
         собака собаку собачка собачку пес песик щенок щенка хомяк хомяка попугай попугая кролик кролика черепаха \
         черепаху морская свинка крыса крысу лошадь коня мейнкун мейнкуна сфинкс сфинкса британец британка",
    )
});
/// Short words and makes taken for names.
static NEVER: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "инн моб мот связь перезв госномер вайфай вайфая вайфаю вайфаем гис киндер киндера киндеры газпромбанк маз ман эл \
         экзист экзиста снт хеликс шумофф шумоф",
    )
});
/// Longest ending of a word of a phrase.
const ENDING_MAX: usize = 3;

/// Whether the name in words `first..=last` is that of something public.
pub(super) fn is_public(words: &Words<'_>, first: usize, last: usize) -> bool {
    let before = first.checked_sub(1).map_or("", |index| words.text(index));
    if context::is_announcer(before) && before != "имени" {
        return false;
    }
    let lone = first == last;
    let text = words.text(first);
    let near = matches!(words.gap(first), " " | " «" | " - " | ": " | " \"");
    let further = first.checked_sub(2).map_or("", |index| words.text(index));
    lone && (matches!(before, "ооо" | "оао" | "зао" | "пао") && near
        || NEVER.has(text)
        || is_ear_doctor(text, before)
        || is_nick_word(words, first)
        || begins_with(&FICTION, text))
        || is_in_phrase(words, first, last)
        || is_animal(words, first, last, before, further)
        || lone && near && WORKS.has(before)
        || is_place(words, first, last, before, further, near)
        || lone && is_discoverer(text, before, further)
        || is_goods(words, first, last, before)
}

fn begins_with(stems: &Stems, word: &str) -> bool {
    stems
        .longest(word)
        .is_some_and(|stem| word[stem.len()..].chars().count() <= ENDING_MAX)
}

/// «у лора», «к лору»: the doctor, not Лора.
fn is_ear_doctor(text: &str, before: &str) -> bool {
    matches!(text, "лор" | "лору" | "лором")
        || text == "лора" && matches!(before, "у" | "от" | "для" | "до" | "на" | "врача" | "прием")
}

/// «ник anna_nails»: the word for an account.
fn is_nick_word(words: &Words<'_>, index: usize) -> bool {
    words.text(index) == "ник"
        && (words.gap(index + 1).contains('@') || words.all.get(index + 1).is_some_and(|next| next.kind == Kind::Latin))
}

/// Whether a phrase of the list covers some of the words.
fn is_in_phrase(words: &Words<'_>, first: usize, last: usize) -> bool {
    let fits = |phrase: &str, start: usize| {
        phrase.split(' ').enumerate().all(|(step, stem)| {
            let word = words.text(start + step);
            let joined = step == 0 || matches!(words.gap(start + step), " " | "-" | "\u{bb} " | " - " | "  ");
            joined
                && word
                    .strip_prefix(stem)
                    .is_some_and(|tail| tail.chars().count() <= ENDING_MAX)
        })
    };
    (first.saturating_sub(2)..=last).any(|start| {
        PHRASES_BY_STEM
            .of(words.text(start))
            .filter_map(|stem| PHRASES_OF.get(stem))
            .flatten()
            .any(|phrase| start + phrase.split(' ').count() > first && fits(phrase, start))
    })
}

/// «йорка Матильды», «мою Мусю, кошечку», «собаку зовут Боня», «назвали машину Зинаидой».
fn is_animal(words: &Words<'_>, first: usize, last: usize, before: &str, further: &str) -> bool {
    let next = words.text(last + 1);
    let owned = matches!(
        before,
        "мою" | "моя" | "моей" | "моего" | "мой" | "наш" | "наша" | "нашу" | "нашего" | "нашей"
    );
    let beside = words.gap(first) == " ";
    beside && (BREEDS.has(before) || context::is_pet(before))
        || beside && before == "зовут" && (BREEDS.has(further) || context::is_pet(further))
        || beside && (before.starts_with("машин") || before.starts_with("авто")) && further.starts_with("назва")
        || owned && words.gap(last + 1) == ", " && (BREEDS.has(next) || context::is_pet(next))
}

/// «больница Семашко», «завод имени Колющенко», «по улицам Ленина, Свердлова».
fn is_place(words: &Words<'_>, first: usize, last: usize, before: &str, further: &str, near: bool) -> bool {
    let is_street = |index: usize| NameEntry::look_up(words.text(index)).is_some_and(|entry| entry.has(bits::STREET));
    let given = NameEntry::look_up(words.text(first)).is_some_and(|entry| entry.given_count() >= 5);
    // «директор завода Салават Идельбаев» is a person: only a lone surname behind a place names the place.
    let after_place =
        first == last && begins_with(&PLACES, before) && (!given || is_street(first)) && !context::is_role(further);
    let honoured = HONOURED.has(before) && (begins_with(&PLACES, further) || before != "имени" && before != "героя")
        || before == "имени" && begins_with(&PLACES, further);
    // A list of streets: «по улицам Ленина, Свердлова и Калинина».
    let listed = is_street(last)
        && !given
        && (1..=5.min(first)).any(|back| words.text(first - back).starts_with("улиц"))
        && (1..=5.min(first))
            .take_while(|back| !words.text(first - back).starts_with("улиц"))
            .all(|back| is_street(first - back) || words.text(first - back) == "и");
    near && (after_place || honoured) || listed
}

/// «по Бишопу», «анализ на Эпштейна», «болезнь Паркинсона».
fn is_discoverer(text: &str, before: &str, further: &str) -> bool {
    begins_with(&DISCOVERERS, text)
        && (matches!(before, "по" | "на") || context::is_eponym_word(before) || context::is_eponym_word(further))
}

/// «Диана-35», «Стефания крем 50 мл», «Авто: Лада», «виктория по 350 за литр», «две алёнки».
fn is_goods(words: &Words<'_>, first: usize, last: usize, before: &str) -> bool {
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
