//! What each sign weighs that tells who is meant. Small whole numbers, set by hand. `cargo xtask tune` tries others
//! over dialogues; leaving out one author after another it has found none that help a new author.

use super::Conversation;

/// The weights under their names, with the values that are shipped.
macro_rules! weights {
    ($($(#[$doc:meta])* $name:ident: $value:literal,)*) => {
        /// What each sign weighs.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct Weights {
            $($(#[$doc])* pub(super) $name: i32,)*
        }

        impl Weights {
            /// The shipped weights.
            pub const SHIPPED: Self = Self { $($name: $value,)* };

            /// All weights by name.
            pub fn all(&mut self) -> Vec<(&'static str, &mut i32)> {
                vec![$((stringify!($name), &mut self.$name),)*]
            }
        }
    };
}

impl Default for Weights {
    fn default() -> Self {
        Self::SHIPPED
    }
}

impl Conversation {
    /// Tries other weights: the seam of whoever tunes them.
    #[doc(hidden)]
    pub fn weighed_by(weights: &Weights) -> Self {
        Self {
            weights: weights.clone(),
            ..Self::default()
        }
    }
}

weights! {
    /// Given name, patronymic and surname agree this well; only what both tell counts.
    same_given: 7,
    /// «Катя» and «Катюша».
    same_given_other_form: 6,
    /// «Катя» and «Екатерина».
    same_given_short_and_full: 5,
    /// «Екатрина» and «Екатерина».
    misspelt_given: 4,
    /// «Вера» may be short for «Вероника», but is mostly a name of its own.
    other_full_name: 1,
    /// The same patronymic.
    same_patronymic: 4,
    /// The same surname.
    same_surname: 7,
    /// The same surname in two scripts.
    latin_surname: 5,
    /// An initial and a name that begins with it, or two initials.
    same_initial: 2,
    /// Less than this says nothing.
    fit_min: 4,
    /// The same role on both sides.
    same_role: 3,
    /// An employee is not a client and not a client's relative, unless the full name says so.
    staff_or_not: -9,
    /// The same where more than the given name fits.
    staff_or_not_full_name: -4,
    /// The same where both are met by a surname: families share it, and namesakes do.
    staff_or_not_surname: -6,
    /// The same where the words around only hint.
    staff_or_not_perhaps: -4,
    /// The same where the person's role is what words around a mention hinted at.
    staff_or_not_spoken: -5,
    /// «⟦Илье⟧? Мастер ⟦Илья⟧ забыл»: no role was told in the same message before.
    staff_or_untold: -4,
    /// A client and a relative of one name: rare, but told apart by the word «муж».
    client_or_kin: -4,
    /// The same where nothing but the surname is told: it is the family's.
    family_surname: -8,
    /// Writers seldom speak of themselves by name, least of all by the bare one.
    self_in_third_person: -1,
    /// The same by nothing but the given name.
    self_by_bare_name: -3,
    /// Nobody calls themself.
    self_called: -7,
    /// Who writes is called.
    reader_called: 3,
    /// Who is written to is rarely spoken of.
    reader_spoken_of: -3,
    /// «алексею отдавал» was said before «я алексей».
    spoken_of_before: -12,
    /// The same name twice in one message after «и» or «или» is two people.
    named_side_by_side: -16,
    /// Two names in one clause are seldom of one person.
    same_clause: -10,
    /// «Игорь это Игорь Тропин?»
    said_to_be: 5,
    /// «нет, к Анне» is not the Anna the message before named.
    corrected: -12,
    /// «у нас мастер тоже Алина».
    namesake: -16,
    /// Relations that are the same.
    same_kin: 2,
    /// Relations that are not the same.
    other_kin: -6,
    /// Two full names of one message are two people.
    named_fully_twice: -8,
    /// The same occupation.
    same_occupation: 3,
    /// Occupations that may be one.
    near_occupation: 1,
    /// Occupations of two people.
    other_occupation: -12,
    /// «мне бровиста», and then a name.
    same_topic: 4,
    /// A person once told apart as «the other one» is not meant by the bare name.
    another: -1,
    /// Nobody speaks to a person and of that person in one message.
    spoken_to_and_of: -16,
    /// Among colleagues, who was called once is called again.
    spoken_to_again: 3,
    /// Somebody known by the patronymic is seldom called by a form of affection.
    polite_by_short_name: -2,
    /// «Светлана Павловна с утра, светик в 12»
    full_then_bare: -2,
    /// A colleague who was called answers next, and does not speak of themself.
    answers_next: -6,
    /// «кузовной который», and then «Сергей по кузову».
    same_description: 2,
    /// The message before spoke of nobody else.
    goes_on: 2,
    /// «бухгалтера, …» was spoken of, and the person is something else.
    other_topic: -3,
    /// «Одинцова, Татьяна»: two people of a list.
    listed_beside: -6,
    /// The side that spoke of the person first speaks again.
    brought_by_same_side: 2,
    /// Mentioned lately.
    recent: 1,
    /// A given name that begins with the initial of somebody named lately by surname and initials.
    same_initial_only: 2,
    /// A bare surname said as one's own completes what is known of the speaker.
    own_surname: 5,
    /// The missing part of a name that was asked for, or that explains the name right before it.
    answer: 5,
    /// «Юлдашев Б.» of somebody called Бахтиёр.
    surname_and_initial: 4,
    /// «лусине? да» in reply to «петросян отменилась?».
    told_in_reply: 3,
    /// «А, Пахомов» of somebody described right before.
    recalled: 3,
    /// «Леонид Яковлевич принимает» in answer to «мне к Абрамовичу».
    named_politely: 2,
    /// «доктор Вайнштейн» in answer to «Инесса Робертовна принимает?».
    titled_surname: 5,
    /// A mention of less agreement with everybody known is somebody new.
    agreement_min: 1,
    /// «кочубейша» of somebody named Кочубей.
    called_by_surname: 6,
    /// How much worse a name is that is another sense of the only mention so far.
    doubt_of_spare: 2,
}
