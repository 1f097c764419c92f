//! Words that look like names and almost never are: brands, medicines, car makes, saints and writers, places.

use std::sync::LazyLock;

use crate::stems::{Lists, Stems};

/// Goods, medicines, makes, places and made-up characters of `data/pii/denied.txt`, folded.
static DENIED: LazyLock<Stems> = LazyLock::new(|| {
    let text = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/pii/denied.txt"));
    Stems::of_lines(text.lines().filter(|line| !line.starts_with('#')))
});

/// A shorter word of [`DENIED`] is heard only as it stands: with an ending it might be somebody's name.
const DENIED_WITH_ENDING_MIN_CHARS: usize = 4;

/// Names of goods, services and famous people, folded, matched as whole words in any case by beginning.
static STEMS: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "эстел матрикс лореал велла капус олаплекс шварцкопф годфри давинес лонда кератин ботокс гарньер нивея \
         орифлейм эйвон фаберлик шеллак луксио матис кристин янссен манту диаскинт мирен нурофен отипакс лаеннек \
         фортранс мидокалм целебрекс конкор эутирокс кардиомагнил хлоргекс преднизол лидокаин штрауман осстем \
         деймон инвизилайн ботулотокс диспорт ксеомин парацетамол ибупрофен анальгин кагоцел арбидол мезим \
         пантенол левомекол детралекс виферон амоксициллин юперио эльжина ярина джес жанин диане регулон марвелон \
         белара лада ладе ладу лады вест грант калин приор ларгус нив волг газел шевроле ниссан кашкай солярис \
         октави шкод хендай хундай тойот камри королл мазд мерседес ауди лексус рено логан дастер сандеро пежо \
         ситроен опел форд фокус мондео субару джили чери хавал киа рио спортейдж сузуки митсубиси паджеро вольво \
         порше кайен кайрон саньенг матиз бмв фольксваген пассат туарег тигуан крета туксон аккорд цивик хонд \
         инфинити джип патриот уаз камаз кашка поло айфон самсунг ксиоми сяоми хуавей бош штил макита яндекс \
         авито озон вайлдберриз вайберри сбер тиньк магнит пятерочк лента икеа сдэк боксберри телеграм ватсап \
         инстаграм госуслуг согаз ингосстрах ренессанс юклаенс ватцап вацап",
    )
});
/// Whole forms.
static WHOLE: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "але алло ооо она рим марс спартак израиль берлин хеллоуин олимпиада олимпиаду олимпиаде путин путина путину путиным сталин сталина ленин гитлер буратино карлсон холмс ватсон штирлиц кащей кощей иеговы буш пушкин пушкина пушкину гоголь гоголя толстого достоевского чехова лермонтова ленин сталин наполеон \
         наполеона цезарь цезаря цезарем гарибальди гавроша гаврош клеопатра клеопатры эльза эльзы оливье прага \
         мадонна дюймовочка золушка снегурочка иисус христа христос господи господь бог боже аллах аллаха фрейд \
         шопен моцарт моцарта бах эйнштейн шеврон роллтон крым сочи урал алиса сири маруся салют мегафон билайн \
         мтс теле вк гугл зум скайп ютуб кола пепси мак старбакс чек хэллоуин спасибо добрый доброе день вечер \
         утро здравствуйте привет пожалуйста девочки девушки коллеги уважаемые клиент мастер доктор врач \
         понедельник вторник среда четверг пятница суббота воскресенье январь февраль март апрель май июнь июль \
         август сентябрь октябрь ноябрь декабрь марта августа россия москва рф заказ адрес телефон паспорт логин \
         пароль инн снилс бик кпп огрн ву птс стс омс дмс вин фио тел вас вам вами ваш ваша осаго каско окпо \
         оплата лукойл роснефть газпром ростелеком круз каре боб бобом",
    )
});

/// People whom streets everywhere are named after, in the genitive.
const STREET_PAIRS: &[(&str, &str)] = &[
    ("карла", "маркса"),
    ("карла", "либкнехта"),
    ("розы", "люксембург"),
    ("клары", "цеткин"),
    ("сони", "кривой"),
    ("зои", "космодемьянской"),
    ("олега", "кошевого"),
    ("павлика", "морозова"),
    ("степана", "разина"),
    ("богдана", "хмельницкого"),
    ("максима", "горького"),
    ("льва", "толстого"),
    ("юрия", "гагарина"),
    ("александра", "невского"),
    ("дмитрия", "донского"),
    ("емельяна", "пугачева"),
    ("салавата", "юлаева"),
    ("мусы", "джалиля"),
    ("габдуллы", "тукая"),
    ("хусаина", "ямашева"),
    ("николая", "ершова"),
    ("сергея", "лазо"),
    ("алексея", "толстого"),
    ("демьяна", "бедного"),
    ("веры", "засулич"),
    ("софьи", "перовской"),
    ("лизы", "чайкиной"),
    ("заки", "валиди"),
    ("александра", "матросова"),
    ("ивана", "франко"),
    ("петра", "сумина"),
];

/// The second words of [`STREET_PAIRS`].
static SECONDS: LazyLock<Stems> = LazyLock::new(|| Stems::of_lines(STREET_PAIRS.iter().map(|pair| pair.1)));

pub(super) fn is_street_pair(first: &str, second: &str) -> bool {
    SECONDS.has(second) && STREET_PAIRS.contains(&(first, second))
}

/// Whether a folded word is a known non-name.
pub(crate) fn is_blocked(word: &str) -> bool {
    POSSIBLE.of(word) != 0 && is_listed(word)
}

/// The lists of words blocked.
static POSSIBLE: LazyLock<Lists> = LazyLock::new(|| Lists::new(&[&WHOLE, &DENIED, &STEMS]));

fn is_listed(word: &str) -> bool {
    WHOLE.has(word)
        || is_denied(word)
        || STEMS.of(word).any(|stem| {
            word.strip_prefix(stem)
                .is_some_and(|tail| tail.chars().count() <= 2 && is_ending(tail))
        })
}

/// Whether a folded word is one of the goods, medicines, makes and made-up characters.
pub(super) fn is_denied(word: &str) -> bool {
    DENIED.of(word).any(|stem| {
        let is_long = stem.chars().count() >= DENIED_WITH_ENDING_MIN_CHARS;
        word.strip_prefix(stem)
            .is_some_and(|tail| tail.is_empty() || is_long && tail.chars().count() <= 2 && is_ending(tail))
    })
}

fn is_ending(tail: &str) -> bool {
    [
        "", "а", "у", "е", "ы", "и", "я", "ю", "ь", "о", "ом", "ой", "ей", "ем", "ам", "ах", "ов", "ию", "ии", "ия",
        "ль", "ля", "лю", "ин", "ка", "ки", "ку", "ел", "ик", "ру", "йс", "с",
    ]
    .contains(&tail)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn goods_and_medicines_are_no_people_and_people_of_like_names_are() {
        for word in [
            "амоксиклав",
            "беродуала",
            "лексуса",
            "шугаринг",
            "розувастатин",
            "гермионы",
        ] {
            assert!(is_blocked(word), "{word}");
        }
        for word in [
            "лаврова",
            "лука",
            "лора",
            "гоша",
            "максима",
            "китов",
            "тигран",
            "алена",
            "берг",
            "соболев",
        ] {
            assert!(!is_blocked(word), "{word}");
        }
    }

    #[test]
    fn no_usual_first_name_is_denied() {
        let names = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/pii/diminutives.tsv"));
        let given = names
            .lines()
            .filter(|line| !line.starts_with('#'))
            .flat_map(|line| line.split(['\t', ' ', ',']));
        let denied: Vec<&str> = given
            .filter(|name| !name.is_empty() && DENIED.has(&name.to_lowercase().replace('ё', "е")))
            .collect();
        assert_eq!(denied, Vec::<&str>::new());
    }
}
