//! Whether a message reveals the state of somebody's health (152-FZ art. 10): a diagnosis, a symptom, pregnancy,
//! allergy, treatment received, disability. Services, prices and preparations for tests reveal nothing.

use std::sync::LazyLock;

use crate::stems::Stems;
use crate::words::Words;

/// Word beginnings that reveal something by themselves when a person speaks of somebody.
static STEMS: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "беремен аллерги диабет инвалид астм гипертон давлени температур затемператур тошн рвот понос диаре кашл \
         насморк сопл простуд грипп ангин бронхит пневмони ковид орви отек опух воспал гной сыпь сыпью зуд чеш \
         экзем псориаз дерматит герпес грибок алопец выпада мигрен головокруж обморок судорог эпилепс инсульт \
         инфаркт аритми тахикард грыж остеохондр артрит артроз сколиоз перелом сломал вывих ушиб растяжен ожог \
         рак онколог метастаз химиотерап гепатит цирроз язв гастрит панкреатит цистит молочниц эндометриоз миом \
         кист выкидыш эко кесарев кровотеч мажет тромб варикоз анеми гипотиреоз гормон депресс протезирован скола \
         имплантиров бессонниц аутизм дцп паралич катаракт глауком близорук глухот протез коляск колясочник \
         костыл трость тростью дорсопат люмбоишиалг рубц перевязк госпитализ магнитотерап физиолечен болезн \
         паркинсон альцгеймер мкг таблет швы швов температурит сотрясен пневмо флюс пульпит кариес онемел химию \
         облучен",
    )
});
/// Verbs and states of pain.
static PAIN: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "болит болят болел болеет заболел заболела болею ноет стреляет тянет хромает опухла раздулась боли боль \
         болью болям вырвал удаляли удалили оперировал оперировали прооперировали прихватывает",
    )
});
/// Words of services, prices and instructions beside which a stem says nothing of a person.
static GENERAL: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "цена цены стоимость стоит сколько прием приём врач подготовка подготов исключить прайс прайсе запись \
         акция скидка программа процедура делаете лечите ведёт справка анализ анализы проба приказ протокол \
         оборудование тонометр звоните напоминаем пациентам уважаемые правила сроки чекап чекапам кабинет отделен \
         направление краска вирус реакция капли мазь прививк диагностика памятка порядок инструкция сдаем сдаём \
         график коллеги двигателя мотора",
    )
});
/// Somebody is spoken of.
static SOMEBODY: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "я меня мне мой моя мою моей мое у мама маме мамы маму папа папы папе сын сына сыну дочь дочка дочки \
         дочке дочери муж мужа мужу жена жены жене ребенок ребенка ребенку бабушка бабушки бабушке дедушка \
         дедушке дедушки пациент пациентка пациента он она него нее ему ей тещу свекровь брат брата сестра сестры \
         после мы нас нам хожу пью принимаю была был сдавал диагноз клиент",
    )
});

/// Patients of a veterinarian.
static ANIMALS: LazyLock<Stems> =
    LazyLock::new(|| Stems::new("собак кот кош котен щен пес пса попуг хомяк кролик ветерин"));

/// «38,7»: nobody writes such a number of anything else beside a person.
fn is_fever(words: &Words<'_>, index: usize) -> bool {
    matches!(words.text(index), "37" | "38" | "39" | "40")
        && matches!(words.gap(index + 1), "," | ".")
        && words.text(index + 1).len() == 1
        && !words.gap(index + 2).starts_with([':', '.'])
}

/// Whether the words reveal somebody's health.
pub(crate) fn reveals(words: &Words<'_>) -> bool {
    let mut signs = 0;
    let mut general = 0;
    let mut somebody = 0;
    let mut animals = 0;
    for index in 0..words.len() {
        let word = words.text(index);
        if word.len() < 2 {
            continue;
        }
        if SOMEBODY.has(word) {
            somebody += 1;
        }
        if ANIMALS.begins(word) {
            animals += 1;
        }
        if is_fever(words, index) {
            signs += 1;
        }
        if GENERAL.has(word) {
            general += 1;
        }
        let denied = index > 0 && matches!(words.text(index - 1), "нет" | "без" | "против" | "от" | "на" | "при");
        if (PAIN.has(word) || STEMS.of(word).any(|stem| fits(word, stem))) && !denied {
            signs += 1;
        }
    }
    signs > 0
        && (animals == 0 || somebody > animals)
        && (somebody > 0 && general <= signs + 1 || general == 0 || signs >= 3 && general <= 1)
}

/// Short stems count only as whole words with an ending.
fn fits(word: &str, stem: &str) -> bool {
    let tail = word.chars().count() - stem.chars().count();
    stem.chars().count() > 4
        || tail <= 3
            && !["раковин", "ракурс", "эконом", "экол", "зуда"]
                .iter()
                .any(|other| word.starts_with(other))
}
