//! Verbs: the form a word has by its ending, and the case the verb governs.

use std::sync::LazyLock;

use crate::label::Case;
use crate::stems::Stems;

/// What a word is to the name beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// «передайте», «записали», «ждём», «попросить»: the name is an object.
    Act,
    /// «заберёт», «звонила»: one person acts; the name may be that person.
    ActOfOne,
    /// «ведётся», «делается».
    Reflexive,
    /// «подписан», «записана», «назначено».
    Passive,
}

/// Beginnings of verbs and predicates that govern the dative.
static DATIVE: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "переда сообщ напомн напомин звон позвон перезвон дозвон набер напиш написа пиш отправ отсыл высла вышл высыл \
         шл отказ откаж откаж ответ отвеч скаж сказа подска расскаж рассказа дай дад дать дал дам дава отда верн верне \
         вернул вернем вернуть возвра подар дар дари вруч помог помоч помож помощ предлож предлаг обеща объясн назнач \
         начисл спасибо привет покаж показа разреш позвол посовет совет рекоменд довер принес привез доставил достав \
         продл перечисл выда адресован принадлеж пожел жела завид запрет запрещ меша верь вери сочувств нрав понрав \
         присво присвои пришл присла переш перешл адресу чита прочита уступ поруч плат заплат выплат компенсир \
         прост прощ подтверд поясн уточн переадрес дозвол говор пересл пересыл адресова доклад доложи возмест одолж задай задать задал скин кида продикт \
         соответств навред улыб вред признал мешал протян надоед звук благодарен благодарна благодарны хват \
         предостав продав прода купи покупа открой откро сдела дела готов пригот подготов сним удоб",
    )
});
/// Of those, what takes an accusative as well: with nothing but the name beside, the name is what is acted on.
static DATIVE_WITH_THING: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "сним сдела дела готов пригот подготов открой откро прода продав купи покупа подтверд уточн прост прощ \
                дари верн вернем вернуть вернул верне отправ доставил достав назнач отда выда",
    )
});
/// Of those, what nearly always speaks of a person in the dative even with nothing beside.
static PERSON_RECEIVES: LazyLock<Stems> =
    LazyLock::new(|| Stems::new("верн вернем вернуть вернул верне отправ доставил достав назнач отда выда дари прост"));
/// Verbs by which a thing before them goes to somebody: «рецепт выписали ⟦⟧».
static GIVES: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "выпис выпиш оформ перевед перевел привез купи подбер подобра заброни подготов распечат собер собра заказа \
         зарезерв отлож скин зада пересл остав",
    )
});
/// Verbs of feeling and fitness that a thing does to a person: «устроит ли ⟦⟧ другое время».
static THING_ACTS: LazyLock<Stems> = LazyLock::new(|| Stems::new("устро беспоко интересу волну тревож муча мучи рад"));
static THING_SUITS: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new("подойд подход нрав понрав нуж хват удобн достан доста приход пришл помог помож подош меша хвати требу")
});
/// Verbs that act on nobody: a name after them is who acts.
static ALONE: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "пришел пришла придет приходил приехал приедет уехал уедет ушел ушла уйдет опозда заболел работа дежур зашел \
         зашла зайдет подошел подошла вышел вышла выйдет едет идет сидит стоит живет освободи опазды болеет прибыл \
         явил остал отдыха трудит стажир",
    )
});
/// Verbs and states with the instrumental.
static INSTRUMENTAL: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "горд горж довол занима занят руковод управля заведу заведов восхищ восхища интересуем интересуюс пользу назва назов \
         называ явля станет стал станов командует пожертв дорож любу счита",
    )
});
/// Passive predicates whose receiver stands in the dative.
static PASSIVE_DATIVE: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "отправлен выслан передан начислен назначен подарен предоставлен присвоен вручен доставлен адресован выдан \
         возвращен перечислен предложен рекомендован разрешен запрещен отказан показан сообщен обещан положен продлен \
         переадресован поручен уступлен открыт перенаправлен продан куплен нужен нужна",
    )
});
/// Passive predicates after which a name is the one spoken of: «на 12:00 записана ⟦⟧».
static PASSIVE_SUBJECT: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new("записан приглашен назначен закреплен указан вызван перенесен отмечен зачислен приписан занят")
});
/// Words with the ending of a verb or a participle that are none.
static NOT_VERBS: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "телефон время заказ карта карты карту карте запись записи зовут остаток автомобиль абонемент отдел филиал журнал ответ билет кабинет пакет макет \
         визит прием план адрес час чек сеанс память салат депозит кредит лимит отчет счет расчет материал оригинал \
         модель дела день букет портрет рецепт смена цена стена жена вена замена отмена измена перемена страна охрана \
         сертификат результат аппарат ремонт мат сорт опыт халат автомат формат шкаф договор кабинете депозите визите \
         этим тем всем этом вашем нашем чем кем часть область печать очередь гость кровать сеть новости кости части \
         области экран диван ресторан обмен член кран мебель портал вокзал канал финал скандал зал стол угол пол \
         идеал металл персонал квартал сигнал капитал минерал кристалл мать дочь ночь печь речь помощь если или ли \
         дали вдали около сало дело тело начало масло число место мало село весь есть платеж пациент клиент агент \
         момент элемент документ аргумент ассистент студент фрагмент процент аванс бланк штамп секрет предмет сюжет \
         бюджет балет букет турнир ет им нем ему моем своем твоем свет цвет привет совет запрет паркет омлет браслет \
         туалет пистолет бит дебит аудит транзит магнит институт маршрут салют приют уют статут минут добавка",
    )
});

/// The form of a folded word, if it looks like a verb or a participle.
pub(super) fn form_of(word: &str) -> Option<Form> {
    let ends = |tails: &[&str]| tails.iter().any(|tail| word.ends_with(tail));
    let letters = word.chars().count();
    if letters < 3 || NOT_VERBS.has(word) || word.ends_with("ость") || word.ends_with("ости") || word.ends_with("ние")
    {
        return None;
    }
    if matches!(
        word,
        "жду" | "ждем" | "ждут" | "шлю" | "дам" | "дай" | "дайте" | "иди" | "найди"
    ) {
        return Some(Form::Act);
    }
    if matches!(
        word,
        "ждет"
            | "ждал"
            | "ждала"
            | "шел"
            | "шла"
            | "вел"
            | "вела"
            | "пришел"
            | "едет"
            | "ел"
            | "был"
            | "была"
    ) {
        return Some(Form::ActOfOne);
    }
    if letters >= 6 && ends(&["тся", "ться", "тись", "лся", "лась", "лось"]) {
        return Some(Form::Reflexive);
    }
    let stem_is_known = is_known(word);
    if letters >= 4
        && ends(&[
            "шу",
            "жу",
            "чу",
            "щу",
            "лю",
            "зову",
            "найду",
            "приму",
            "возьму",
            "приведу",
        ])
        && !ends(&["елю", "алю"])
    {
        return Some(Form::Act);
    }
    if letters >= 5
        && ends(&[
            "ан",
            "ана",
            "ано",
            "аны",
            "ен",
            "ена",
            "ено",
            "ены",
            "нят",
            "нята",
            "нято",
            "няты",
            "решен",
            "решена",
            "крыт",
            "крыта",
            "крыто",
            "крыты",
        ])
    {
        return Some(Form::Passive);
    }
    if letters >= 4
        && ends(&[
            "ите",
            "йте",
            "ьте",
            "итесь",
            "йтесь",
            "ете",
            "али",
            "или",
            "ели",
            "яли",
            "ули",
            "сли",
            "зли",
            "шли",
            "ли",
        ])
    {
        return Some(Form::Act);
    }
    if letters >= 4
        && ends(&[
            "ать", "ять", "ить", "еть", "уть", "оть", "ыть", "сти", "зти", "йти", "чь",
        ])
    {
        return Some(Form::Act);
    }
    if letters >= 4
        && ends(&["ем", "им", "емся", "имся"])
        && !ends(&["щим", "ящем", "ющем", "телем", "арем", "нием", "стием"])
    {
        return Some(Form::Act);
    }
    if letters >= 4 && ends(&["ую", "аю", "яю", "ею"]) || ends(&["у", "ю"]) && letters >= 3 && stem_is_known {
        return Some(Form::Act);
    }
    if letters >= 4 && ends(&["ут", "ют", "ат", "ят"]) {
        return Some(Form::Act);
    }
    if letters >= 4
        && ends(&[
            "ет", "ит", "ал", "ял", "ил", "ел", "ул", "ол", "ала", "яла", "ила", "ела", "ула", "ла", "лся", "лась",
            "нес", "вез", "мог", "ешь", "ишь",
        ])
    {
        return Some(Form::ActOfOne);
    }
    if letters >= 4 && ends(&["ай", "уй", "ей", "ись", "жи", "ши", "ни", "ди", "си", "дам"]) && stem_is_known
    {
        return Some(Form::Act);
    }
    None
}

fn is_known(word: &str) -> bool {
    DATIVE.begins(word) || GIVES.begins(word) || EVERYDAY.begins(word)
}

/// Verbs of an everyday chat with the accusative; others are known by their endings.
static EVERYDAY: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "предупре жд подожд встре попрос прос запи поздрав включ приглас приглаш постав перенес перенос увид вид найд \
         спрос вызв замен подмен люб отмен ищ слуш добав отвез забер забра провод приня осмотр благодар выбер выбра \
         хвал уваж направ проверь уведом",
    )
});

/// The case a verb in active form gives to a name right after it. `thing`: something is acted on besides.
pub(super) fn governs(word: &str, thing: bool) -> Case {
    let longest = |stems: &Stems| stems.longest(word).map_or(0, str::len);
    let (dative, instrumental) = (longest(&DATIVE), longest(&INSTRUMENTAL));
    let everyday = longest(&EVERYDAY);
    if instrumental > 0 && instrumental >= dative.max(everyday) {
        return Case::Instrumental;
    }
    if dative > 0 && dative >= everyday {
        let either = longest(&DATIVE_WITH_THING) >= dative && longest(&PERSON_RECEIVES) < dative;
        return if either && !thing {
            Case::Accusative
        } else {
            Case::Dative
        };
    }
    if thing { Case::Dative } else { Case::Accusative }
}

/// Whether the dative is all that the verb can give: «позвоните», «сообщу».
pub(super) fn is_dative(word: &str) -> bool {
    DATIVE.begins(word) && governs(word, false) == Case::Dative
}

/// Whether a thing beside makes the name the receiver.
pub(super) fn may_give(word: &str) -> bool {
    GIVES.begins(word) || DATIVE.begins(word)
}

/// «устроит ли ⟦⟧ другое время»: a thing acts, the name stands in this case.
pub(super) fn done_by_a_thing(word: &str) -> Option<Case> {
    if THING_SUITS.begins(word) {
        Some(Case::Dative)
    } else if THING_ACTS.begins(word) {
        Some(Case::Accusative)
    } else {
        None
    }
}

/// The case after a passive predicate. `subject`: what it is said of stands before.
pub(super) fn after_passive(word: &str, subject: bool) -> Case {
    if PASSIVE_DATIVE.begins(word) && subject {
        Case::Dative
    } else if PASSIVE_SUBJECT.begins(word) || !subject {
        Case::Nominative
    } else {
        Case::Instrumental
    }
}

/// Whether somebody is made something by the verb: «назначили ⟦⟧ мастером».
pub(super) fn makes_somebody(word: &str) -> bool {
    ["назнач", "сдела", "выбра", "счита", "постав", "признал"]
        .iter()
        .any(|stem| word.starts_with(stem))
}

/// Whether a name after the verb can only be who acts.
pub(super) fn acts_alone(word: &str) -> bool {
    ALONE.begins(word)
}

/// A noun with the ending of a verb or of an instrumental.
pub(super) fn is_noun(word: &str) -> bool {
    NOT_VERBS.has(word)
}

/// A masculine participle known as one: «рентген» and «экзамен» only look like it.
pub(super) fn is_known_passive(word: &str) -> bool {
    PASSIVE_DATIVE.begins(word) || PASSIVE_SUBJECT.begins(word)
}

/// «выписан ⟦⟧, палата свободна»: said of people.
pub(super) fn befalls_people(word: &str) -> bool {
    [
        "выписан",
        "госпитализирован",
        "уволен",
        "принят",
        "осмотрен",
        "допущен",
        "отстранен",
        "доставлен",
        "переведен",
        "замечен",
    ]
    .iter()
    .any(|stem| word.starts_with(stem) && word.len() <= stem.len() + 'а'.len_utf8())
        && !word.ends_with('о')
}

/// Whether the passive predicate has a receiver: «⟦⟧ назначен приём».
pub(super) fn passive_gives(word: &str) -> bool {
    PASSIVE_DATIVE.begins(word)
}

/// Verbs that make what follows an instrumental: «горжусь», «назвали».
pub(super) fn is_instrumental(word: &str) -> bool {
    INSTRUMENTAL.begins(word)
}
