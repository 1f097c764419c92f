//! Words several recognizers of secrets ask for, each among more of its own.

use std::sync::LazyLock;

use crate::stems::Stems;

/// Words by which a value comes or is given, right before it.
pub(super) const TELLING: &str =
    "пришел пришл присла присыла ввел ввод набрал написан сказал дал диктую держи лови вот это";
/// Words by which it is typed, seen and read aloud.
pub(super) const SHOWING: &str = "ввож вбил вбива набир читаю вижу получил высвет выскоч пишет показ говорит там";
/// What a code opens.
pub(super) const LOCKED: &str = "замок замк сейф ячейк шлагбаум сигналк";
/// What has a name or a number that opens nothing, right before it.
pub(super) const NAMED: &str = "логин login лог user юзер сеть сети ssid почта почты имя заказ заказа заказу для модель артикул номер телефон \
     версия";

/// Words by which a value is told: «прислали 81740», «на стойке написано beauty_74».
pub(super) static TOLD: LazyLock<Stems> = LazyLock::new(|| {
    let own = "приход был стоит такой таков ввожу набираю записан указан значит помню остал поменял сменил поставил числит \
     будет теперь коду кодом верный правильный второй первый новый последн";
    Stems::of_lines([TELLING, own])
});
