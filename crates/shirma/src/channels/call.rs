//! One call to a messenger: the guarded client's errors in the words of the contract.

use serde_json::Value;
use shirma_wire::{Client, Error, Request, Response};

use crate::contract::SendError;

/// Status of a refusal that came from our own side before anything was sent.
const NEVER_SENT: u16 = 0;

/// Makes the call; any status is an answer.
pub(super) async fn call(wire: &Client, request: Request<'_>) -> Result<Response, SendError> {
    wire.send(request).await.map_err(|error| unanswered(&error))
}

/// What it means for a message that the call gave no answer.
fn unanswered(error: &Error) -> SendError {
    match error {
        Error::Timeout { .. } | Error::Broken { .. } | Error::TooLarge { .. } => SendError::Unknown,
        // Names and routes heal: a poisoned answer of a name server looks like a forbidden address.
        Error::Connect { .. } | Error::Forbidden { .. } => SendError::Later { after_ms: None },
        Error::UnknownDestination { .. }
        | Error::BadDestination { .. }
        | Error::BadRequest { .. }
        | Error::Withheld { .. } => SendError::Refused { status: NEVER_SENT },
    }
}

/// Refusal of a call that cannot be made with these settings.
pub(super) fn never_sent() -> SendError {
    SendError::Refused { status: NEVER_SENT }
}

/// The bytes of a body.
pub(super) fn bytes(body: &Value) -> Vec<u8> {
    body.to_string().into_bytes()
}

/// What a status means at any service, when its body says nothing more.
pub(super) fn by_status(status: u16, after_ms: Option<u64>) -> SendError {
    match status {
        408 | 425 | 429 | 500..=599 => SendError::Later { after_ms },
        // A 2xx that cannot be read: the message was probably taken.
        200..=299 => SendError::Unknown,
        _ => SendError::Refused { status },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_may_have_arrived_is_unknown() {
        let destination = || "telegram".to_owned();
        assert_eq!(
            unanswered(&Error::Timeout {
                destination: destination()
            }),
            SendError::Unknown
        );
        assert_eq!(
            unanswered(&Error::Broken {
                destination: destination()
            }),
            SendError::Unknown
        );
        let connect = unanswered(&Error::Connect {
            destination: destination(),
        });
        assert_eq!(connect, SendError::Later { after_ms: None });
        let withheld = unanswered(&Error::Withheld {
            destination: destination(),
            reason: "phone",
        });
        assert!(!withheld.may_repeat());
    }
}
