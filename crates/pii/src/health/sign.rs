//! Signs of somebody's state of health, counted by lists of words: what is wrong, with whom, and what speaks against it.

use std::sync::LazyLock;

use crate::stems::Stems;
use crate::view::Claims;
use crate::words::{Kind, Words};

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
         паркинсон альцгеймер мкг таблет швы швов температурит сотрясен флюс пульпит кариес онемел химию \
         облучен ветрянк скарлатин коклюш краснуха краснухой свинка кори корью туберкул сифилис гонор хламид \
         уреаплазм вшей педикул чесотк лишай демодекоз розацеа витилиго кератоз крапивниц анафилак квинке \
         отравил отравлен рвет рвало геморро запор колики коликами лактазн целиаки непереносим хеликобактер \
         эрози рефлюкс холецист желчнокам мочекамен пиелонефр почечн простат импотенц бесплоди задержк \
         климакс менопауз поликистоз мастопат токсикоз гестоз преэклампс вич спид меланом опухоль лимфом лейкоз \
         саркома саркомы полип бронхиальн отит синусит гайморит фронтит аденоид тонзиллит ларингит трахеит круп \
         одышк задыха храпит хрипы хрипит экстрасист ишеми стенокард стеноз аневризм порок тромбоз лимфостаз \
         подагр остеопороз ревмато волчанк склероз нейропат невралг неврит радикулит протрузи спондил лордоз \
         кифоз вальгус косолап плоскостоп шизофрен биполяр анорекси булими паническ психоз деменц слабоум \
         алкоголизм наркоман зависимост эпиприступ приступ реанимац клещ антител гашимото зоб тиреоид \
         ожирен лежачий лежачая лежачего лежачую лежачей лежачем слепой слепая глухой глухая немой \
         коронавирус менингит аппендицит перитонит сепсис абсцесс панарици фурункул карбункул рожа рожист \
         отморож ссадин синяк гематом контузи хромота ларингоспазм заикан зпр зрр сдвг бурсит тендинит \
         антибиотик инсулин варфарин эутирокс метформин антидепрессант прописал катетер кашель чешется чешутся гипс \
         имплантировал жар онкомаркер хоспис гемодиализ тугоух чмт зчмт коме незряч слабовид слабослыш картав шепеляв \
         спермограм запой запое закодир хронич обостр эректил либидо трахеост стома стому токсоплазм кардиомиопат \
         фибрилляц экстрасистол гипотон обморожен аппендикс желчн пупочн паховая грыжесеч липом атером фибром \
         аденом невром глиом рахит дисплаз кривоше гипертонус гипотрофи ротавирус энтеровирус стоматит герпангин \
         мононуклеоз коклюш столбняк бешенств лямбл аскарид остриц глист описторх бруцел боррелиоз энцефалит \
         кератоконус дальтон астигмат косоглаз амблиоп конъюнктив блефар ячмень халязион скотом нистагм \
         дислекс дизартр аутич аутист синдром расстройств биполяр окр птср сдвг истери суицид самоповрежд \
         пролежн гангрен некроз тромбофлеб эмболи микроинсульт предынфаркт кардиостим шунтир стентир \
         апноэ пневмоторакс плеврит хобл эмфизем саркоидоз муковисц волчан васкулит синовит артропат \
         коксартроз гонартроз менингиом эпикондилит фасциит шпора шпоры подагрич дисбактери метеоризм \
         дивертикул проктит парапроктит уретрит баланит варикоцел гидроцел фимоз крипторх вагинит вагиноз \
         вульвит кольпит аднексит сальпингит поликистоз андекситом гиперплаз дисменор аменоре маститн мастит лактостаз \
         отслойк предлежан многовод маловод двойн внематочн замерш выкидыш контузия тетан мерцательн",
    )
});
/// Parts of a body: they speak of somebody, and beside a word of trouble they reveal a state.
static BODY: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "палец пальц палец мизин голов глаз глаза ухо уха ушах уши нос носу носа горл шея шеи шею шее спин поясниц \
         живот желуд кишеч печен почк сердц груди грудь грудн десн зуб щек губ язык челюст колен нога ногу ноги \
         ноге ног рук рука руку руке руки локоть локт плеч запяст стоп стопы ступн пятк бедр пах паху кож родинк \
         ногт ноготь восьмерк коронк имплант сустав позвон лопатк ребр ключиц лоб веко века суставы лицо лице",
    )
});
/// What goes wrong with a part of a body.
static TROUBLE: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "кров хруст щелка дерга слез отнима немеет онем колот кольн жжет шата отколот сколол слетел выпал вывал \
         распух покрасн красн опух подверн вывихн порва растян ушиб удари прищем защем порезал проткн нагно гно \
         шишк вскоч нарост уплотн мокн сыпл шелуш облез трес трещин вросш врос синеет посинел сводит дрожит трясет \
         отек закладыва заложил слабеет дваит двоится плывет",
    )
});
/// Analyses whose figures are told: «ТТГ 8,4», «сахар 11 натощак».
static ANALYSES: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "ттг амг мно хгч соэ пса лпнп ферритин билирубин лейкоцит эритроцит тромбоцит гемоглобин холестерин \
         креатинин мочевин пролактин тестостерон прогестерон эстрадиол инсулин глюкоз сахар манту диаскин белок \
         пульс сатурац кортизол витамин гликирован алт аст \
         лпвп триглицерид калпротектин ферритин железо калий кальций натрий фибриноген димер протромбин срб амилаз липаз \
         щелочн прокальцитон тропонин антител титр биохим холестер паратгормон дгэа лг фсг плод окс ревмопроб",
    )
});
/// Verbs after «не» that tell of a lasting inability.
static ABILITIES: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new("ходит ходят встает видит слышит говорит разговаривает чувствует сгибается разгибается")
});
/// Relatives and patients: a stranger's or a machine's inability reveals nothing.
static KIN: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "мама мамы маме маму папа папы папе отец отца сын сына сыну дочь дочка дочки муж мужа мужу жена жены жену \
         бабушк дедушк дед деда ребен тещ свекр свекров брат брата сестр внук внучк пациент клиентк",
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
    LazyLock::new(|| Stems::new("собак кот кош котен щен песик псу пса псин попуг хомяк кролик ветерин"));
/// What is done to the sick: treatment, places and papers of it.
static CARE: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "операци прооперир оперирова удалил удалял удалён удален вырезал вырвал пролечи лечил лечусь лечит лечат лечим \
         лечени долеч капельниц укол уколы уколов инъекц прокапа прокапыва капаем капаю наркоз анестез шов шва швы \
         швов зашил зашив загипс гипс лангет лонгет бандаж корсет ортез перевяз бинтова выписали выписан \
         госпитал стационар реанимац больнич скорой скорая скорую палат хирургическ травмпункт рецепт дозу доза дозиров \
         таблет капли каплях мазь мажу мажем мазала свечи свечк сироп пью пьёт пьет принимаю принимает глотаю колю \
         колем колют ингаляц небулайз полоск прижигал прижгли удаляли вырвали запломбир пломб коронк брекет \
         имплант протез стент шунт стимулятор биопси гистолог пункци трансфузи диализ облуч химия химию химии \
         лучевая лучевую реабилит кесарев родила родил роды родов рожа рожен абортив аборт выкидыш эко протокол \
         слухов очки линзы костыл ходунк инвалид учёте учете обследова",
    )
});
/// Medicines: what somebody takes tells of what ails.
static DRUGS: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "нурофен ибупрофен парацетамол анальгин кетор кетон найз нимесил диклофенак мовалис аспирин кардиомагнил \
         амоксицил амоксикл азитромицин сумамед цефтриакс ципрофлокс левофлокс доксицикл супракс пеницилл супрастин \
         тавегил цетрин зиртек зодак эриус лоратадин фенистил преднизолон дексаметазон гормон инсулин метформин \
         глюкофаж эутирокс тироксин л-тироксин конкор бисопролол лозартан лозап эналаприл каптоприл амлодипин \
         аторвастатин розувастатин статин варфарин ксарелто эликвис омепразол омез нольпаза де-нол мотилиум \
         креон мезим смект энтеросгель ношпа но-шпа дротаверин сальбутамол беродуал пульмикорт сингуляр \
         флуоксетин сертралин феназепам амитриптилин карбамазепин депакин кеппра роаккутан акнекутан ретиноид \
         дюфастон утрожестан утрожестан клексан тамоксифен метотрексат мелатонин корвалол валидол валерьян нитроглицерин \
         антигистамин обезболива жаропонижа успокоительн снотворн противовирус слабительн мочегон кроверазжиж",
    )
});
/// How it feels, in words of daily life.
static FEELING: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "плохо хуже худо слабост устал кружит шатает мутит мутило тошно ломит ломает знобит озноб трясет трясёт \
         потею потеет потливост немеет онеме чешет чешут зуд свербит горит жжет жжёт печет печёт щиплет щипет режет рези \
         колет кольнул стреляет дергает дёргает пульсир давит распира тянет ноет ломот тяжесть тяжело вздут вздул пучит \
         урчит крутит скрутил скручива прострел прихватил заклинил перекос задыха душит сипит осип хрипит хрип чиха \
         кашл сморка течет течёт закладыва заложен заложил першит глотать глота сглатыва отрыж изжог икаю икот \
         слаб вялый вялая вялость сонлив бессон сплю спит засыпа мерзну мёрзну жар температур лихора бледн \
         мажет кровит кровят закровил гноит мокнет шелуш облез лезут вылеза выпада слоят крошит темнеет двоит плывет \
         плывёт мушки пелена расплыва звенит шумит свистит забыва путает теряет сознани обморок упал упала ударил \
         сломал порезал обжег обжёг обожг ошпар прищем подверн растян ушиб хромает хромаю ходит ползком сводит \
         судорог дрожат дрожит трясутся трясется паник тревог реву плачу страшно худею похудел поправил набрал \
         отека отёк отек опух распух раздул припух волдыр пузыр прыщ сыпь высып обсыпа пятна пятно шишк уплотнен корк \
         болячк язвочк гной срыгива колик запор понос жидкий стул пописать писает сикать какает мочусь недержан подтека",
    )
});
/// Things that ail in their own way, and trade: machines, houses, hair, money.
static THINGS: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "машин двигател мотор насос компрессор шин колес колёс диск тормоз колодк масл бампер порог крыло салон авто \
         мотоцикл ваз лада тойот киа хендай форд ниссан газел аккумулят генератор стартер коробк подвеск рул заказ \
         котел котёл кран труб стен потол пол двер окно окна замок ключ домофон лифт телефон ноут экран принтер \
         терминал камер кондицион холодил стирал диван стол стул кресл куртк плать сапог туфл штор ткан шуб сумк \
         окраш краск тон тонир блонд седин стриж укладк кератин ботокс ресниц бров маникюр педикюр гель лак шугар \
         эпиляц депиляц абонемент сертификат чек деньг рубл оплат возврат скидк доставк курьер посылк акци склад \
         инвентар штук упаковк литр миллилитр коляск коляс игруш торт букет цвет собак кот кош",
    )
});

/// What one word says by itself, as a set of bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Hints(u16);

impl Hints {
    pub(crate) const NONE: Hints = Hints(0);
    const SOMEBODY: Hints = Hints(1);
    const ANIMAL: Hints = Hints(1 << 1);
    const GENERAL: Hints = Hints(1 << 2);
    /// «при судорогах звоните 103»: a reader is told what to do, nobody's state is told.
    const ADVICE: Hints = Hints(1 << 3);
    const KIN: Hints = Hints(1 << 4);
    const ABILITY: Hints = Hints(1 << 5);
    const OWN_ABILITY: Hints = Hints(1 << 6);
    const BODY: Hints = Hints(1 << 7);
    const TROUBLE: Hints = Hints(1 << 8);
    /// Pain, an illness, a treatment.
    const STATE: Hints = Hints(1 << 9);
    const ANALYSIS: Hints = Hints(1 << 10);
    const CARE: Hints = Hints(1 << 11);
    const DRUG: Hints = Hints(1 << 12);
    const FEELING: Hints = Hints(1 << 13);
    const THING: Hints = Hints(1 << 14);

    /// What a folded word says.
    pub(crate) fn of(word: &str) -> Self {
        [
            (Self::SOMEBODY, SOMEBODY.has(word)),
            (Self::ANIMAL, ANIMALS.begins(word)),
            (Self::GENERAL, GENERAL.has(word)),
            (
                Self::ADVICE,
                ["звоните", "обращайтесь", "вызывайте", "ждите"].contains(&word),
            ),
            (Self::KIN, KIN.begins(word)),
            (Self::ABILITY, ABILITIES.has(word)),
            (
                Self::OWN_ABILITY,
                ["слышу", "вижу", "чувствую", "сгибаю", "поднимаю"].contains(&word),
            ),
            (Self::BODY, BODY.of(word).any(|part| inflects(word, part))),
            (Self::TROUBLE, TROUBLE.begins(word)),
            (
                Self::STATE,
                PAIN.has(word) || STEMS.of(word).any(|stem| fits(word, stem)),
            ),
            (Self::ANALYSIS, ANALYSES.begins(word)),
            (Self::CARE, CARE.begins(word)),
            (Self::DRUG, DRUGS.begins(word)),
            (Self::FEELING, FEELING.begins(word)),
            (Self::THING, THINGS.of(word).any(|thing| thing.chars().count() > 3 || inflects(word, thing))),
        ]
        .into_iter()
        .filter(|(_, holds)| *holds)
        .fold(Self(0), |set, (hint, _)| Self(set.0 | hint.0))
    }

    /// The bits, to be hashed.
    pub(super) fn bits(self) -> u32 {
        u32::from(self.0)
    }

    fn has(self, hint: Self) -> bool {
        self.0 & hint.0 != 0
    }
}

/// How far a figure stands from the analysis it belongs to.
const FIGURE_REACH: usize = 4;

/// «ТТГ пришёл 8,4»: an analysis with its figure, which is no price.
fn tells_figure(words: &Words<'_>, index: usize) -> bool {
    (index + 1..(index + 1 + FIGURE_REACH).min(words.len())).any(|at| {
        words.all[at].kind == Kind::Digits
            && !["р", "руб", "рублей", "тыс", "кг", "г", "шт"].contains(&words.text(at + 1))
            && !words.gap(at + 1).contains('₽')
            && (index + 1..=at).all(|between| !words.gap(between).contains(['\n', '!', '?']))
    })
}

/// «на 7 месяце», «на 20-й неделе».
fn tells_term(words: &Words<'_>, index: usize) -> bool {
    words.text(index) == "на"
        && words.text(index + 1).parse::<u32>().is_ok_and(|term| term <= 42)
        && (index + 2..index + 4).any(|at| ["месяце", "неделе", "нед", "мес"].contains(&words.text(at)))
}

/// «потеря веса», «похудела», «месячные пропали»: told by two words together.
fn tells_change(words: &Words<'_>, index: usize) -> bool {
    let next = words.text(index + 1);
    match words.text(index) {
        "потеря" | "потерю" | "потерял" | "потеряла" => {
            ["веса", "вес", "сознания", "сознание", "слуха", "зрения"].contains(&next)
        }
        "кормлю" => next == "грудью",
        "месячные" | "месячных" => (1..3).any(|step| {
            ["пропал", "нет", "задерж", "обильн", "нерегуляр"]
                .iter()
                .any(|stem| words.text(index + step).starts_with(stem))
        }),
        "прихватило" | "скрутило" | "продуло" | "тошнит" | "лихорадит" | "знобит" | "укачивает" => {
            true
        }
        _ => false,
    }
}

/// «38,7»: nobody writes such a number of anything else beside a person.
fn is_fever(words: &Words<'_>, index: usize) -> bool {
    matches!(words.text(index), "37" | "38" | "39" | "40")
        && matches!(words.gap(index + 1), "," | ".")
        && words.text(index + 1).len() == 1
        && !words.gap(index + 2).starts_with([':', '.'])
}

/// What the words of a message say, counted.
#[derive(Default)]
pub(super) struct Tally {
    pub(super) signs: usize,
    pub(super) general: usize,
    pub(super) somebody: usize,
    pub(super) animals: usize,
    pub(super) body: usize,
    pub(super) trouble: usize,
    pub(super) kin: usize,
    inability: usize,
}

/// Counts the signs. Words already found to be a name or a number say nothing.
pub(super) fn tally(words: &Words<'_>, claims: &Claims) -> Tally {
    let mut tally = Tally::default();
    for index in 0..words.len() {
        if words.text(index).len() >= 2 && claims.at(words.all[index].start).is_none() {
            weigh(words, index, &mut tally);
        }
    }
    tally.signs += usize::from(tally.body > 0 && tally.trouble > 0)
        + usize::from(tally.inability > 0 && (tally.kin > 0 || tally.body > 0));
    tally
}

impl Tally {
    /// Whether the lists alone would say that a state of health is revealed.
    pub(super) fn reveals(&self) -> bool {
        let somebody = self.somebody + self.body;
        self.signs > 0
            && (self.animals == 0 || self.somebody > self.animals)
            && (somebody > 0 && self.general <= self.signs + 1
                || self.general == 0
                || self.signs >= 2 && self.general <= 1)
    }
}

fn weigh(words: &Words<'_>, index: usize, tally: &mut Tally) {
    let hints = words.lore(index).hints;
    let before = if index > 0 { words.text(index - 1) } else { "" };
    let negated = before == "не";
    let count = |hint: Hints| usize::from(hints.has(hint));
    tally.somebody += count(Hints::SOMEBODY);
    tally.animals += count(Hints::ANIMAL);
    tally.general += count(Hints::GENERAL) + count(Hints::ADVICE);
    tally.kin += count(Hints::KIN);
    tally.inability += usize::from(negated && hints.has(Hints::ABILITY));
    // «не слышу» may be said of a telephone; with a part of a body it is not.
    tally.trouble += usize::from(negated && hints.has(Hints::OWN_ABILITY));
    if is_fever(words, index) || tells_change(words, index) {
        tally.signs += 1;
    }
    // A figure or a term is told of a person even where an analysis or a visit is asked for.
    if hints.has(Hints::ANALYSIS) && tells_figure(words, index) || tells_term(words, index) {
        tally.signs += 2;
    }
    tally.body += count(Hints::BODY);
    tally.trouble += count(Hints::TROUBLE);
    let denied = matches!(before, "нет" | "без" | "против" | "от" | "на" | "при")
        && !(index > 1 && words.text(index - 2).starts_with("подозр"));
    if hints.has(Hints::STATE) && !denied {
        tally.signs += 1;
    }
}

/// Longest case ending of a part of a body.
const BODY_ENDING_MAX: usize = 3;

fn inflects(word: &str, part: &str) -> bool {
    word.chars().count() <= part.chars().count() + BODY_ENDING_MAX
}

/// Short stems count only as whole words with an ending.
fn fits(word: &str, stem: &str) -> bool {
    let tail = word.chars().count() - stem.chars().count();
    stem.chars().count() > 4
        || tail <= 3
            && ![
                "раковин",
                "ракурс",
                "эконом",
                "экол",
                "зуда",
                "расск",
                "расп",
                "раст",
                "раз",
                "жара",
                "жарк",
                "жаре",
                "рост",
                "рожать",
                "рожаю",
                "спидом",
            ]
            .iter()
            .any(|other| word.starts_with(other))
}
