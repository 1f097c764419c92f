//! Russian words of what keeps watch: rights, alarms, requests of two people.

use crate::access::RefitError;
use crate::access::second_person::{Action, Objection, State};
use crate::alarm::AlarmKind;

/// What set an alarm off.
pub fn alarm(kind: AlarmKind) -> (&'static str, &'static str) {
    match kind {
        AlarmKind::Quota => (
            "Слишком много показов данных",
            "Спросите, зачем столько номеров. Больше 30 за час и 150 за день Ширма не показывает.",
        ),
        AlarmKind::Honey => (
            "Открыли клиента-приманку",
            "Такого клиента нет, открывать его по работе незачем. Поговорите с сотрудником.",
        ),
        AlarmKind::Prying => (
            "Много попыток открыть чужое",
            "Сотрудник подряд просил то, что ему закрыто. Ширма ничего не показала.",
        ),
        AlarmKind::RecoveryCode => (
            "Вошли по резервному коду",
            "Так входят, когда потерян телефон. Спросите сотрудника, он ли это; если нет — завершите его входы и отключите.",
        ),
    }
}

/// What needs two people.
pub fn two_person_action(action: Action) -> &'static str {
    match action {
        Action::Export => "Выгрузка всех клиентов с контактами",
        Action::BreakGlass => "Защищённый раздел чужого пациента",
        Action::Erasure => "Удаление данных клиента",
    }
}

/// Where such a request is; one whose day is over says so, whatever else it was.
pub fn two_person_state(state: State, is_over: bool) -> &'static str {
    match (state, is_over) {
        (State::Executed, _) => "сделано",
        (State::Refused, _) => "отказано",
        (State::Open | State::Approved, true) => "срок вышел",
        (State::Open, false) => "ждёт второго человека",
        (State::Approved, false) => "разрешено",
    }
}

/// Why a request of two people does not go on.
pub fn objection(objection: Objection) -> &'static str {
    match objection {
        Objection::SamePerson => "Разрешить должен другой человек: вы просили об этом сами.",
        Objection::NoRight => "У одного из двоих больше нет на это права.",
        Objection::Over => "Просьба уже решена, или её сутки прошли. Попросите снова.",
        Objection::NotApproved => "Второй человек ещё не разрешил.",
    }
}

/// Why somebody's role or end stays as it is.
pub fn refit_problem(error: &RefitError) -> &'static str {
    match error {
        RefitError::Oneself => "Свою роль и свой срок не меняют: попросите другого владельца.",
        RefitError::LastOwner => "Это единственный постоянный владелец. Сначала назначьте другого.",
        RefitError::NeedsEnd => "Проверяющему нужен последний день: укажите его.",
        RefitError::Fault(_) => "Сохранить не получилось. Повторите через минуту.",
    }
}

/// Where a member of staff is.
pub fn member_state(is_disabled: bool, is_over: bool, is_invited: bool) -> &'static str {
    match (is_disabled, is_over, is_invited) {
        (true, _, _) => "отключён",
        (false, true, _) => "срок вышел",
        (false, false, true) => "ещё не входил",
        (false, false, false) => "работает",
    }
}

/// The first line of a list of clients.
pub const SHEET_HEAD: [&str; 5] = ["Код", "Имя", "Телефон", "Почта", "С какого дня"];
