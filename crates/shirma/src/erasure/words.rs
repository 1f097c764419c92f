//! The act of destruction: what, when, why and how, without a name or a value (приказ РКН № 179, п. 3).

use std::collections::BTreeMap;
use std::fmt;

use super::plan::{Fate, PLAN};
use crate::app::App;
use crate::consent::document::Operator;
use crate::identifier::ClientCode;
use crate::vault::ErasureReason;

/// How many rows each table lost or had stripped.
pub type Gone = BTreeMap<&'static str, u64>;

/// Days for which copies of the keys may be kept (security.md §12): after them no copy opens the person.
const KEY_BACKUP_DAYS: i64 = 21;
/// Days after which raw events of messengers are unreadable in every copy (security.md §2.1).
const RAW_DAYS: i64 = 8;

/// The text to be printed and signed; `Display` gives it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate {
    operator: Operator,
    code: ClientCode,
    reason: ErasureReason,
    at: jiff::ZonedDateTime,
    gone: Gone,
}

pub(super) fn of(app: &App, code: ClientCode, reason: ErasureReason, at_ms: i64, gone: &Gone) -> Certificate {
    let at = jiff::Timestamp::from_millisecond(at_ms).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    Certificate {
        operator: app.operator(),
        code,
        reason,
        at: at.to_zoned_datetime(app.base.zone.clone()),
        gone: gone.clone(),
    }
}

impl Certificate {
    /// Whose it is.
    pub fn code(&self) -> ClientCode {
        self.code
    }

    fn day_after(&self, days: i64) -> String {
        use jiff::ToSpan as _;
        day(self.at.date().saturating_add(days.days()))
    }
}

impl fmt::Display for Certificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let or_blank = |text: &str| {
            if text.is_empty() {
                "________________".to_owned()
            } else {
                text.to_owned()
            }
        };
        writeln!(f, "АКТ ОБ УНИЧТОЖЕНИИ ПЕРСОНАЛЬНЫХ ДАННЫХ\n")?;
        writeln!(f, "Оператор: {}", or_blank(&self.operator.name))?;
        writeln!(f, "Адрес: {}", or_blank(&self.operator.address))?;
        writeln!(f, "Чьи данные: клиент с кодом {}", self.code)?;
        writeln!(f, "Где хранились: информационная система «Ширма»")?;
        writeln!(f, "Причина: {}", reason(self.reason))?;
        writeln!(
            f,
            "Когда: {}, {}",
            day(self.at.date()),
            self.at.strftime("%H:%M (UTC%:z)")
        )?;
        writeln!(
            f,
            "Способ: уничтожены ключи, без которых данные не открыть ни в одной копии; записи удалены с затиранием места"
        )?;
        writeln!(f, "\nУничтожено:")?;
        for line in PLAN.iter().filter(|line| line.fate == Fate::Deleted) {
            let count = self.gone.get(line.table).copied().unwrap_or(0);
            if count > 0 {
                writeln!(f, "  {} — {count}", what(line.table))?;
            }
        }
        writeln!(f, "\nОсталось, без имени и без слов человека:")?;
        for line in PLAN {
            if line.fate == Fate::Stripped && self.gone.get(line.table).copied().unwrap_or(0) > 0 {
                writeln!(f, "  {}", what(line.table))?;
            }
        }
        writeln!(
            f,
            "  записи журнала: кто и когда работал с карточкой {}, без данных",
            self.code
        )?;
        writeln!(
            f,
            "\nСырые события мессенджеров не открыть ни в одной копии с {}.",
            self.day_after(RAW_DAYS)
        )?;
        writeln!(
            f,
            "Копии базы ключей (keys.db), снятые до этого дня, уничтожьте до {}: пока они есть, есть чем открыть старые копии данных.",
            self.day_after(KEY_BACKUP_DAYS)
        )?;
        writeln!(
            f,
            "Переписку в самих мессенджерах и записи на бумаге программа не удаляет.\n"
        )?;
        writeln!(
            f,
            "Уничтожил: ________________  должность: ________________  подпись: ________________"
        )
    }
}

fn reason(reason: ErasureReason) -> &'static str {
    match reason {
        ErasureReason::Withdrawal => "отзыв согласия",
        ErasureReason::Request => "требование человека",
        ErasureReason::Purpose => "цель достигнута",
        ErasureReason::Unlawful => "данные получены незаконно или не нужны для цели",
        ErasureReason::Term => "истёк срок хранения",
        ErasureReason::Order => "предписание или решение суда",
    }
}

fn day(date: jiff::civil::Date) -> String {
    date.strftime("%d.%m.%Y").to_string()
}

/// What a deleted table held, or what of a stripped one stays and why.
fn what(table: &'static str) -> &'static str {
    match table {
        "job" => "задания программе",
        "outbox" => "неотправленные сообщения",
        "dialog_token" => "соответствие кодов и значений",
        "dialog_memory" => "память помощника",
        "audit_detail" => "пояснения сотрудников к журналу",
        "consent_receipt" => "что согласие было, какое и когда — три года после отзыва (152-ФЗ, ст. 9 ч. 3)",
        "subject_request" => "что запрос был, какой и к какому сроку — чтобы показать, что он исполнен",
        "enquiry" => "обращения и записи",
        "message" => "переписка",
        "dialog" => "диалоги",
        "visitor" => "посетитель страницы чата",
        "identity" => "учётные записи в мессенджерах",
        "blind_index" => "указатели для поиска",
        "same_person_hint" => "догадки о похожих карточках",
        "subject_field" => "имя, телефон, почта",
        "assignment" => "кому передан клиент",
        "honey_client" => "пометка приманки",
        "alarm" => "тревоги: без указания, о ком",
        "two_person_request" => "просьбы ко второму человеку: без указания, о ком",
        "subject" => "пустая карточка с кодом: на неё ссылается журнал, который нельзя менять",
        // A line of the plan without words shows its own name; the test below does not let it come so far.
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_plan_has_its_words() {
        for line in PLAN {
            assert_ne!(what(line.table), line.table);
        }
    }
}
