//! What bears a person's name and is nobody's personal data where it stands: brands, fiction, saints and feasts, works
//! of stars, places named after somebody, discoverers, animals, goods. Has the last word after rules and model.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::lexicon::bits;
use crate::stems::Stems;
use crate::words::{Kind, Words};

use super::context;
use super::goods::{is_among_medicines, is_dish, is_flower, is_goods, is_sort};
use super::likeness::is_likeness;
use super::place::is_where;
use super::title::is_of_work;

/// Phrases, each word by its beginning: makers, fiction, saints, goods. Lines are groups of a kind.
const PHRASES: &[&str] = &[
    // makers and perfumes
    "майкл корс|каролин эррер|каролин херер|нин рич|ив рош|ив сен|кельвин кляйн|томми хилфигер|карл лагерфельд|джорджи армани",
    "хьюго босс|пьер карден|том форд|кристиан диор|эсте лаудер|макс фактор|мэри кэй|мэри кей|бобби браун|жан пол|дольче габбан",
    "гай лиан|ральф лорен|стелл маккартни|элизабет арден|джо малон|филипп плейн|марк джейкобс|тед бейкер|луи виттон|роберто кавалли",
    "жан клод|пако рабан|антонио бандерас|кевин мерфи|кевин мэрфи|богем элизабет|жорж сор|марк форман|леруа мерлен|эрих краус",
    "мари ра|дон карлеоне|дядя ван со|дядя ван огур|бабушк агаф|принцесс нур|принцесс кан|принцесс яв|принцесс гит|тетя мотя",
    "марко тоцци|марк о поло|франческо донн|томас мюнц|карло пазолин|рита орф|джимми чу|джанфранко ферре|гай фокс|сальваторе феррагам",
    "дольч вит|санта мари|хуго босс|ив лоран|стив мэдден|роберт диас|карло пазолини|альберт немчинов|тонино ламборгини",
    // fiction
    "шерлок холмс|доктор ватсон|доктор мом|гарри поттер|доминик торетто|джеймс бонд|джек воробе|джон уик|тони старк|лара крофт",
    "ани каренин|анна каренин|анны каренин|анне каренин|евгени онегин|наташ ростов|остап бендер|маш и медвед|алиса в стран",
    "дядя федор|дядя степ|дядюшк ау|баб яг|иван царевич|иван дурак|алеш попович|илья муром|добрын никитич|василис премудр",
    "эльз и анн|анн и эльз|маш и медвед|маша и медвед|маши и медвед|машей и медвед|машу и медвед|холодн сердц|мии уоллес|мия уоллес|мию уоллес",
    "крокодил ген|ген и чебураш|лил и стич|карл и клар|красн шапочк|кот в сапог|фрекен бок|пепп длинн|винни и пух|мышк минн|микк маус",
    "мэрилин монро|мерилин монро|одри хепберн|коко шанель|чак норрис|брюс ли|фредди меркьюр|элвис пресл|майкл джексон|сара бернар|сары бернар",
    "агат крист|жюль верн|марк твен|сальвадор дал|ван гог|леонардо да|пабло пикассо|альберт эйнштейн|зигмунд фрейд|карл маркс|эдгар по",
    "никол тесл|стивен кинг|джоан роулинг|эрих мари|александр дюм|льв толст|лев толст|антон чехов|михаил булгаков|мастер и маргарит|мастера и маргарит",
    "граф орлов|граф монте|кровав мэр|мари антуанет|мария антуанет|дядя том|дяди том|дед талаш|папа джонс|папы джонс|тетушк ау|мистер мускул",
    "мистер пропер|мистер бин|мистер твистер|бабушк лукошк|бабушкин лукошк|эпштейн барр|осгуд шлаттер|осгуд шляттер|иценко кушинг|пьер ришар",
    "елен прекрасн|змей горыныч|кот леопольд|кот матроскин|винни пух|карлсон|тимон и пумб|лило и стич|люк скайуокер|дарт вейдер",
    "ромео и джульет|бонни и клайд|том и джерри|чук и гек|робин гуд|питер пен|питер пэн|мэри поппинс|эркюл пуаро",
    // sayings
    "куд макар|макар телят|макара телят|макар гонял|филькин грамот|сидоров коз|кузькин мат|емел мели|мели емел|шапк мономах|тришкин кафтан",
    "федот да не|кондрат хватил|кондратий хватил|лис патрикеевн|васьк слушает|демьянов ух|фом неверующ|варвар любопытн|маш растерян|маш растеряш",
    "вас пупкин|вася пупкин|васи пупкин|адам и ев|сим и хам|христ за пазух|маланьин свадьб|иван кивает|титаник|ахиллесов пят|дамоклов меч",
    "тет мот|дуньк в|мать тереза|мать терез|мамаев побоищ|соломонов решен|катюш пушк|дяд ваня приехал|михайл потапыч|михаил потапыч|мишк косолап",
    "слав богу|слава богу|слав бог|слав аллаху|слава аллаху|слав тебе|слава тебе|слав яйцам|слава яйцам|слав всевышн|слава всевышн|мир вашему|мир вам",
    "петров день|петрову дню|петрова дня|ильину дню|ильина дня|ильин день|сеньк шапк|сенькин шапк|шапк сеньк|шапк сенькин|ваньк встаньк|варвар крас|иван да мар",
    "джек дэниелс|джек дениелс|джонни уокер|капитан морган|джим бим|маркс и энгельс|платон и аристот|японск городов|тетя ася|тети аси|владимир суздал|лемана про|нобел преми",
    "слав росси|слава росси|слава труд|слава украин|слава кпсс|слава героям|слава роду|дуня кулаков|гош рубчинск|машеньк и медвед|без веры никуда|без веры нельзя|без веры не|без надежды не",
    "дед пихто|деда пихто|герасим и муму|мария целест|ася тургенев|анна герман|анны герман|филя простак",
    "макс скорост|макс мощност|макс нагруз|макс цен|клава кока|таро ленорман|де геннин|вас немного|ирон судьб|иван чай|ваня встал|сенька лимузин|коля коля",
    "тарас бульб|бэтмен и робин|женя лукашин|остап ибрагим|евгения онегин|дядюшка ау|дядя мокус|петр первый|петра первого|иван грозн|ивана грозн|екатерин втор",
    "дженнифер лопес|анджелин джоли|бред питт|брэд питт|ким кардаш|элвис пресл|одри хепб|джонни депп|том круз|том харди|дэвид бекх|мадам тюссо|алл пугач|филипп киркор|тина канделаки",
    "злат праг|луи филипп|михаэл корс|карл цейс|кубик рубик|швец жнец|швец и жнец|жнец и на|мари селест|клав залип|клава залип|клав глюч|клава глюч|клав у ноут|клава у ноут",
    "клав у комп|клава у комп|клава тупит|клав не печат|клава не печат|жор топлив|жора топлив|жор масл|жора масл|симиренк яблок|кум корол|царь горох|барби и кен|рая на земле",
    "вер в лучш|вера в лучш|вера в людей|вера в себя|вера в чудо|вера в то|вер в то|вся надежд|одна надежд|последн надежд|надежд умирает|надежда умирает",
    "надежда на то|надежды нет|надежды почти|надежд почти|люб зла|любовь зла|любовь с первого|любовь морковь|любовь моя|любовь не картошк|любовь прошла",
    // saints and feasts
    "иван купал|ивана купал|никол зимн|никол вешн|никол чудотвор|никола чудотвор|петр и павл|петра и павл|кирилл и мефод",
    "ксени петербург|ксени блажен|сергий радонеж|сергия радонеж|матрон москов|серафим саровск|илья пророк|георги победонос",
    "борис и глеб|андре первозван|пантелеймон целит|александр невск|дмитри донск|дед мороз|санта клаус|отец николай чудотвор",
    "света мало|света нет|света хват|мало света|нет света|ваньк мокр|ванька мокр|мать их соф|про вовочк|кулибин вы|наш кулибин|есть надежд",
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
/// Titles of tales and of history.
static TITLES: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "царевн царевич принцесс принцев царица царицы царицу царице императриц император фараон богин пирамид статуэтк",
    )
});
/// Storms, ships and waters, which bear names.
static FORCES: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "ураган урагана тайфун циклон циклона шторм теплоход теплохода теплоходе пароход пароходе крейсер ледокол река реки \
         реку реке озеро озера озере пещера пещеру вулкан кубок кубка",
    )
});
/// Signs of the zodiac that are names too, and words that speak of it.
static ZODIAC: LazyLock<Stems> =
    LazyLock::new(|| Stems::new("лев льва льву львы дева девы деву рак рака овен овны телец весы"));
static OF_ZODIAC: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new("гороскоп зодиак зодиаку асцендент козерог водолей скорпион стрелец близнец рыбы овен телец")
});
/// How far apart they stand.
const ZODIAC_REACH: usize = 5;

fn is_sign_of_zodiac(words: &Words<'_>, index: usize) -> bool {
    let near = index.saturating_sub(ZODIAC_REACH)..(index + ZODIAC_REACH + 1).min(words.len());
    ZODIAC.has(words.text(index))
        && near
            .filter(|other| *other != index)
            .any(|other| OF_ZODIAC.begins(words.text(other)))
}

/// Made-up people told by one word.
static FICTION: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "гермион аристотел энгельс сократ клеопатр кардашьян бекхэм бекхем стетхэм стетхем мальвин шрек чебурашк золушк белоснежк рапунцел покахонтас бэтмен супермен фион пятачк незнайк дюймовочк \
         джинсми масянь рапунцель малефисент наруто харли джокер дракул франкенштейн дамблдор хагрид снегурочк \
         фиксик лунтик смешарик пеппа свинка-пепп ариэль моана пикачу гринч пиноккио чиполлино айболит бармалей мойдодыр \
         хоттабыч винтик шпунтик гулливер робинзон д'артаньян арамис квазимодо зорро тарзан спайдермен росомаха джедай \
         терминатор рэмбо годзилла покемон телепузик трансформер миньон шапокляк вольк карабас буратин артемон мюнхгаузен \
         малышарик барбоскин царевн золотовласк русалочк леопольд волан-де-морт гэндальф бильбо фродо леголас хоббит \
         чудо-женщин аквамен росинант дульсине маугли балу акела чингачгук венсдей аддамс пугал нафан домовенок несмеян \
         кикимор лешего водян емеля емели емелю плюшкин хлестаков чичиков манилов собакевич скалозуб фамусов молчалин \
         митрофанушк штирлиц кощей кощея чиполлин коломбин арлекин",
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
/// Those whose names people bear as well: only right after what is called by them.
static NAMESAKES: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "шляттер шлаттер осгуд пертес шегрен рейно меньер дюпюитрен бартолин вассерман пирке вирсунг грефенберг воячек \
         ринне гесс кюнчер дитерихс блэкмор фолей амбу войт бобат мармар иваниссевич лихтенштейн труссо \
         хвостек кернига брудзинск ласега энгля энглю энгл джесснер жаке видаля видаль бутейко стрельников дикул евминов \
         норбеков бубновск брегг монтессори кнейп шарко шейерман гильбарт ходжкин \
         марфан вольтман хортон бехчет гийен барре гентингтон хантингтон миньон чарльсон хюнер \
         певзнер дюкан вишневск симановск флеминг вилькинсон теймуров лассар блашко кетле амслер сивцев рабкин кумбс шиллер \
         сулкович штанге генчи руфье мартинэ маслоу парето исикав оккам мерфи пифагор герон паскал гаусс ньютон архимед \
         эйлер фурье лаплас рихтер бофорт бринелл роквелл виккерс гантт деминг макферсон ванкел стирлинг гровер маевск \
         мендел фарадей ампер кулон джоул гука бойл менделеев дарвин лоренц максвелл кирхгоф кеплер коперник \
         боуден аллен огулов ямагучи джонсон дарсонвал лонго шалимов ферстер пандор фибоначч \
         бильрот пфанненштиль ортнер мерфи щеткина блюмберга ровзинг бехтерева",
    )
});
/// Appliances and doings of medicine called by whom they come from.
static APPLIANCES: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "закон теорем формул цикл бином бритв эффект принцип диаграмм уравнен кран шайб подвеск трос ключ двигател \
         мотор паст мазь индекс сетк лини таблиц диет проб тест шкал пирамид \
         спиц гвозд шина шину шины ортез бандаж воротник аппарат методик угол шов зонд катетер мешок щипц пункци \
         массаж пилинг упражнени гимнастик дыхани корсет прикус окраск разрез пластик пластинк маневр манёвр \
         стрижк триад штамм",
    )
});
/// Words that make what follows a place or a house of many.
static PLACES: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "больниц поликлиник роддом госпитал завод фабрик театр институт университет академи библиотек школ гимнази лице \
         музе площад набережн парк сквер памятник станци метро аэропорт бульвар консерватори филармони стадион дворец \
         дворц фонд премии ансамбл оркестр балет колледж улиц проспект проезд переул шосс мост бюст мемориал",
    )
});
/// Words for stations and villages; their names may be listed after them.
static STATIONS: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new("метро станци поселок посёлок поселк деревн село селе села сворот поворот платформ остановк разъезд")
});
const STATION_REACH: usize = 4;
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
        "майбах майбаха голден гольден чек чеки чека ешкин арарат арарата прайс прайса прайсу прайсе инн пин кросс моб мот связь перезв госномер вайфай вайфая вайфаю вайфаем гис инки инков ацтеки киндер киндера киндеры газпромбанк маз ман эл \
         экзист экзиста снт хеликс шумофф шумоф",
    )
});
/// Longest ending of a word of a phrase.
const ENDING_MAX: usize = 3;

/// Whether the name in words `first..=last` is that of something public.
pub(super) fn is_public(words: &Words<'_>, first: usize, last: usize) -> bool {
    let before = first.checked_sub(1).map_or("", |index| words.text(index));
    let beside_pet = before == "зовут" && first >= 2 && {
        let owner = words.text(first - 2);
        BREEDS.has(owner) || context::is_pet(owner)
    };
    if context::is_announcer(before) && before != "имени" && !beside_pet {
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
        || is_unit(words, first)
        || begins_with(&FICTION, text))
        || is_in_phrase(words, first, last)
        || near && TITLES.begins(before)
        || lone && is_flower(words, first)
        || near && FORCES.has(before)
        || lone && is_sign_of_zodiac(words, first)
        || is_animal(words, first, last, before, further)
        || lone && near && WORKS.has(before)
        || is_place(words, first, last, before, further, near)
        || lone && is_where(words, first)
        || lone && is_discoverer(text, before, further)
        || is_goods(words, first, last, before)
        || is_likeness(words, first, last)
        || is_sort(words, first, before)
        || is_of_work(words, first, last)
        || lone && (is_dish(words, first, before) || is_among_medicines(words, first))
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
    let next = words.all.get(index + 1);
    words.text(index) == "ник"
        && (words.gap(index + 1).contains(['@', ':'])
            || matches!(words.text(index + 1), "в" | "телеграм" | "инста" | "вк" | "занят")
            || next.is_some_and(|next| next.kind == Kind::Latin))
}

/// «1500 Вт», «220 В»: a measure behind its number.
fn is_unit(words: &Words<'_>, index: usize) -> bool {
    const UNITS: &str = "вт квт ватт гц кгц мгц ггц ом па кпа мпа бар нм дб лм лк мл кл мкм гб мб тб";
    index > 0
        && words.all[index - 1].kind == Kind::Digits
        && matches!(words.gap(index), " " | "")
        && UNITS.split(' ').any(|unit| unit == words.text(index))
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
    let said = (last + 1..(last + 6).min(words.len()))
        .take_while(|index| !words.gap(*index).contains([',', '.', '!', '?', ';', '\n']))
        .find(|index| !is_of_breed(words.text(*index)))
        .is_some_and(|index| index > last + 1 && is_breed(words.text(index)));
    said || beside_pet(words, first, last)
        || first == last && is_pet_name(words.text(first))
        || beside && before.starts_with("кличк")
        || beside && (BREEDS.has(before) || context::is_pet(before))
        || beside && before == "зовут" && (BREEDS.has(further) || context::is_pet(further))
        || beside && (before.starts_with("машин") || before.starts_with("авто")) && further.starts_with("назва")
        || owned && words.gap(last + 1) == ", " && (BREEDS.has(next) || context::is_pet(next))
}

/// Names few people bear and every second cat does.
static PETS: LazyLock<Stems> = LazyLock::new(|| Stems::new("мурк мурзик барсик бобик тузик полкан жучк мухтар тобик"));

/// «Барсик», «Мурку»; not «Барсиков».
fn is_pet_name(word: &str) -> bool {
    PETS.of(word)
        .any(|pet| matches!(&word[pet.len()..], "" | "а" | "у" | "е" | "и" | "ом" | "ой"))
}
/// How far apart two animals of one household are told.
const HOUSEHOLD_REACH: usize = 3;

/// «рыжий Барсик и толстая Матильда»: told in one breath with an animal.
fn beside_pet(words: &Words<'_>, first: usize, last: usize) -> bool {
    let adjective = |index: usize| {
        ["ая", "ый", "ий", "ой", "яя"]
            .iter()
            .any(|tail| words.text(index).ends_with(tail))
    };
    let leads = |mut between: std::ops::Range<usize>| between.all(|index| words.text(index) == "и" || adjective(index));
    let pet = |index: usize| is_pet_name(words.text(index));
    (1..=HOUSEHOLD_REACH.min(first)).any(|back| back > 1 && pet(first - back) && leads(first - back + 1..first))
        || (2..=HOUSEHOLD_REACH).any(|step| pet(last + step) && leads(last + 1..last + step))
}

/// Words between an animal and its breed: «Рекс у нас немецкая овчарка».
fn is_of_breed(word: &str) -> bool {
    matches!(
        word,
        "у" | "нас"
            | "меня"
            | "это"
            | "мой"
            | "моя"
            | "наш"
            | "наша"
            | "немецкая"
            | "породы"
            | "порода"
            | "маленький"
            | "большой"
            | "крупная"
            | "старый"
            | "старая"
    )
}

fn is_breed(word: &str) -> bool {
    matches!(
        word,
        "овчарка"
            | "такса"
            | "шпиц"
            | "кот"
            | "кошка"
            | "пес"
            | "собака"
            | "щенок"
            | "лабрадор"
            | "мопс"
            | "корги"
            | "йорк"
            | "пудель"
            | "хаски"
            | "бульдог"
            | "котенок"
            | "хомяк"
            | "попугай"
            | "кролик"
            | "ретривер"
            | "доберман"
            | "дворняга"
            | "спаниель"
            | "ротвейлер"
            | "чихуахуа"
    )
}

/// «больница Семашко», «завод имени Колющенко», «по улицам Ленина, Свердлова».
fn is_place(words: &Words<'_>, first: usize, last: usize, before: &str, further: &str, near: bool) -> bool {
    let is_street = |index: usize| words.name(index).is_some_and(|entry| entry.has(bits::STREET));
    let given = words.name(first).is_some_and(|entry| entry.given_count() >= 5);
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
    // «метро Алексеевская или Семёновская», «посёлок Марьино и Николо-Павловское»
    let shaped = [
        "ская",
        "ской",
        "скую",
        "ское",
        "ского",
        "ском",
        "ово",
        "ево",
        "ино",
        "овка",
        "евка",
        "овку",
        "евку",
    ]
    .iter()
    .any(|tail| words.text(last).ends_with(tail));
    let beside_station = shaped
        && !given
        && (1..=STATION_REACH.min(first))
            .take_while(|back| !words.gap(first - back + 1).contains(['\n', '!', '?', ';']))
            .any(|back| STATIONS.begins(words.text(first - back)));
    near && (after_place || honoured) || listed || beside_station
}

/// «по Бишопу», «анализ на Эпштейна», «болезнь Паркинсона».
fn is_discoverer(text: &str, before: &str, further: &str) -> bool {
    let named = [before, further]
        .iter()
        .any(|word| context::is_eponym_word(word) || APPLIANCES.begins(word));
    begins_with(&DISCOVERERS, text) && (named || matches!(before, "по" | "на"))
        || named && begins_with(&NAMESAKES, text)
}
