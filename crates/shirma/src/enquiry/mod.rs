//! An enquiry: one request from its first message to its outcome. A finished booking wish is one that a person confirms.

mod rows;

pub use rows::{NewEnquiry, open};

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EnquiryKind {
    /// A visit, or a change of one.
    Booking,
    /// A call back: a form or a question only a person can answer.
    CallBack,
}

impl EnquiryKind {
    /// As the table names it.
    pub fn as_str(self) -> &'static str {
        match self {
            EnquiryKind::Booking => "booking",
            EnquiryKind::CallBack => "call_back",
        }
    }
}
