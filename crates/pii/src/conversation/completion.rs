//! Mentions that have no part in common with a name but tell the very part it lacks: an answer to «фамилия?», an
//! apposition, a surname after a given name.

use super::evidence::RECENT_MESSAGES;
use super::mention::Mention;
use super::neighbour::Relation;
use super::person::{Name, Person, Role};
use super::resolve::Scene;
use crate::name::form::cases;

/// Messages after which who told a surname may still be called by the given name without being spoken to.
const READER_MESSAGES: u32 = 4;
/// Messages after which a surname may still be answered so.
const NAMED_POLITELY_MESSAGES: u32 = 5;

/// A name that a mention may complete, and whose it is.
pub(super) struct Incomplete<'a> {
    pub(super) index: usize,
    pub(super) person: &'a Person,
    pub(super) name: &'a Name,
    /// Another sense of the only mention so far.
    pub(super) is_spare: bool,
}

/// What a name with no part in common tells of a person whose name lacks that very part.
pub(super) fn complements(known: &Incomplete<'_>, meant: &Name, mention: &Mention, scene: &Scene<'_>) -> Option<i32> {
    let (one, two) = (known.name.gender(), meant.gender());
    if one.is_some() && two.is_some() && one != two {
        return None;
    }
    told_of_self(known, meant, mention, scene)
        .or_else(|| told_beside(known, meant, mention, scene))
        .or_else(|| told_by_namesake(known, meant, mention, scene))
        .or_else(|| told_with_initial(known, meant, scene))
        .or_else(|| told_from_memory(known, meant, mention, scene))
        .or_else(|| told_of_reader(known, meant, mention, scene))
        .or_else(|| told_in_reply(known, meant, mention, scene))
        .or_else(|| told_anew(known, meant, mention, scene))
        .or_else(|| told_politely(known, meant, mention, scene))
        .or_else(|| told_when_asked(known, meant, mention, scene))
        .or_else(|| told_with_title(known, meant, mention, scene))
        .or_else(|| told_after_initials(known, meant, scene))
        .or_else(|| told_by_echo(known, meant, mention, scene))
        .or_else(|| told_by_guess(known, meant, mention, scene))
        .or_else(|| told_as_nickname(known, meant, mention, scene))
        .or_else(|| told_next(known, meant, mention, scene))
}

impl Incomplete<'_> {
    /// The mention is the surname that is not known yet.
    fn lacks_surname(&self, meant: &Name) -> bool {
        is_bare_surname(meant) && !self.name.has_surname() && self.name.has_given()
    }

    fn lacks_given(&self, meant: &Name) -> bool {
        meant.has_given() && !meant.has_surname() && !self.name.has_given() && self.name.has_surname()
    }

    /// The same of a name by which nobody is called alone: a surname or a patronymic.
    fn lacks_any_given(&self, meant: &Name) -> bool {
        let called = self.name.has_surname() || self.name.patronymic.is_some();
        meant.has_given() && !meant.has_surname() && !self.name.has_given() && called
    }

    fn is_outsider(&self) -> bool {
        matches!(self.person.role, Some(Role::Client | Role::Kin))
    }

    fn is_seen_within(&self, messages: u32, scene: &Scene<'_>) -> bool {
        self.person.seen + messages >= scene.message
    }
}

fn is_bare_surname(meant: &Name) -> bool {
    meant.has_surname() && !meant.has_given() && meant.patronymic.is_none()
}

/// «я ⟦Кравчук⟧» of the client.
fn told_of_self(known: &Incomplete<'_>, meant: &Name, mention: &Mention, scene: &Scene<'_>) -> Option<i32> {
    let part = !known.name.has_surname() && is_bare_surname(meant) || known.lacks_given(meant);
    let writes = known.person.role == Some(Role::Client) || scene.writer == Some(known.index);
    (mention.own && writes && part).then_some(scene.weights.own_surname)
}

/// «⟦Алина⟧, ⟦Фаизова⟧», «тёща ⟦Рогова⟧», «он тоже ⟦Назаров⟧», «фамилия ⟦Оганян⟧».
fn told_beside(known: &Incomplete<'_>, meant: &Name, mention: &Mention, scene: &Scene<'_>) -> Option<i32> {
    let right_before = scene.before.last() == Some(&known.index);
    let beside = right_before
        && (mention.relation == Relation::Same
            || mention.relation == Relation::Beside && mention.closed && known.person.addressed != scene.message)
        || mention.asked_again && scene.latest == Some(known.index);
    let last = scene.latest.or(scene.previous.last().copied()) == Some(known.index);
    let of_writer = scene.latest.is_none() && scene.writer == Some(known.index);
    let named = mention.surname_told && (right_before || last || of_writer);
    let of_reader = mention.supposes_surname && scene.latest.is_none() && scene.reader == Some(known.index);
    let named = named || of_reader;
    let of_kin = mention.kin.is_some() && known.person.kin.as_deref() == mention.kin;
    (known.lacks_surname(meant) && !mention.is_self() && (beside || named || of_kin)).then_some(scene.weights.answer)
}

/// «⟦Пушкарёвой⟧? Передам» in reply to «спасибо ⟦Наталье Геннадьевне⟧».
fn told_by_echo(known: &Incomplete<'_>, meant: &Name, mention: &Mention, scene: &Scene<'_>) -> Option<i32> {
    let replies = mention.questioned && mention.opens_message && scene.first && known.is_seen_within(1, scene);
    let last = scene.previous.last() == Some(&known.index) && !known.is_spare;
    let other_side = known.person.brought_by.is_some() && known.person.brought_by != scene.side();
    let part = known.lacks_surname(meant) || known.lacks_given(meant) && meant.patronymic.is_some();
    (replies && last && other_side && part).then_some(scene.weights.told_in_reply)
}

/// «была у ⟦Кочневой⟧. ⟦Людмила Сергеевна⟧ тогда помогла»: the next sentence names politely whom this one did not.
fn told_next(known: &Incomplete<'_>, meant: &Name, mention: &Mention, scene: &Scene<'_>) -> Option<i32> {
    let surname_only = known.name.taken() == (false, false, true) && known.name.initials.is_empty();
    let polite = meant.taken() == (true, true, false);
    let next = scene.latest == Some(known.index) && mention.relation == Relation::Apart && mention.opens_sentence;
    let spoken_of = !mention.addressed && !mention.inserted && !mention.is_self() && !mention.closed;
    let of_staff = known.person.role == Some(Role::Staff) && mention.role.is_none_or(|role| role == Role::Staff);
    (surname_only && polite && next && spoken_of && of_staff).then_some(scene.weights.named_politely)
}

/// «а ⟦ханов⟧ у вас не ⟦рашитович⟧ случаем?»
fn told_by_guess(known: &Incomplete<'_>, meant: &Name, mention: &Mention, scene: &Scene<'_>) -> Option<i32> {
    let bare_patronymic = meant.patronymic.is_some() && !meant.has_given() && !meant.has_surname();
    let lacks = known.name.patronymic.is_none() && (known.name.has_given() || known.name.has_surname());
    let fits = mention.supposed && bare_patronymic && lacks && scene.latest == Some(known.index);
    let apart = match mention.relation {
        Relation::SameClause => scene.weights.same_clause,
        Relation::Listed => scene.weights.named_side_by_side,
        _ => 0,
    };
    fits.then_some(scene.weights.answer - apart)
}

/// «⟦Санобар⟧. Мы зовём её ⟦Соней⟧».
fn told_as_nickname(known: &Incomplete<'_>, meant: &Name, mention: &Mention, scene: &Scene<'_>) -> Option<i32> {
    let last = scene.latest.or(scene.previous.last().copied()) == Some(known.index);
    let bare = meant.has_given() && !meant.has_surname() && meant.patronymic.is_none();
    (mention.nickname && last && bare && known.is_seen_within(1, scene)).then_some(scene.weights.answer)
}

/// «⟦Мухамедьярова⟧ какая-то, тоже ⟦Нина Васильевна⟧».
fn told_by_namesake(known: &Incomplete<'_>, meant: &Name, mention: &Mention, scene: &Scene<'_>) -> Option<i32> {
    let surname_only = !known.is_spare && !known.name.has_given() && known.name.has_surname();
    let named_last = scene.latest == Some(known.index);
    (mention.namesake && surname_only && meant.has_given() && named_last)
        .then_some(scene.weights.answer - scene.weights.namesake)
}

/// «⟦Юлдашев Б.⟧» of Бахтиёр.
fn told_with_initial(known: &Incomplete<'_>, meant: &Name, scene: &Scene<'_>) -> Option<i32> {
    let initial = meant.initials.first()?;
    let begins = known.name.full.iter().any(|full| full.starts_with(*initial));
    (known.lacks_surname(meant) && begins).then_some(scene.weights.surname_and_initial)
}

/// «⟦Фарида Хамитовна⟧?» of the client who is ⟦Бикташева⟧, «⟦Роман Андреевич⟧, здравствуйте» of the doctor ⟦Вагнер⟧.
fn told_of_reader(known: &Incomplete<'_>, meant: &Name, mention: &Mention, scene: &Scene<'_>) -> Option<i32> {
    // «это доктор ⟦Вагнер⟧» may be a given name, unless another one comes with a patronymic.
    let sure = !known.is_spare || meant.patronymic.is_some() && known.name.has_surname();
    let of_reader = scene.reader == Some(known.index) && sure && !mention.is_self() && !mention.alternative;
    let called = mention.addressed || mention.inserted;
    let recalled = mention.opens_answer && scene.first && known.is_seen_within(READER_MESSAGES, scene);
    let told = called || recalled && mention.role.is_none_or(|role| Some(role) == known.person.role);
    (of_reader && told && known.lacks_any_given(meant)).then_some(scene.weights.own_surname)
}

/// «⟦лусине⟧? да» in reply to «⟦петросян⟧ отменилась?», «а, ⟦струкова⟧» in reply to «какая ⟦виолетта⟧».
fn told_in_reply(known: &Incomplete<'_>, meant: &Name, mention: &Mention, scene: &Scene<'_>) -> Option<i32> {
    let replies = mention.opens_answer && scene.first && scene.previous == [known.index];
    let replies = replies && known.is_seen_within(1, scene) && !mention.alternative && mention.asked & cases::NOM != 0;
    let plain = !mention.addressed && !mention.is_self() && !known.is_spare && meant.patronymic.is_none();
    let roles = mention.role.is_none() || known.person.role.is_none() || mention.role == known.person.role;
    (replies && plain && roles && known.lacks_any_given(meant)).then_some(scene.weights.told_in_reply)
}

/// «бывшая ⟦Мамедова⟧», «⟦Инга⟧ уже ⟦Белоногова⟧», «по мужу теперь ⟦Крюгер⟧»: another surname of one person.
fn told_anew(known: &Incomplete<'_>, meant: &Name, mention: &Mention, scene: &Scene<'_>) -> Option<i32> {
    let last = scene.latest.or(scene.previous.last().copied());
    let again = meant.has_given() && meant.has_surname() && known.name.fits_by_name(meant);
    let of_whom = last == Some(known.index) || again && scene.writer == Some(known.index);
    let fits = mention.renamed && (is_bare_surname(meant) || again) && of_whom && !known.is_spare;
    (fits && (known.name.has_given() || known.name.has_surname())).then_some(scene.weights.answer)
}

/// The part that the message before asked for, or that explains the name right before.
fn told_when_asked(known: &Incomplete<'_>, meant: &Name, mention: &Mention, scene: &Scene<'_>) -> Option<i32> {
    let asked = scene.asked.contains(&known.index)
        || mention.patronymic_told && scene.latest.or(scene.previous.last().copied()) == Some(known.index)
        || mention.patronymic_told && scene.writer == Some(known.index);
    let bare_patronymic = meant.patronymic.is_some() && !meant.has_given() && !meant.has_surname();
    if asked && bare_patronymic && known.name.patronymic.is_none() && known.name.has_given() {
        return Some(scene.weights.answer);
    }
    let explains = mention.relation == Relation::Explained && scene.before.last() == Some(&known.index);
    let answers = asked && known.person.seen != scene.message;
    let part = known.lacks_surname(meant) || known.lacks_given(meant);
    (part && !mention.addressed && (explains || answers)).then_some(scene.weights.answer)
}

/// «А, ⟦Пахомов⟧».
fn told_from_memory(known: &Incomplete<'_>, meant: &Name, mention: &Mention, scene: &Scene<'_>) -> Option<i32> {
    let recalled = mention.recalls && scene.first && known.is_seen_within(RECENT_MESSAGES, scene);
    (recalled && known.lacks_surname(meant) && !known.is_outsider()).then_some(scene.weights.recalled)
}

/// «⟦Леонид Яковлевич⟧ принимает до двух» in answer to «мне к ⟦Абрамовичу⟧».
fn told_politely(known: &Incomplete<'_>, meant: &Name, mention: &Mention, scene: &Scene<'_>) -> Option<i32> {
    let name = known.name;
    let surname_only = name.has_surname() && !name.has_given() && name.patronymic.is_none() && name.initials.is_empty();
    let polite = meant.has_given() && meant.patronymic.is_some() && !meant.has_surname();
    let other_side = known.person.brought_by.is_some() && known.person.brought_by != scene.side();
    let other_side = other_side || scene.among_staff;
    let replies = mention.opens_answer && other_side && scene.first && known.is_seen_within(1, scene);
    let answers =
        mention.opens_message || known.person.role == Some(Role::Staff) && !known.person.role_is_hint || replies;
    let spoken_of = !mention.addressed && !mention.is_self() && mention.role.is_none_or(|role| role == Role::Staff);
    let fits = surname_only && polite && answers && spoken_of && !known.is_outsider();
    (fits && known.is_seen_within(NAMED_POLITELY_MESSAGES, scene)).then_some(scene.weights.named_politely)
}

/// «доктор ⟦Вайнштейн⟧» in answer to «⟦Инесса Робертовна⟧ принимает?».
fn told_with_title(known: &Incomplete<'_>, meant: &Name, mention: &Mention, scene: &Scene<'_>) -> Option<i32> {
    let titled = mention.occupation.is_some() && scene.first && known.person.seen + 1 == scene.message;
    let fits = known.lacks_surname(meant) && known.name.patronymic.is_some() && !known.is_outsider();
    let same_title = known.person.occupation.is_some()
        && known.person.occupation.as_deref() == mention.occupation
        && known.lacks_surname(meant)
        && known.person.seen != scene.message;
    (titled && fits || same_title).then_some(scene.weights.titled_surname)
}

/// A given name after a surname with initials.
fn told_after_initials(known: &Incomplete<'_>, meant: &Name, scene: &Scene<'_>) -> Option<i32> {
    let initial = known.name.initials.first()?;
    let begins = meant.full.iter().any(|full| full.starts_with(*initial));
    (known.lacks_given(meant) && begins && known.is_seen_within(RECENT_MESSAGES, scene))
        .then_some(scene.weights.same_initial_only)
}
