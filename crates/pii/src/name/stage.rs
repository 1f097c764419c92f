//! Names of the stage and the screen: «кудри как у пугачёвой», «концерт лепса», «ася и толик из рекламы», «в фильме у нади».

use std::sync::LazyLock;

use crate::stems::Stems;
use crate::words::Words;

/// Where made-up people are seen.
static SCREENS: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "реклам мульт фильм сериал сказк сказоч книг игры игре кино песн песен шоу комикс аниме анекдот мем мемас спектакл опер",
    )
});
/// What a name may turn out to be, after «это».
static WORKS: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "песн мем фильм сериал книг мульт шутк реклам игра игрушк бренд марк сорт компани фирм салон магазин порода материал \
         краска ткань лекарств таблетк созвезд цивилиз станц ресторан кафе коктейль персонаж спектакл опера",
    )
});
/// Singers, actors and sportsmen everybody knows, by the beginning of the name.
static STARS: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "пугачев киркоров галкин бузов собчак лопес джоли гомес риан бейонс мадонн земфир баст леп тимат моргенштерн шнуров \
         орбакайт меладз билан лазарев басков мэрилин мерилин монро бекхэм бекхем роналд месси хабиб криштиан каприо питт депп \
         круз стэтхэм стетхэм стетхем шварценеггер сталлон кардашьян клеопатр пуаро хепберн джокер валуев агутин варум лолит \
         ваенг зверев рудковск дорн монеточк инстасамк клава-кока киркор джобс маск гейтс тайсон мэйвезер макгрегор бибер эминем",
    )
});
/// What speaks of them.
static STAGE: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "концерт билет песн поет поют играет слуша клип альбом гастрол стрижк причес прическ каре челк объем локон укладк бров \
         губ ресниц платье макияж усы кудр волос стрелк маникюр ногт загар похож фигур стиль блондинк брюнетк тату \
         борода бороду костюм фанат кино фильм матч",
    )
});
const REACH: usize = 6;

/// Whether the name in words `first..=last` is of the stage or the screen.
pub(super) fn is_of_stage(words: &Words<'_>, first: usize, last: usize) -> bool {
    is_star(words, first, last) || is_from_screen(words, last) || is_on_screen(words, first) || is_work(words, last)
}

fn is_star(words: &Words<'_>, first: usize, last: usize) -> bool {
    (first..=last).any(|index| STARS.begins(words.text(index)))
        && (first.saturating_sub(REACH)..(last + 1 + REACH).min(words.len()))
            .filter(|index| !(first..=last).contains(index))
            .any(|index| STAGE.begins(words.text(index)))
}

/// «ася и толик из рекламы»
fn is_from_screen(words: &Words<'_>, last: usize) -> bool {
    (last + 1..(last + 4).min(words.len()))
        .take_while(|at| words.gap(*at) == " ")
        .any(|at| words.text(at) == "из" && words.gap(at + 1) == " " && SCREENS.begins(words.text(at + 1)))
}

/// «в фильме ирония судьбы у нади», «сказку про емелю»
fn is_on_screen(words: &Words<'_>, first: usize) -> bool {
    let Some(before) = first.checked_sub(1) else {
        return false;
    };
    if !matches!(words.text(before), "у" | "про" | "с") || words.gap(first) != " " {
        return false;
    }
    (before.saturating_sub(REACH)..before)
        .rev()
        .take_while(|at| !words.gap(at + 1).contains([',', '.', '!', '?', '\n']))
        .any(|at| SCREENS.begins(words.text(at)))
}

/// «ваня не приходи это песня?»
fn is_work(words: &Words<'_>, last: usize) -> bool {
    (last + 1..(last + 1 + REACH).min(words.len()))
        .take_while(|at| !words.gap(*at).contains([',', '.', '!', '?', '\n']))
        .any(|at| words.text(at) == "это" && WORKS.begins(words.text(at + 1)) && words.gap(at + 1) == " ")
}
